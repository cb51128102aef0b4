"""A case on its way between consultants in Slack, and the asker's word on whether it is solved."""

from consultation.case import CaseDeed, CaseState
from consultation.inquiry import Channel, Place
from records.ledger import Session
from records.pages import Pages
from records.rows import CaseRow
from tests.bot.bench import CONSULTANTS, KATO, SATO, SHINGU, STAFF, TEAM, Bench
from tests.bot.test_handing_over import handed_over


def case(bench: Bench, ts: str) -> CaseRow:
    place = Place(Channel.SLACK, TEAM, SHINGU, ts)

    def view(session: Session) -> CaseRow:
        standing = Pages(session).consultation_at(place)
        assert standing is not None
        return Pages(session).file(standing.id).cases[-1]

    return bench.ledger.read(view)


def turned(bench: Bench, ts: str) -> tuple[str, str]:
    """The Slack users of who is asked, and of the colleague."""
    found = case(bench, ts).turned_to
    assert found is not None
    return (SATO, KATO) if found.slack_user == SATO else (KATO, SATO)


def in_card_thread(bench: Bench, card: str) -> str:
    return str([message.text for message in bench.twin.thread(CONSULTANTS, card)])


def test_the_asker_reads_until_when_and_who_is_asked_is_called_by_name(bench: Bench):
    ts, card = handed_over(bench)
    asked, _ = turned(bench, ts)

    assert "最初のお返事は" in str([message.blocks for message in bench.twin.answers(SHINGU, ts)])
    [shown] = [message for message in bench.twin.messages(CONSULTANTS) if message.ts == card]
    assert f"<@{asked}>" in str(shown.blocks)
    assert "（最初の返信）" in str(shown.blocks)


def test_who_declines_says_why_inside_and_the_colleague_is_called(bench: Bench):
    ts, card = handed_over(bench)
    asked, colleague = turned(bench, ts)

    assert bench.twin.click(CONSULTANTS, card, "handoff.decline", colleague).views == []
    assert "依頼されていません" in bench.twin.ephemerals(CONSULTANTS, colleague)[-1].text
    bench.twin.click(CONSULTANTS, card, "handoff.decline", asked).view()
    assert bench.twin.submit(asked, {"why": {"why": "手一杯 <!here>"}}).errors == {}

    bench.twin.wait(lambda _: f"<@{colleague}>" in in_card_thread(bench, card))
    assert "手一杯 &lt;!here&gt;" in in_card_thread(bench, card)
    assert "手一杯" not in str(bench.twin.thread(SHINGU, ts))


def test_an_owner_hands_on_and_a_colleague_takes_over(bench: Bench):
    ts, card = handed_over(bench)
    first, other = turned(bench, ts)
    bench.twin.click(CONSULTANTS, card, "handoff.claim", first)
    bench.twin.wait(lambda _: bench.button(CONSULTANTS, card, "handoff.hand_on"))
    view = bench.twin.click(CONSULTANTS, card, "handoff.hand_on", first).view()
    [option] = [option for block in view.blocks for option in block.get("element", {}).get("options", [])]

    submitted = {"colleague": {"colleague": option["value"]}, "why": {"why": "専門外のため"}}
    assert bench.twin.submit(first, submitted).errors == {}

    bench.twin.wait(lambda _: f"<@{other}>" in in_card_thread(bench, card))
    bench.twin.wait(lambda _: bench.button(CONSULTANTS, card, "handoff.claim"))
    bench.twin.click(CONSULTANTS, card, "handoff.claim", other)
    bench.twin.wait(lambda _: bench.button(CONSULTANTS, card, "handoff.take_over"))
    bench.twin.click(CONSULTANTS, card, "handoff.take_over", first)
    bench.twin.wait(lambda _: case(bench, ts).history[-1].deed is CaseDeed.TAKE_OVER)
    assert "専門外" not in str(bench.twin.thread(SHINGU, ts))


def test_the_asker_says_whether_it_is_solved(bench: Bench):
    ts, card = handed_over(bench)
    owner, _ = turned(bench, ts)

    def resolve() -> str:
        """The message that asks."""
        bench.twin.wait(lambda _: bench.button(CONSULTANTS, card, "handoff.claim"))
        bench.twin.click(CONSULTANTS, card, "handoff.claim", owner)
        bench.twin.wait(lambda _: bench.button(CONSULTANTS, card, "handoff.resolve"))
        bench.twin.click(CONSULTANTS, card, "handoff.resolve", owner)
        bench.twin.wait(lambda _: case(bench, ts).state is CaseState.RESOLVED)
        before = {message.ts for message in asking}
        found = bench.twin.wait(
            lambda t: [m for m in t.answers(SHINGU, ts) if "handoff.confirm" in str(m.blocks) and m.ts not in before]
        )
        asking.extend(found)
        return found[0].ts

    asking: list = []
    bench.twin.click(SHINGU, resolve(), "handoff.reopen", STAFF)
    bench.twin.wait(lambda _: case(bench, ts).state is CaseState.WAITING)
    bench.twin.click(SHINGU, resolve(), "handoff.confirm", STAFF)

    bench.twin.wait(lambda t: "承りました" in str([m.text for m in t.answers(SHINGU, ts)][-1]))
    assert case(bench, ts).state is CaseState.CLOSED
