"""Held files in the log: whole, let go of with their words or after their time, and never while a case is open."""

from contextlib import nullcontext
from dataclasses import replace
from datetime import timedelta

import pytest

from consultation.attachment import HELD, Attached, Unfit
from consultation.case import CaseDeed
from consultation.errors import NotFound
from consultation.inquiry import MessageKey
from consultation.outcome import Reason
from records.attachments import AttachmentBook
from records.book import CONSULTANT, Book
from records.casebook import CaseBook
from records.held import HeldBook, is_anything_sealed
from records.ledger import Ledger, Session
from records.open_files import OpenFiles
from records.registry import Registry
from tests.records import stock
from tests.records.stock import CHIBA, NOW, SAITAMA, enter, inquiry

DAY = timedelta(days=1)


def hold(ledger: Ledger, ref: str) -> Attached:
    ledger.write(lambda session: [HeldBook(session).keep(ref, piece, b"sealed", NOW) for piece in (0, 1)])
    return Attached(HELD, ref, f"{ref}.pdf", 10)


def past(ledger: Ledger) -> set[str]:
    return set(ledger.read(lambda session: HeldBook(session).past(NOW + DAY)))


def test_pieces_are_kept_once_and_go_together(ledger: Ledger):
    assert not ledger.read(is_anything_sealed)
    stock.at_once([lambda: hold(ledger, "a")] * 3)
    hold(ledger, "b")
    assert ledger.read(is_anything_sealed)
    assert ledger.read(lambda session: HeldBook(session).count()) == 2
    ledger.write(lambda session: HeldBook(session).replace("a", 1, b"anew"))
    assert ledger.read(lambda session: [HeldBook(session).piece("a", piece) for piece in range(3)]) == [
        b"sealed", b"anew", None,
    ]  # fmt: skip
    ledger.write(lambda session: HeldBook(session).let_go(["a"], NOW))
    assert {ref for ref, _ in ledger.read(lambda session: HeldBook(session).pieces())} == {"b"}


def test_a_file_stays_while_a_case_of_its_consultation_is_open(ledger: Ledger):
    stock.register(ledger, SAITAMA)
    asked = enter(ledger, replace(inquiry("k1", thread="t"), files=(hold(ledger, "asked"),)))
    later = enter(ledger, replace(inquiry("k2", thread="t"), files=(hold(ledger, "later"),)))
    enter(ledger, replace(inquiry("k3"), files=(hold(ledger, "alone"),)))
    replied = hold(ledger, "replied")

    def reply(session: Session) -> None:
        turn = Book(session).say(asked.consultation_id, "r1", CONSULTANT, "担当", "回答", NOW)
        AttachmentBook(session).note([replied], NOW, turn_id=turn)

    ledger.write(reply)
    hold(ledger, "nobody's")
    case, _ = ledger.write(lambda s: CaseBook(s).open_for(later.inquiry_id, Reason.URGENT, "desk", NOW))

    assert past(ledger) == {"alone", "nobody's"}
    assert ledger.read(lambda session: HeldBook(session).past(NOW)) == []
    assert ledger.read(lambda session: HeldBook(session).wordless(NOW + DAY)) == ["nobody's"]
    ledger.write(lambda session: CaseBook(session).move(case, CaseDeed.WITHDRAW, "asker", NOW))
    assert past(ledger) == {"asked", "later", "replied", "alone", "nobody's"}


def test_a_file_stays_while_the_asker_is_asked_and_when_its_case_is_opened_again(ledger: Ledger):
    stock.register(ledger, SAITAMA)
    asked = enter(ledger, replace(inquiry("k1"), files=(hold(ledger, "a"),)))
    case, _ = ledger.write(lambda s: CaseBook(s).open_for(asked.inquiry_id, Reason.URGENT, "desk", NOW))
    owner = ledger.write(lambda s: Registry(s).add_consultant("担当", None, (), (), NOW)).id

    def let_go() -> bool:
        return ledger.write(lambda session: HeldBook(session).let_go_unneeded("a", NOW + DAY, NOW, NOW))

    for deed, by, is_past in (
        (CaseDeed.CLAIM, owner, False),
        (CaseDeed.RESOLVE, owner, False),
        (CaseDeed.CONFIRM, "asker", True),
        (CaseDeed.REOPEN, "asker", False),
    ):
        ledger.write(lambda session, deed=deed, by=by: CaseBook(session).move(case, deed, by, NOW))
        assert past(ledger) == ({"a"} if is_past else set()), deed
    assert not let_go(), "it was past when it was listed, and is needed now"
    ledger.write(lambda session: CaseBook(session).move(case, CaseDeed.WITHDRAW, "asker", NOW))
    assert let_go()
    assert past(ledger) == set()


def test_what_comes_again_after_its_words_went_goes_too(ledger: Ledger):
    stock.register(ledger, SAITAMA)
    form = replace(inquiry("k1"), files=(hold(ledger, "a"),))
    enter(ledger, form)
    ledger.write(lambda session: Book(session).withdraw(MessageKey("k1"), NOW))

    hold(ledger, "a")
    assert ledger.read(lambda session: HeldBook(session).wordless(NOW + DAY)) == ["a"]
    enter(ledger, form)

    assert ledger.read(lambda session: HeldBook(session).pieces()) == []


def test_what_was_let_go_is_known_by_its_words_and_slacks_are_not_touched(ledger: Ledger):
    stock.register(ledger, SAITAMA)
    ours, slacks = hold(ledger, "same"), Attached("T1", "same", "計画.pdf", 10)
    first = enter(ledger, replace(inquiry("k1"), files=(ours,)))
    second = enter(ledger, replace(inquiry("k2"), files=(slacks,)))

    ledger.write(lambda session: HeldBook(session).let_go(["same"], NOW))

    files = [stock.row_of(ledger, entered.inquiry_id).files[0] for entered in (first, second)]
    assert [(file.let_go_at, file.is_open) for file in files] == [(NOW, False), (None, True)]


def test_who_may_open_a_file(ledger: Ledger):
    stock.register(ledger, SAITAMA, CHIBA)
    entered = enter(ledger, replace(inquiry("k1"), files=(hold(ledger, "a"), Attached("T1", "F", "b.pdf", 1))))
    one, other = stock.row_of(ledger, entered.inquiry_id).files

    def check(attachment: str, body: object = SAITAMA.code) -> None:
        ledger.read(lambda session: OpenFiles(session).check(attachment, body))  # type: ignore[arg-type]

    check(one.id)
    check(one.id, None)
    assert not ledger.read(lambda session: OpenFiles(session).is_in_case(one.id))
    ledger.write(lambda s: AttachmentBook(s).refuse(other.id, Unfit.TYPE, NOW))
    for attachment, body in ((one.id, CHIBA.code), ("none", None), (other.id, SAITAMA.code)):
        with pytest.raises(NotFound):
            check(attachment, body)
    for why, is_open in ((Unfit.UNTAKEN, True), (Unfit.UNREACHABLE, True), (Unfit.CONTENT, False)):
        for file in (one, other):
            ledger.write(lambda s, why=why, file=file: AttachmentBook(s).refuse(file.id, why, NOW))
        assert [file.is_open for file in stock.row_of(ledger, entered.inquiry_id).files] == [is_open, False]
        for file in (one, other):
            with nullcontext() if is_open and file is one else pytest.raises(NotFound):
                check(file.id)
    ledger.write(lambda s: AttachmentBook(s).deliver(one.id, NOW))
    ledger.write(lambda s: CaseBook(s).open_for(entered.inquiry_id, Reason.URGENT, "desk", NOW))
    assert ledger.read(lambda session: OpenFiles(session).is_in_case(one.id))

    ledger.write(lambda session: Book(session).withdraw(MessageKey("k1"), NOW))
    with pytest.raises(NotFound):
        check(one.id)
    assert ledger.read(lambda session: HeldBook(session).pieces()) == []
