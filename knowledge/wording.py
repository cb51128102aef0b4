"""What this package says to a user: Japanese, polite, without the cause's jargon."""

from pathlib import Path


def model_missing(name: str) -> str:
    return (
        f"埋め込みモデル「{name}」がこの機械になく、取得もできませんでした。"
        "MADOGUCHI_EMBEDDING_MODEL の値と、ネットワークの接続をご確認ください。"
    )


def index_busy(directory: Path) -> str:
    return (
        f"索引（{directory}）は、動いている別の madoguchi が使用中です。そちらを終了してから、もう一度お試しください。"
    )


def gate_unreadable(path: str) -> str:
    return (
        f"確信度の判定ファイル（{path}）を読めません。madoguchi calibrate で作り直すか、ファイルを取り除いてください。"
    )
