"""Which workspaces there are: by one token, or by installations (whose libraries only they wait for)."""

from bot.settings import SlackSettings
from bot.workspace import OneWorkspace, Workspaces
from records.ledger import Ledger


def workspaces_from(settings: SlackSettings, ledger: Ledger) -> Workspaces:
    """Raises WrongSetting where the key to the installations is wrong or missing."""
    if not settings.is_installed_by_oauth:
        return OneWorkspace(settings)
    from bot.installations import Installations
    from bot.installed import InstalledWorkspaces

    return InstalledWorkspaces(Installations(settings, ledger), settings.slack_api_url)
