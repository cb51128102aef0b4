"""Holding: all of a form or none, sealed in pieces, the same when it is sent again, opened by whoever has the key."""

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from consultation.attachment import HELD, AttachmentState, Unfit
from consultation.errors import BadInput, FileUnfit, PostRefused, WrongSetting
from desk.files import NO_SLACK, Files
from desk.holding import MOST_FILES, PIECE, Holding, Upload
from desk.sealing import KEY_FILE, Seal, seal_from
from records.held import HeldBook
from records.ledger import Ledger
from records.rows import AttachmentRow
from tests.records.databases import sqlite_log

OLD, NEW = Fernet.generate_key(), Fernet.generate_key()
PDF = b"%PDF-1.7\nCANARY" + bytes(range(256)) * 5_000
LATER = datetime.now(UTC) + timedelta(days=2)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    ledger = sqlite_log(tmp_path)
    yield ledger
    ledger.close()


def upload(name: str = "計画.pdf", data: bytes = PDF) -> Upload:
    return Upload(name, io.BytesIO(data))


def row(ref: str, size: int = len(PDF), team: str = HELD) -> AttachmentRow:
    return AttachmentRow("a" * 32, None, None, team, ref, "計画.pdf", size, AttachmentState.NOTED, None, None)


def fetched(holding: Holding, file: AttachmentRow) -> bytes:
    into = io.BytesIO()
    Files(holding, None).fetch(file, into)
    return into.getvalue()


def pieces(ledger: Ledger) -> int:
    return len(ledger.read(lambda session: HeldBook(session).pieces()))


def test_what_is_held_is_sealed_comes_out_whole_and_is_one_when_it_is_sent_again(ledger: Ledger, tmp_path: Path):
    holding = Holding(ledger, Seal([OLD]))
    [file] = holding.take("form", [upload()])
    assert holding.take("form", [upload()]) == (file,)
    [another] = holding.take("another form", [upload()])
    [empty] = holding.take("form", [upload("空.txt", b"")])

    assert (file.team, file.size, file.unfit, another.ref == file.ref) == (HELD, len(PDF), None, False)
    assert pieces(ledger) == 2 * (len(PDF) // PIECE + 1) + 1
    assert fetched(holding, row(file.ref)) == PDF
    assert fetched(holding, replace(row(empty.ref, 0), name="空.txt")) == b""
    assert all(b"CANARY" not in path.read_bytes() for path in tmp_path.iterdir())


@pytest.mark.parametrize(
    "second",
    [upload("道具.exe"), upload("申請書.pdf", b"MZ\x90"), upload("大.pdf", b"%PDF-" + bytes(2_000_000))],
    ids=["kind", "contents", "size"],
)
def test_one_unfit_file_stops_the_whole_form(ledger: Ledger, second: Upload):
    with pytest.raises(BadInput, match=second.name):
        Holding(ledger, Seal([OLD]), largest=len(PDF)).take("form", [upload(), second])
    assert pieces(ledger) == 0


def test_so_many_files_and_no_more(ledger: Ledger):
    holding = Holding(ledger, Seal([OLD]))
    with pytest.raises(BadInput, match=f"{MOST_FILES}件"):
        holding.take("form", [upload(f"{number}.txt", b"a") for number in range(MOST_FILES + 1)])
    assert len(holding.take("form", [upload(f"{number}.txt", b"a") for number in range(MOST_FILES)])) == MOST_FILES


def test_a_changed_key_seals_anew_and_another_key_opens_nothing(ledger: Ledger):
    [file] = Holding(ledger, Seal([OLD])).take("form", [upload()])

    stranger = Holding(ledger, Seal([NEW]))
    assert stranger.renew() == 0  # with one key there is nothing to change
    assert not stranger.is_readable()
    with pytest.raises(FileUnfit) as refused:
        fetched(stranger, row(file.ref))
    assert refused.value.why is Unfit.UNREACHABLE

    assert Holding(ledger, Seal([NEW, OLD])).renew() == 0
    assert fetched(stranger, row(file.ref)) == PDF  # the old one may go
    assert stranger.is_readable()
    assert Holding(ledger, Seal([OLD, Fernet.generate_key()])).renew() == pieces(ledger)  # told of, not in the way


def test_a_lost_key_is_not_replaced_while_something_is_sealed_with_it(ledger: Ledger, tmp_path: Path):
    home = tmp_path / "home"
    home.mkdir()
    holding = Holding(ledger, seal_from("", home, ledger))
    [file] = holding.take("form", [upload()])
    assert fetched(Holding(ledger, seal_from("", home, ledger)), row(file.ref)) == PDF

    (home / KEY_FILE).unlink()
    with pytest.raises(WrongSetting, match=KEY_FILE):
        seal_from("", home, ledger)
    assert not (home / KEY_FILE).exists()
    holding.let_go(LATER)
    seal_from("", home, ledger)
    assert (home / KEY_FILE).stat().st_mode & 0o777 == 0o600


def test_what_no_words_came_to_goes_after_a_day_and_is_not_looked_for_each_round(ledger: Ledger):
    holding = Holding(ledger, Seal([OLD]))
    [file] = holding.take("form", [upload()])

    assert holding.look(datetime.now(UTC)) == 0
    assert holding.look(LATER) == 0  # the hour is not over
    assert holding.let_go(LATER) == 1
    with pytest.raises(FileUnfit) as refused:
        fetched(holding, row(file.ref))
    assert refused.value.why is Unfit.EXPIRED


def test_half_a_file_is_none_and_a_file_of_slacks_needs_slack(ledger: Ledger):
    holding = Holding(ledger, Seal([OLD]))
    [file] = holding.take("form", [upload()])
    with pytest.raises(FileUnfit):
        fetched(holding, row(file.ref, len(PDF) + 1))
    with pytest.raises(PostRefused) as refused:
        fetched(holding, row("F1", team="T1"))
    assert refused.value.code == NO_SLACK
