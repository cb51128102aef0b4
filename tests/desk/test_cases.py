"""What people do to a case: one wins a claim, only the owner answers, and each deed becomes visible once."""

import pytest

from consultation.case import CaseId, CaseState
from consultation.errors import BadInput, NotFound
from consultation.inquiry import Asker, InquiryId
from desk import wording
from desk.casework import Deed, Done, Refused
from records.pages import Pages
from records.registry import Registry
from tests.desk.bench import CARDS, Bench, until
from tests.records import stock
from tests.records.stock import NOW

ASKER = "T1:U1"


@pytest.fixture
def asked(bench: Bench, room: str) -> InquiryId:
    return bench.ask("担当者に聞きたい", room)


@pytest.fixture
def case(bench: Bench, asked: InquiryId) -> CaseId:
    return bench.case(asked)


def refusal(deed: Deed) -> str:
    assert isinstance(deed, Refused), deed
    return deed.sentence


def cards(bench: Bench, case: CaseId) -> list[str]:
    return [post["purpose"] for post in bench.channels.posts(CARDS.room) if case in post["delivery"]]


def turns(bench: Bench, case: CaseId) -> list[str]:
    row = bench.ledger.read(lambda session: Pages(session).case(case))
    return [
        turn.text for turn in stock.file_of(bench.ledger, row.consultation.id).turns if turn.speaker == "consultant"
    ]


def test_a_case_is_claimed_answered_and_resolved(bench: Bench, room: str, case: CaseId) -> None:
    suzuki, _ = bench.consultants

    assert isinstance(bench.desk.cases.claim(case, suzuki), Done)
    assert isinstance(bench.desk.cases.reply(case, suzuki, " お答えします ", f"{case}:r1"), Done)
    resolved = bench.desk.cases.resolve(case, suzuki)

    assert isinstance(resolved, Done)
    assert resolved.case.state is CaseState.RESOLVED
    posts = bench.settled(4, room)
    assert [post["purpose"] for post in posts] == ["outcome", "claimed", "reply", "resolved"]
    assert posts[2]["text"] == "お答えします"
    until(lambda: cards(bench, case)[:1] == ["card"] and cards(bench, case).count("card_state") == 3)
    assert cards(bench, case).count("card") == 1


def test_of_two_who_claim_one_is_told_who_won(bench: Bench, case: CaseId) -> None:
    deeds = stock.at_once([lambda one=one: bench.desk.cases.claim(case, one) for one in bench.consultants])

    (won,) = [deed for deed in deeds if isinstance(deed, Done)]
    (lost,) = [deed for deed in deeds if isinstance(deed, Refused)]
    assert won.case.owner is not None
    assert lost.sentence == wording.NOT_OWNER.format(owner=won.case.owner.name)


def test_claiming_what_one_has_changes_nothing(bench: Bench, room: str, case: CaseId) -> None:
    suzuki, _ = bench.consultants
    for _ in range(2):
        assert isinstance(bench.desk.cases.claim(case, suzuki), Done)

    assert bench.channels.purposes(room).count("claimed") <= 1
    assert len(bench.settled(2, room)) == 2


def test_who_is_no_consultant_may_do_nothing(bench: Bench, case: CaseId) -> None:
    deeds = [
        bench.desk.cases.claim(case, None),
        bench.desk.cases.reply(case, None, "x", f"{case}:r1"),
        bench.desk.cases.resolve(case, None),
    ]

    assert [refusal(deed) for deed in deeds] == [wording.NOT_CONSULTANT] * 3


def test_only_the_owner_answers(bench: Bench, case: CaseId) -> None:
    suzuki, tanaka = bench.consultants
    assert refusal(bench.desk.cases.reply(case, suzuki, "早すぎます", f"{case}:r0")) == wording.NOT_CLAIMED
    bench.desk.cases.claim(case, suzuki)

    assert refusal(bench.desk.cases.reply(case, tanaka, "横から", f"{case}:r1")) == wording.NOT_OWNER.format(
        owner="鈴木"
    )
    assert refusal(bench.desk.cases.resolve(case, tanaka)) == wording.NOT_OWNER.format(owner="鈴木")
    assert refusal(bench.desk.cases.reply(case, suzuki, " \n", f"{case}:r2")) == wording.EMPTY_REPLY
    assert turns(bench, case) == []


def test_a_reply_submitted_twice_is_sent_once(bench: Bench, room: str, case: CaseId) -> None:
    suzuki, _ = bench.consultants
    bench.desk.cases.claim(case, suzuki)

    deeds = stock.at_once([lambda: bench.desk.cases.reply(case, suzuki, "一度だけ", f"r:{room}")] * 4)

    assert all(isinstance(deed, Done) for deed in deeds)
    assert turns(bench, case) == ["一度だけ"]
    bench.desk.cases.resolve(case, suzuki)
    assert [post["purpose"] for post in bench.settled(4, room)].count("reply") == 1


def test_a_resolved_case_takes_no_reply_until_it_is_reopened(
    bench: Bench, room: str, asked: InquiryId, case: CaseId
) -> None:
    suzuki, tanaka = bench.consultants
    bench.desk.cases.claim(case, suzuki)
    bench.desk.cases.resolve(case, suzuki)
    assert "完了" in refusal(bench.desk.cases.reply(case, suzuki, "あとから", f"{case}:r1"))
    assert turns(bench, case) == []

    reopened = bench.desk.cases.request_person(asked, ASKER)

    assert isinstance(reopened, Done)
    assert (reopened.case.state, reopened.case.owner) == (CaseState.WAITING, None)
    assert isinstance(bench.desk.cases.claim(case, tanaka), Done)
    posts = [post["purpose"] for post in bench.settled(5, room)]
    assert posts == ["outcome", "claimed", "resolved", "handed_over", "claimed"]
    until(lambda: cards(bench, case).count("card") == 2)


def test_a_person_asked_for_twice_is_called_once(bench: Bench, room: str) -> None:
    asked = bench.ask("普通の質問", room)
    bench.settled(1, room)

    deeds = stock.at_once([lambda: bench.desk.cases.request_person(asked, ASKER)] * 3)

    assert len({deed.case.id for deed in deeds if isinstance(deed, Done)}) == 1
    assert [post["purpose"] for post in bench.settled(2, room)] == ["outcome", "handed_over"]


def test_the_asker_takes_the_hand_over_back(bench: Bench, room: str, case: CaseId) -> None:
    suzuki, _ = bench.consultants
    assert refusal(bench.desk.cases.withdraw(case, "T1:U9")) == wording.NOT_ASKER

    assert isinstance(bench.desk.cases.withdraw(case, ASKER), Done)

    assert "取下げ" in refusal(bench.desk.cases.claim(case, suzuki))
    assert "取下げ" in refusal(bench.desk.cases.withdraw(case, ASKER))
    assert [post["purpose"] for post in bench.settled(2, room)] == ["outcome", "withdrawn"]


def test_a_reply_that_loses_its_case_in_between_is_refused(bench: Bench, room: str, case: CaseId) -> None:
    """The owner looks at the case, it is withdrawn, he sends: nothing crosses."""
    suzuki, _ = bench.consultants
    bench.desk.cases.claim(case, suzuki)
    bench.desk.cases.withdraw(case, ASKER)

    assert "取下げ" in refusal(bench.desk.cases.reply(case, suzuki, "行き違い", f"{case}:r1"))
    assert turns(bench, case) == []


@pytest.mark.parametrize("choice", [-1, 2, 99])
def test_a_choice_that_was_not_offered_is_refused(bench: Bench, room: str, choice: int) -> None:
    asked = bench.ask("どちらの話か", room, key=f"{room}{choice}")
    bench.desk.wait(asked, 40)

    with pytest.raises(BadInput):
        bench.desk.choose(asked, choice, Asker(ASKER, "佐藤"))


def test_what_is_not_there_is_not_found(bench: Bench) -> None:
    with pytest.raises(NotFound):
        bench.desk.cases.claim(CaseId("none"), bench.consultants[0])
    with pytest.raises(NotFound):
        bench.desk.cases.request_person(InquiryId("none"), ASKER)


def test_a_verdict_is_kept(bench: Bench, asked: InquiryId) -> None:
    bench.desk.judge(asked, ASKER, helpful=True)
    bench.desk.judge(asked, ASKER, helpful=False)

    assert stock.row_of(bench.ledger, asked).helpful is False


def test_a_consultant_who_left_still_has_a_name(bench: Bench, case: CaseId) -> None:
    gone = bench.ledger.write(lambda session: Registry(session).add_consultant("去る人", None, (), (), NOW))
    bench.desk.cases.claim(case, gone)

    assert refusal(bench.desk.cases.claim(case, bench.consultants[0])) == wording.NOT_OWNER.format(owner="去る人")
