"""Settings of the durable flow."""

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from consultation.inquiry import Channel, Place


class DeskSettings(BaseSettings):
    """Settings of the desk."""

    model_config = SettingsConfigDict(env_prefix="MADOGUCHI_", frozen=True, extra="ignore")

    executor_id: str = Field(
        "desk-1", min_length=1, description="この窓口プロセスの名前。複数台で動かすときは台ごとに変えます。"
    )
    consultant_channel: str = Field(
        "",
        description="引継ぎカードを投稿する、コンサルタント用SlackチャンネルのID（例: C0123456789）。"
        "複数のワークスペースで使うときは「T0123456789:C0123456789」。",
    )
    consultant_team: str = Field(
        "", description="そのチャンネルがあるSlackワークスペースのID。空なら起動時に確認した自分のもの。"
    )
    questions_at_once: int = Field(4, ge=1, le=64, description="同時に考える質問の数（窓口全体）。")
    questions_at_once_per_body: int = Field(2, ge=1, le=64, description="同時に考える質問の数（1団体あたり）。")

    files_days: int = Field(
        30,
        ge=1,
        le=3650,
        description="ウェブ画面で送られたファイルを、暗号化して預かる日数。引継ぎが終わっていない間は、過ぎても預かります。",
    )

    @property
    def consultant_place(self) -> Place | None:
        """The consultants' channel; an empty team: the one workspace that there is."""
        team, _, channel = self.consultant_channel.rpartition(":")
        return Place(Channel.SLACK, team or self.consultant_team, channel, "") if channel else None
