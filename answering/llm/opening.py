"""The chat model of the settings, through LangChain's init_chat_model."""

import os
from importlib import import_module
from typing import TYPE_CHECKING, Any

from answering.llm.usage import Prices
from answering.settings import WritingSettings
from consultation.errors import WrongSetting

if TYPE_CHECKING:
    from answering.llm.author import Author

UNNEEDED = "none"  # OpenAI's client wants a key even where a server of one's own asks for none
EXTRAS = {"openai": "openai", "anthropic": "anthropic", "google_genai": "google"}


def open_author(settings: WritingSettings) -> "Author | None":
    """The author of MADOGUCHI_LLM, or None where there is none. No request is sent yet.

    Raises WrongSetting when the provider is unknown, its package is missing, or it lacks what it needs (a key).
    """
    if settings.llm is None:
        return None
    chat_models = import_module("langchain.chat_models")  # two seconds that only who uses a model should pay
    from answering.llm.author import Author

    try:
        model = chat_models.init_chat_model(settings.llm, **_options(settings))
    except ImportError:
        provider = settings.llm.partition(":")[0]
        extra = EXTRAS.get(provider)
        how = (
            f"pip install '.[{extra}]' で追加してください"
            if extra
            else f"langchain の {provider} 用パッケージを追加してください"
        )
        raise WrongSetting(f"MADOGUCHI_LLM の提供者 {provider} に要るパッケージがありません。{how}。") from None
    except Exception as error:  # noqa: BLE001  a provider's library: each has its own errors
        raise WrongSetting(
            f"MADOGUCHI_LLM の言語モデルを準備できません（{type(error).__name__}）。"
            "提供者とモデルの名前、APIキーの設定をご確認ください。"
        ) from None
    prices = Prices(settings.llm_input_price, settings.llm_output_price)
    return Author(model, settings.llm, settings.llm_timeout_s, prices)


def _options(settings: WritingSettings) -> dict[str, Any]:
    """One try: the answer of quotations is better than a second wait."""
    options: dict[str, Any] = {
        "timeout": settings.llm_timeout_s,
        "max_retries": 0,
        "max_tokens": settings.llm_max_tokens,
        "temperature": settings.llm_temperature,
        "base_url": settings.llm_base_url,
        "api_key": settings.llm_api_key or (UNNEEDED if _is_keyless(settings) else None),
    }
    if settings.llm is not None and settings.llm.startswith("openai:"):
        options["stream_usage"] = True
    return {name: value for name, value in options.items() if value is not None}


def _is_keyless(settings: WritingSettings) -> bool:
    return settings.llm_base_url is not None and not os.environ.get("OPENAI_API_KEY")
