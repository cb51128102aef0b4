"""What was sent: corrected, taken back, each wording kept; asides entered and said once, gone when they should be."""

from datetime import datetime

import pytest

from consultation.aside import Aside, AsideKind
from consultation.case import CaseId, ConsultantId
from consultation.inquiry import MessageKey
from consultation.outcome import Reason
from records.asides import AsideBook
from records.book import CONSULTANT, Book
from records.casebook import CaseBook
from records.ledger import Ledger, Session
from records.pages import Pages
from records.registry import Registry
from records.replies import RECALLED, ReplyBook, ReplyRow
from tests.records import stock
from tests.records.stock import MINUTE, NOW, SAITAMA, enter, inquiry, record


@pytest.fixture
def who(ledger: Ledger) -> ConsultantId:
    stock.register(ledger, SAITAMA)
    return ledger.write(lambda session: Registry(session).add_consultant("鈴木", None, (), (), NOW)).id


@pytest.fixture
def case(ledger: Ledger, who: ConsultantId) -> CaseId:
    asked = enter(ledger, inquiry("k1")).inquiry_id
    return ledger.write(lambda s: CaseBook(s).open_for(asked, Reason.NOT_IN_MATERIALS, who, NOW))[0]


def sent(ledger: Ledger, case: CaseId, who: ConsultantId, text: str) -> str:
    def deed(session: Session) -> str:
        consultation = Pages(session).case(case).consultation
        turn_id = Book(session).say(consultation.id, "r1", CONSULTANT, "鈴木", text, NOW)
        assert turn_id is not None
        ReplyBook(session).sent(turn_id, case, who)
        return turn_id

    return ledger.write(deed)


def reply(ledger: Ledger) -> ReplyRow:
    found = ledger.read(lambda session: ReplyBook(session).of_key("r1"))
    assert found is not None
    return found


def test_every_wording_is_kept_and_what_is_taken_back_is_changed_no_more(
    ledger: Ledger, case: CaseId, who: ConsultantId
) -> None:
    turn_id = sent(ledger, case, who, "月10万円")

    def revise(text: str, at: datetime) -> bool:
        return ledger.write(lambda session: ReplyBook(session).revise(turn_id, text, who, at))

    assert revise("月12万円", NOW + 2 * MINUTE)
    assert not revise("月11万円", NOW + MINUTE), "an edit of before arrives after"
    assert not revise("月12万円", NOW + 3 * MINUTE)
    assert (reply(ledger).turn.text, reply(ledger).turn.earlier) == ("月12万円", ("月10万円",))
    recalled = stock.at_once([lambda: ledger.write(lambda s: ReplyBook(s).recall(turn_id, who, NOW + 4 * MINUTE))] * 3)

    assert recalled.count(True) == 1
    assert not revise("それでも", NOW + 5 * MINUTE)
    assert (reply(ledger).turn.text, reply(ledger).turn.earlier) == (RECALLED, ("月10万円", "月12万円"))
    assert (reply(ledger).case_id, reply(ledger).sender) == (case, who)


def test_a_question_is_amended_in_the_order_of_its_edits_and_decided_ones_only_on_demand(
    ledger: Ledger, case: CaseId
) -> None:
    assert case
    asked = enter(ledger, inquiry("k2", "一"))

    def amend(text: str, minutes: int, *, even_decided: bool = False) -> bool:
        at = NOW + minutes * MINUTE
        return ledger.write(
            lambda session: Book(session).amend(MessageKey("k2"), text, (), at, even_decided=even_decided)
        )

    assert amend("三", 3)
    assert not amend("二", 2)
    record(ledger, asked.inquiry_id, stock.handoff(), at=NOW + 4 * MINUTE)
    assert not stock.row_of(ledger, asked.inquiry_id).is_corrected, "nobody had read the first wording"
    assert not amend("五", 5)
    assert amend("五", 5, even_decided=True)
    assert stock.row_of(ledger, asked.inquiry_id).is_corrected


def test_an_aside_is_entered_once_said_once_and_forgotten_with_its_question(
    ledger: Ledger, case: CaseId, who: ConsultantId
) -> None:
    def enter_aside(key: str = "a1") -> tuple[str, bool]:
        asked = Aside(AsideKind.DRAFT, "費用も")
        return ledger.write(lambda session: AsideBook(session).enter(key, case, who, asked, NOW, is_posted=True))

    entered = stock.at_once([enter_aside] * 4)
    aside_id = entered[0][0]
    assert sum(is_new for _, is_new in entered) == 1
    assert ledger.read(lambda session: AsideBook(session).unstarted()) == [(aside_id, SAITAMA.code)]

    def say(text: str) -> bool:
        return ledger.write(lambda session: AsideBook(session).record(aside_id, text, [case], NOW))

    assert say("下書き")
    assert not say("もう一つ")
    ledger.write(lambda session: AsideBook(session).forget(case, "消えました"))
    [row] = ledger.read(lambda session: AsideBook(session).in_case(case))
    assert (row.text, row.words, row.asker, row.found) == ("消えました", "費用も", "鈴木", (case,))

    other, _ = enter_aside("a2")
    ledger.write(lambda session: AsideBook(session).withdraw("a2", NOW))
    assert not ledger.write(lambda session: AsideBook(session).record(other, "遅い", [], NOW))
    assert [one.id for one in ledger.read(lambda session: AsideBook(session).in_case(case))] == [aside_id]
