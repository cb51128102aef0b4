"""Settings of the language model that may write answers; with none set, the desk quotes."""

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class WritingSettings(BaseSettings):
    """Read from MADOGUCHI_LLM*; nothing leaves the machine while MADOGUCHI_LLM is empty."""

    model_config = SettingsConfigDict(env_prefix="MADOGUCHI_", frozen=True, extra="ignore")

    llm: str | None = Field(
        None,
        pattern=r"^[a-z_0-9]+:\S+$",
        description="回答を書く言語モデル「提供者:モデル名」（例: openai:gpt-5-mini）。空なら引用だけで答えます。",
    )
    llm_base_url: str | None = Field(
        None,
        pattern=r"^https?://\S+$",
        description="言語モデルのAPIのURL。OpenAI互換のサーバーを使うときに指定します。",
    )
    llm_api_key: SecretStr | None = Field(
        None, description="言語モデルのAPIキー。空なら提供者ごとの変数（OPENAI_API_KEY など）を使います。"
    )
    llm_timeout_s: float = Field(
        20.0, gt=0, le=300, description="言語モデルを待つ秒数の上限。過ぎたら資料の引用で答えます。"
    )
    llm_max_tokens: int = Field(1500, ge=100, le=32_000, description="言語モデルに書かせる長さの上限（トークン）。")
    llm_temperature: float | None = Field(
        None, ge=0, le=2, description="言語モデルの温度。空なら提供者の既定値（温度を受け付けないモデルがあります）。"
    )
    llm_input_price: float = Field(
        0.0, ge=0, description="入力100万トークンの単価（円）。相談記録に費用の目安を残すために使います。"
    )
    llm_output_price: float = Field(0.0, ge=0, description="出力100万トークンの単価（円）。")
