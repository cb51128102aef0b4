import pytest

from bot.settings import SlackMode, SlackSettings
from consultation.errors import WrongSetting
from desk.settings import DeskSettings

TOKENS = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1", "SLACK_SIGNING_SECRET": "s"}


@pytest.fixture(autouse=True)
def _clean(monkeypatch):
    for name in (
        *TOKENS,
        *CLIENT,
        "SLACK_API_URL",
        "MADOGUCHI_SLACK_MODE",
        "MADOGUCHI_SLACK_PORT",
        "MADOGUCHI_PUBLIC_URL",
    ):
        monkeypatch.delenv(name, raising=False)


def environment(monkeypatch, **values: str) -> None:
    for name, value in values.items():
        monkeypatch.setenv(name, value)


def test_without_a_token_slack_is_not_used():
    assert not SlackSettings().is_used


def test_settings_are_read_from_their_variables(monkeypatch):
    environment(monkeypatch, **TOKENS, MADOGUCHI_SLACK_MODE="http", MADOGUCHI_SLACK_PORT="3111")
    settings = SlackSettings()
    assert settings.is_used
    assert (settings.slack_mode, settings.slack_port) == (SlackMode.HTTP, 3111)


@pytest.mark.parametrize(("mode", "missing"), [("socket", "SLACK_APP_TOKEN"), ("http", "SLACK_SIGNING_SECRET")])
def test_what_a_mode_needs_is_named_in_one_japanese_line(monkeypatch, mode, missing):
    environment(monkeypatch, **{name: value for name, value in TOKENS.items() if name != missing})
    monkeypatch.setenv("MADOGUCHI_SLACK_MODE", mode)
    with pytest.raises(WrongSetting) as wrong:
        SlackSettings()
    assert missing in wrong.value.reason
    assert "\n" not in wrong.value.reason


CLIENT = {"MADOGUCHI_SLACK_CLIENT_ID": "1.2", "MADOGUCHI_SLACK_CLIENT_SECRET": "hush"}
HTTP = {"MADOGUCHI_SLACK_MODE": "http", "SLACK_SIGNING_SECRET": "s"}


def test_a_client_makes_it_several_workspaces(monkeypatch):
    environment(monkeypatch, **CLIENT, **HTTP)
    assert (SlackSettings().is_used, SlackSettings().is_installed_by_oauth) == (True, True)


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"MADOGUCHI_SLACK_CLIENT_SECRET": ""}, "CLIENT_SECRET"),
        ({"SLACK_BOT_TOKEN": "xoxb-1"}, "どちらか一方"),
        ({"MADOGUCHI_SLACK_MODE": "socket", "SLACK_APP_TOKEN": "xapp-1"}, "MADOGUCHI_SLACK_MODE=http"),
    ],
)
def test_what_does_not_go_with_a_client_is_named_in_one_japanese_line(monkeypatch, wrong, named):
    environment(monkeypatch, **CLIENT, **HTTP)
    environment(monkeypatch, **wrong)
    with pytest.raises(WrongSetting, match=named):
        SlackSettings()


@pytest.mark.parametrize(
    ("channel", "team", "place"),
    [("C1", "", ("", "C1")), ("C1", "T1", ("T1", "C1")), ("T3:C1", "", ("T3", "C1")), ("T3:C1", "T1", ("T3", "C1"))],
)
def test_the_consultants_channel_may_name_its_workspace(channel, team, place):
    desk = DeskSettings.model_validate({"consultant_channel": channel, "consultant_team": team})
    found = desk.consultant_place
    assert found is not None
    assert (found.team, found.room) == place
    assert DeskSettings.model_validate({"consultant_channel": ""}).consultant_place is None


def test_secrets_do_not_show(monkeypatch):
    environment(monkeypatch, **TOKENS)
    assert "xoxb-1" not in repr(SlackSettings())
    monkeypatch.delenv("SLACK_BOT_TOKEN")
    environment(monkeypatch, **CLIENT, **HTTP, MADOGUCHI_SLACK_KEY="key-1")
    assert not any(secret in repr(SlackSettings()) for secret in ("hush", "key-1"))
