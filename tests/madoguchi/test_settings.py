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
    ("name", "value", "fault"),
    [
        ("MADOGUCHI_PORT", "eighty", "整数にしてください"),
        ("MADOGUCHI_PORT", "1.5", "整数にしてください"),
        ("MADOGUCHI_PORT", "70000", "65535 以下にしてください"),
        ("MADOGUCHI_HOST", "", "1 文字以上にしてください"),
        ("MADOGUCHI_DEMO", "perhaps", "true か false にしてください"),
        ("MADOGUCHI_PUBLIC_URL", "desk", "形式が違います"),
        ("MADOGUCHI_SLACK_MODE", "carrier-pigeon", "socket、http のいずれかにしてください"),
        ("MADOGUCHI_DENSE_WEIGHT", "9", "4.0 以下にしてください"),
        ("MADOGUCHI_DENSE_WEIGHT", "half", "数値にしてください"),
        ("MADOGUCHI_QUESTIONS_AT_ONCE", "0", "1 以上にしてください"),
        ("MADOGUCHI_DATABASE_URL", "foo", "の形にしてください"),
        ("MADOGUCHI_DATABASE_URL", "mysql://h/d", "の形にしてください"),
        ("MADOGUCHI_DATABASE_URL", "postgresql://h:port/d", "の形にしてください"),
    ],
)
def test_a_wrong_setting_is_named_in_one_japanese_line(monkeypatch, name, value, fault):
    monkeypatch.setenv(name, value)

    with pytest.raises(WrongSetting) as refusal:
        read_settings()

    assert refusal.value.reason.startswith(f"設定 {name} の値が正しくありません（")
    assert fault in refusal.value.reason
    assert "\n" not in refusal.value.reason


@pytest.mark.parametrize("url", ["postgresql://u:p@h:5432/d", "postgres://h/d", "postgresql+psycopg:///d?host=/run"])
def test_postgresql_is_reached_with_our_driver_however_its_url_is_written(monkeypatch, url):
    monkeypatch.setenv("MADOGUCHI_DATABASE_URL", url)

    assert read_settings().records.url.startswith("postgresql+psycopg://")


def test_a_bot_token_without_what_its_mode_needs_is_refused(monkeypatch):
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1")

    with pytest.raises(WrongSetting, match="SLACK_APP_TOKEN"):
        read_settings()


def test_every_setting_is_described():
    assert all(info.description for settings in CLASSES for info in settings.model_fields.values())
