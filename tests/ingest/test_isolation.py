"""Each file is read in a confined process: what it takes too much of ends in a reason, and the desk never notices."""

import os
import signal
import threading
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from consultation.errors import MaterialUnreadable
from ingest.isolation.host import IsolatedReader
from ingest.isolation.limits import Limits
from ingest.readers import read

SMALL = "# 計画\n\n本文です。\n"


@pytest.fixture(scope="module")
def reader() -> Iterator[IsolatedReader]:
    with IsolatedReader() as isolated:
        yield isolated


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "計画.md"
    path.write_text(SMALL, encoding="utf-8")
    return path


def refusal(reader: IsolatedReader, path: Path) -> str:
    with pytest.raises(MaterialUnreadable) as caught:
        reader.read(path)
    return caught.value.reason


def test_what_is_read_apart_is_what_is_read_here(reader: IsolatedReader, good: Path) -> None:
    assert reader.read(good) == read(good)


def test_a_refusal_comes_over_with_its_reason(reader: IsolatedReader, tmp_path: Path) -> None:
    (tmp_path / "空.pdf").write_bytes(b"")

    assert refusal(reader, tmp_path / "空.pdf") == "ファイルが空です。"


def test_a_name_that_is_no_text_is_passed_on_as_it_is(reader: IsolatedReader, tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff\xfe.md"))
    path.write_text(SMALL, encoding="utf-8")

    assert [block.text for block in reader.read(path).blocks] == ["本文です。"]


def test_a_file_that_takes_too_long_is_given_up(good: Path, tmp_path: Path) -> None:
    fifo = tmp_path / "終わらない.md"
    os.mkfifo(fifo)  # whoever opens it waits for ever
    with IsolatedReader(Limits(wall_s=1.0)) as reader:
        began = time.monotonic()
        assert "時間がかかりすぎる" in refusal(reader, fifo)

        assert time.monotonic() - began < 20
        assert reader.read(good).blocks


def test_a_file_that_takes_too_much_memory_is_given_up(good: Path, tmp_path: Path) -> None:
    swelling = tmp_path / "大きい.txt"
    swelling.write_text("あ" * 30_000_000, encoding="utf-8")
    # What the nursery holds already counts; a child may add only little to it.
    with IsolatedReader() as plain:
        plain.read(good)
        held_mb = int(Path(f"/proc/{plain.pid}/statm").read_text().split()[0]) * 4096 // 2**20
    with IsolatedReader(Limits(memory_mb=held_mb + 60)) as reader:
        assert "メモリ" in refusal(reader, swelling)

        assert reader.read(good).blocks


def test_a_file_with_too_many_words_is_given_up(good: Path, tmp_path: Path) -> None:
    (tmp_path / "長い.csv").write_text("".join(f"{n},値,値\n" for n in range(60_000)), encoding="utf-8")
    with IsolatedReader(Limits(answer_mb=1)) as reader:
        assert "文字の量が多すぎる" in refusal(reader, tmp_path / "長い.csv")

        assert reader.read(good).blocks


def test_a_nursery_that_was_killed_is_made_anew(good: Path) -> None:
    with IsolatedReader() as reader:
        reader.read(good)
        assert reader.pid is not None
        os.kill(reader.pid, signal.SIGKILL)
        time.sleep(0.05)

        assert reader.read(good).blocks


def test_no_secret_of_the_desk_reaches_the_parsers(good: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-canary")
    monkeypatch.setenv("MADOGUCHI_DATABASE_URL", "postgresql://u:canary@h/d")
    with IsolatedReader() as reader:
        reader.read(good)
        environment = Path(f"/proc/{reader.pid}/environ").read_bytes()

    assert b"canary" not in environment
    assert b"PATH=" in environment


def test_files_asked_for_at_once_are_read_one_after_the_other(reader: IsolatedReader, tmp_path: Path) -> None:
    found: dict[int, str] = {}

    def ask(number: int) -> None:
        path = tmp_path / f"{number}.md"
        path.write_text(f"{number}番です。", encoding="utf-8")
        found[number] = reader.read(path).blocks[0].text

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert found == {number: f"{number}番です。" for number in range(8)}


def test_a_packed_bomb_is_refused_and_the_next_file_is_read(reader: IsolatedReader, good: Path, tmp_path: Path) -> None:
    bomb = tmp_path / "爆弾.docx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * 60_000_000)

    assert "極端に大きくなる" in refusal(reader, bomb)
    assert reader.read(good).blocks
