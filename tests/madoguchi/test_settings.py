"""Settings: documented, read once, and a wrong one ends in one clear line."""

from pathlib import Path

import pytest

from consultation.errors import WrongSetting
from madoguchi.settings import CLASSES, read_settings, table, variable

ROOT = Path(__file__).parents[2]
VARIABLES = sorted({variable(settings, field) for settings in CLASSES for field in settings.model_fields})


def test_the_documented_table_of_settings_is_the_codes():
    assert table() in (ROOT / "docs/settings.md").read_text()


@pytest.mark.parametrize("name", VARIABLES)
def test_every_setting_stands_in_the_example_file(name):
    assert f"# {name}=" in (ROOT / ".env.example").read_text()


def test_the_example_file_names_no_setting_that_is_not_there():
    lines = (ROOT / ".env.example").read_text().splitlines()
    named = {line.removeprefix("# ").partition("=")[0] for line in lines if "=" in line}

    assert named <= set(VARIABLES)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MADOGUCHI_PORT", "eighty"),
        ("MADOGUCHI_PORT", "70000"),
        ("MADOGUCHI_SLACK_MODE", "carrier-pigeon"),
        ("MADOGUCHI_DENSE_WEIGHT", "2"),
        ("MADOGUCHI_QUESTIONS_AT_ONCE", "0"),
    ],
)
def test_a_wrong_setting_is_named_in_one_line(monkeypatch, name, value):
    monkeypatch.setenv(name, value)

    with pytest.raises(WrongSetting) as refusal:
        read_settings()

    assert name in refusal.value.reason
    assert "\n" not in refusal.value.reason


def test_a_bot_token_without_what_its_mode_needs_is_refused(monkeypatch):
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1")

    with pytest.raises(WrongSetting, match="SLACK_APP_TOKEN"):
        read_settings()


def test_every_setting_is_described():
    assert all(info.description for settings in CLASSES for info in settings.model_fields.values())
