import pytest

from bot.settings import SlackMode, SlackSettings
from consultation.errors import WrongSetting

TOKENS = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1", "SLACK_SIGNING_SECRET": "s"}


@pytest.fixture(autouse=True)
def _clean(monkeypatch):
    for name in (*TOKENS, "SLACK_API_URL", "MADOGUCHI_SLACK_MODE", "MADOGUCHI_SLACK_PORT", "MADOGUCHI_PUBLIC_URL"):
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


def test_secrets_do_not_show(monkeypatch):
    environment(monkeypatch, **TOKENS)
    assert "xoxb-1" not in repr(SlackSettings())
