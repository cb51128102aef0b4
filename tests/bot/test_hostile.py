"""Hostile circumstances in Slack: who leaves, rooms that close and open again, a municipality that goes."""

from datetime import UTC, datetime, timedelta

import pytest

from consultation.case import CaseDeed, CaseState
from consultation.municipality import municipality
from desk import wording
from records.ledger import Session
from records.postbook import PostBook
from records.registry import Registry
from records.roster import Roster
from tests.bot.bench import BODY, CONSULTANTS, KATO, MINATO, OTHER_STAFF, SATO, SHINGU, STAFF, Bench, settle
from tests.bot.test_handing_on import case, in_card_thread
from tests.bot.test_handing_over import claimed, handed_over


def now() -> datetime:
    return datetime.now(UTC)


def make_lead(bench: Bench, user: str) -> None:
    def deed(session: Session) -> None:
        found = Registry(session).consultant_in_slack(user)
        assert found is not None
        Roster(session).place(found.id, team=None, deputy_id=None, is_lead=True, most_open=None, most_a_day=None)

    bench.ledger.write(deed)


def card_of(bench: Bench, ts: str) -> str:
    found = bench.ledger.read(lambda session: PostBook(session).posted("card", case(bench, ts).id))
    assert found is not None
    assert found.posted_ref is not None
    return found.posted_ref


def turned_to(bench: Bench, ts: str) -> str | None:
    found = case(bench, ts).turned_to
    return found.slack_user if found else None


def shown(bench: Bench, card: str) -> str:
    return str([message.blocks for message in bench.twin.messages(CONSULTANTS) if message.ts == card])


def test_what_a_consultant_leaves_behind_goes_to_others(bench: Bench) -> None:
    make_lead(bench, KATO)
    _, card = claimed(bench)
    bench.twin.click(CONSULTANTS, card, "handoff.compose", SATO).view()
    waiting = [handed_over(bench, f"人を呼んで {number}")[0] for number in range(2)]
    bench.twin.wait(lambda _: len([one for one in waiting if case(bench, one).turned_to]) == 2)
    [his] = [one for one in waiting if turned_to(bench, one) == SATO]

    assert all(delivery.wait() for delivery in bench.twin.part(CONSULTANTS, SATO))
    assert bench.desk.leaving.look(now()) == 2

    his_card = bench.twin.wait(lambda _: card_of(bench, his))
    bench.twin.wait(lambda _: f"<@{KATO}>" in in_card_thread(bench, his_card))
    bench.twin.wait(lambda _: f"<@{KATO}> 担当の 佐藤 さんが" in in_card_thread(bench, card))
    bench.twin.wait(lambda _: "離任" in shown(bench, card))
    submitted = bench.twin.submit(SATO, {"reply": {"reply": "外れたあとの回答"}})
    assert submitted.errors == {"reply": wording.NOT_CONSULTANT}
    bench.twin.click(CONSULTANTS, card, "handoff.take_over", KATO)
    bench.twin.wait(lambda _: "離任" not in shown(bench, card))
    assert bench.desk.leaving.look(now()) == 0
    assert "外れたあと" not in str([message.text for message in bench.twin.visible(STAFF)])


def test_a_reply_into_a_closed_channel_is_told_and_sent_again(bench: Bench) -> None:
    ts, card = claimed(bench)
    bench.says(SHINGU, ts, 2)
    bench.twin.archive(SHINGU)
    bench.twin.click(CONSULTANTS, card, "handoff.compose", SATO).view()
    assert bench.twin.submit(SATO, {"reply": {"reply": "費用は <月10万円> です。"}}).errors == {}

    told = bench.twin.wait(lambda t: [m for m in t.thread(CONSULTANTS, card) if "届けられませんでした" in m.text])
    assert len(told) == 1
    assert "アーカイブされています" in told[0].text
    assert "費用は &lt;月10万円&gt; です。" in str(told[0].blocks)
    assert [code for _, code in bench.ledger.read(lambda session: PostBook(session).failed())] == ["is_archived"]

    bench.twin.unarchive(SHINGU)
    assert len(bench.ledger.write(lambda session: PostBook(session).retry())) == 1
    assert bench.desk.knock() == 1

    assert "費用は" in bench.twin.wait(lambda t: [m for m in t.answers(SHINGU, ts) if m.username])[0].text
    settle(bench, 0.3)
    assert len([m for m in bench.twin.answers(SHINGU, ts) if m.username]) == 1
    assert bench.ledger.read(lambda session: PostBook(session).failed()) == []
    assert bench.ledger.read(lambda session: PostBook(session).held()) == []


@pytest.mark.parametrize("code", ["is_archived", "channel_not_found"])  # a private channel that the bot has left
def test_cards_wait_for_a_closed_channel_and_stand_once_in_order(bench: Bench, code: str) -> None:
    close, opened = {
        "is_archived": (bench.twin.archive, bench.twin.unarchive),
        "channel_not_found": (bench.twin.leave, bench.twin.invite),
    }[code]
    close(CONSULTANTS)
    for number in range(4):  # one by one, so that their order is known
        assert "引き継ぎました" in bench.says(SHINGU, bench.ask(f"人を呼んで {number}"))[0]
    bench.twin.wait(
        lambda t: len([call for call in t.calls_of("chat.postMessage") if call.answer.get("error") == code]) == 4
    )
    assert bench.ledger.read(lambda session: PostBook(session).failed()) == []

    opened(CONSULTANTS)
    bench.twin.wait(lambda _: bench.desk.knock() == 1)

    bench.card(3)
    settle(bench, 0.3)
    cards = [m for m in bench.twin.messages(CONSULTANTS) if not m.is_reply and m.bot_id]
    assert [max(n for n in range(4) if f"人を呼んで {n}" in str(m.blocks)) for m in cards] == [0, 1, 2, 3]
    assert bench.ledger.read(lambda session: PostBook(session).unsettled()) == []


def test_renamed_channels_change_nothing(bench: Bench) -> None:
    for channel in (SHINGU, CONSULTANTS):
        assert all(delivery.wait() for delivery in bench.twin.rename(channel, "新しい名前"))

    ts, card = claimed(bench)

    assert "引き継ぎました" in bench.says(SHINGU, ts)[0]
    assert card
    assert len(bench.answerer.asked) == 1


def test_a_municipality_that_leaves_is_served_no_more_until_it_is_back(bench: Bench) -> None:
    ts, card = claimed(bench)
    theirs = bench.ask("人を呼んで", OTHER_STAFF, MINATO)
    bench.ledger.write(lambda session: Registry(session).leave(BODY, now()))

    assert bench.desk.leaving.look(now()) == 1

    found = case(bench, ts)
    assert (found.state, found.history[-1].deed) == (CaseState.CLOSED, CaseDeed.END)
    bench.twin.wait(lambda _: "支援が終わったため" in in_card_thread(bench, card))
    bench.twin.wait(lambda _: not bench.button(CONSULTANTS, card, "handoff.compose"))
    before = len(bench.twin.answers(SHINGU, ts))
    assert bench.desk.rounds.look(now() + timedelta(days=60)) <= 1  # the other body's
    over = "支援は終了"
    for words, user, channel in (("まだいますか", STAFF, SHINGU), ("費用は？", STAFF, bench.twin.dm(STAFF))):
        asked = bench.twin.say(channel, user, words, mention=channel == SHINGU)
        assert asked.wait()
        bench.twin.wait(lambda t, room=channel: [m for m in t.visible(STAFF) if m.channel == room and over in m.text])
    assert len(bench.twin.answers(SHINGU, ts)) == before
    assert len(bench.answerer.asked) == 2
    assert bench.says(MINATO, theirs)

    back = municipality(BODY, "新座市", "埼玉県")
    assert not bench.ledger.write(lambda session: Registry(session).add_municipality(back, now()))
    again = bench.ask("効果は？")
    assert "結論" in bench.says(SHINGU, again)[0]
