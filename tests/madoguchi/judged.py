"""Answers that a gate let through, and reviewers' verdicts on them: written into a log, or asked for in a house."""

import uuid
from collections.abc import Mapping
from datetime import UTC, datetime

from consultation.inquiry import Asker, Channel, Inquiry, MessageKey, Place
from consultation.outcome import Answer, Finding, Reason
from knowledge.gate import Gate
from madoguchi.demo import DEMO_BODY
from madoguchi.house import House
from records.accounts import Accounts, Role
from records.book import Book
from records.ledger import Ledger, Session
from records.rows import InquiryRow

QUESTION = "港区の保育所の入所選考にAIを使うと選考は約何分で終わりますか"


def answer_judged(
    ledger: Ledger,
    gate: Gate,
    features: Mapping[str, float],
    *,
    is_right: bool,
    threshold: float | None = 0.6,
    at: datetime | None = None,
) -> float:
    """One more answer that `gate` let through from `threshold` on, judged; the confidence it was given with."""
    now, key = at or datetime.now(UTC), uuid.uuid4().hex
    confidence = gate.confidence(features, dense="cosine" in features)
    versions = {"model": gate.file.model, "gate": gate.version}
    place = Place(Channel.CLI, "cli", "cli", key)
    asked = Inquiry(MessageKey(key), place, DEMO_BODY.code, Asker("cli", "試験"), "質問", (), now)
    finding = Finding(
        Answer(Reason.GROUNDED, "回答", ()), confidence, dict(features), versions, {}, threshold=threshold
    )

    def deed(session: Session) -> None:
        book, reviewer = Book(session), Accounts(session).demo(Role.REVIEWER)
        assert reviewer is not None
        inquiry_id = book.enter(asked).inquiry_id
        book.record(inquiry_id, asked.text, finding, now)
        book.give_verdict(inquiry_id, reviewer.id, is_right, now)

    ledger.write(deed)
    return confidence


def features_of(gate: Gate, sureness: float) -> dict[str, float]:
    """Evidence by vectors; the surer, the nearer `sureness` is to 1."""
    names = gate.file.dense.weights
    return {name: sureness if weight > 0 else 0.0 for name, weight in names.items()}


def asked(house: House) -> InquiryRow:
    """QUESTION once more, as it was decided."""
    key = uuid.uuid4().hex
    place, asker = Place(Channel.CLI, "cli", "cli", key), Asker("cli", "試験")
    inquiry = Inquiry(MessageKey(key), place, DEMO_BODY.code, asker, QUESTION, (), datetime.now(UTC))
    return house.desk.wait(house.desk.accept(inquiry).inquiry_id, 60)


def judge(house: House, row: InquiryRow, *, is_right: bool) -> None:
    reviewer = house.ledger.read(lambda session: Accounts(session).demo(Role.REVIEWER))
    assert reviewer is not None
    house.desk.give_verdict(row.id, reviewer.id, is_right=is_right)
