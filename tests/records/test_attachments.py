"""Files in the log: noted once, forgotten with their words, in order, and of decided questions only."""

from dataclasses import replace

from consultation.attachment import Attached, AttachmentState, Unfit
from consultation.inquiry import MessageKey
from records.attachments import AttachmentBook
from records.book import Book
from records.ledger import Ledger
from records.pages import Pages
from tests.records import stock
from tests.records.stock import NOW, SAITAMA, enter, inquiry

PLAN, TOOL = Attached("T1", "F1", "計画.pdf", 10**10), Attached("T1", "F2", "道具.exe", 10, Unfit.TYPE)


def test_a_message_that_comes_again_adds_the_files_that_it_did_not_tell_of(ledger: Ledger):
    stock.register(ledger, SAITAMA)
    first = enter(ledger, inquiry("k1"))
    enter(ledger, replace(inquiry("k1"), files=(PLAN,)))
    enter(ledger, replace(inquiry("k1"), files=(PLAN, TOOL, TOOL)))

    files = ledger.read(lambda session: Pages(session).inquiry(first.inquiry_id)).files
    assert [(file.name, file.size, file.state, file.unfit) for file in files] == [
        ("計画.pdf", 10**10, AttachmentState.NOTED, None),
        ("道具.exe", 10, AttachmentState.REFUSED, Unfit.TYPE),
    ]


def test_what_was_taken_back_has_no_name_and_learns_none(ledger: Ledger):
    stock.register(ledger, SAITAMA)
    entered = enter(ledger, replace(inquiry("k2"), files=(PLAN,)))
    [file] = ledger.read(lambda session: Pages(session).inquiry(entered.inquiry_id)).files

    ledger.write(lambda session: Book(session).withdraw(MessageKey("k2"), NOW))
    ledger.write(lambda session: AttachmentBook(session).learn(file.id, "計画.pdf", 11))
    enter(ledger, replace(inquiry("k2"), files=(PLAN, TOOL)))

    [kept] = ledger.read(lambda session: Pages(session).inquiry(entered.inquiry_id)).files
    assert (kept.name, kept.size) == ("", 11)


def test_only_files_of_decided_questions_are_handed_on(ledger: Ledger):
    stock.register(ledger, SAITAMA)
    first = enter(ledger, replace(inquiry("k3", thread="t"), files=(PLAN,)))
    second = enter(ledger, replace(inquiry("k4", thread="t"), files=(TOOL,)))
    assert first.consultation_id == second.consultation_id

    def handed_on() -> list[str]:
        found = ledger.read(lambda session: AttachmentBook(session).asked_with(first.consultation_id))
        return [file.name for file in found]

    assert handed_on() == []
    text = inquiry("k3").text
    finding = stock.found(stock.clarification("費用", "効果"))
    ledger.write(lambda session: Book(session).record(first.inquiry_id, text, finding, NOW))
    assert handed_on() == ["計画.pdf"]
