"""All settings, read once, one frozen class per package; a wrong one stops the start with one line."""

from dataclasses import dataclass
from typing import TypeVar

from pydantic import SecretStr, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings

from answering.settings import WritingSettings
from bot.settings import SlackSettings
from consultation.errors import WrongSetting
from desk.settings import DeskSettings
from knowledge.settings import KnowledgeSettings
from records.settings import RecordsSettings
from review.settings import ReviewSettings

S = TypeVar("S", bound=BaseSettings)
CLASSES: tuple[type[BaseSettings], ...] = (
    RecordsSettings,
    KnowledgeSettings,
    WritingSettings,
    DeskSettings,
    SlackSettings,
    ReviewSettings,
)
FAULTS = {
    "int_parsing": "整数にしてください",
    "float_parsing": "数値にしてください",
    "bool_parsing": "true か false にしてください",
    "greater_than_equal": "{ge} 以上にしてください",
    "greater_than": "{gt} より大きくしてください",
    "less_than_equal": "{le} 以下にしてください",
    "enum": "{expected} のいずれかにしてください",
    "string_too_short": "{min_length} 文字以上にしてください",
    "value_error": "{error}",
}
OTHER_FAULT = "形式が違います"


@dataclass(frozen=True, slots=True)
class Settings:
    records: RecordsSettings
    knowledge: KnowledgeSettings
    writing: WritingSettings
    desk: DeskSettings
    slack: SlackSettings
    review: ReviewSettings


def read_settings() -> Settings:
    """The settings of the environment. Raises WrongSetting, naming the first that is wrong."""
    return Settings(
        _read(RecordsSettings),
        _read(KnowledgeSettings),
        _read(WritingSettings),
        _read(DeskSettings),
        _read(SlackSettings),
        _read(ReviewSettings),
    )


def variable(settings: type[BaseSettings], field: str) -> str:
    """The environment variable of a setting (given by its field's name, or by its alias, which is the variable)."""
    if field not in settings.model_fields:
        return field
    alias = settings.model_fields[field].validation_alias
    return alias if isinstance(alias, str) else f"{settings.model_config.get('env_prefix', '')}{field}".upper()


def _read(settings: type[S]) -> S:
    try:
        return settings()
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        name = "、".join(variable(settings, str(part)) for part in first["loc"]) or settings.__name__
        raise WrongSetting(f"設定 {name} の値が正しくありません（{_fault(first)}）。") from None


def _fault(error: ErrorDetails) -> str:
    """What is wrong, in Japanese: pydantic's own sentences are English."""
    bounds = {name: str(bound).replace(" or ", "、").replace("'", "") for name, bound in error.get("ctx", {}).items()}
    return FAULTS.get(error["type"], OTHER_FAULT).format(**bounds)


def table() -> str:
    """Every setting as a Markdown table, as docs/settings.md shows it."""
    lines = ["| 変数 | 既定値 | 意味 |", "|---|---|---|"]
    seen: set[str] = set()
    for settings in CLASSES:
        for field, info in settings.model_fields.items():
            name = variable(settings, field)
            if name not in seen:
                seen.add(name)
                lines.append(f"| `{name}` | {_default(info)} | {info.description} |")
    return "\n".join(lines)


def _default(info: FieldInfo) -> str:
    if info.default_factory is not None:
        return "（計算）"
    value = info.default
    value = getattr(value, "value", value)
    if isinstance(value, SecretStr):
        value = value.get_secret_value()
    return f"`{value}`" if value not in {"", None} else "（空）"
