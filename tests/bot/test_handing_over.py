"""A hand-over in Slack from end to end: card, claim, answer, resolution; withdrawn, doubled, pressed by others."""

from consultation.inquiry import Channel, Place
from records.ledger import Session
from records.pages import Pages
from records.rows import TurnRow
from tests.bot.bench import (
    COLLEAGUE,
    CONSULTANTS,
    KATO,
    MINATO,
    OTHER_STAFF,
    QUOTE,
    SATO,
    SHINGU,
    STAFF,
    TEAM,
    Bench,
    settle,
)


def handed_over(bench: Bench, words: str = "人を呼んでください。保育所AIの費用は？") -> tuple[str, str]:
    """A hand-over whose card stands: the question's ts, the card's ts."""
    ts = bench.ask(words)
    bench.says(SHINGU, ts)
    return ts, bench.card()


def claimed(bench: Bench) -> tuple[str, str]:
    ts, card = handed_over(bench)
    bench.twin.click(CONSULTANTS, card, "handoff.claim", SATO)
    bench.twin.wait(lambda _: bench.button(CONSULTANTS, card, "handoff.compose"))
    return ts, card


def turns(bench: Bench, ts: str) -> tuple[TurnRow, ...]:
    place = Place(Channel.SLACK, TEAM, SHINGU, ts)

    def view(session: Session) -> tuple[TurnRow, ...]:
        standing = Pages(session).consultation_at(place)
        assert standing is not None
        return Pages(session).file(standing.id).turns

    return bench.ledger.read(view)


def test_a_hand_over_runs_from_card_to_resolution(either: Bench):
    ts, card = claimed(either)
    [shown] = [m for m in either.twin.messages(CONSULTANTS) if m.ts == card]
    assert "新座市" in str(shown.blocks)
    assert "保育所AIの費用は？" in str(shown.blocks)

    view = either.twin.click(CONSULTANTS, card, "handoff.compose", SATO).view()
    assert view.callback_id == "handoff.send"
    assert QUOTE in str(view.blocks)
    assert either.twin.submit(SATO, {"reply": {"reply": "費用は <!channel> & 月10万円です。"}}).errors == {}

    replied = either.twin.wait(lambda t: [m for m in t.answers(SHINGU, ts) if m.username])[0]
    assert replied.username == "佐藤（担当コンサルタント）"
    assert replied.text == "費用は &lt;!channel&gt; &amp; 月10万円です。"
    assert "佐藤" in str(replied.blocks)
    assert either.twin.wait(lambda t: "送りました" in str([m.text for m in t.thread(CONSULTANTS, card)]))
    either.twin.wait(lambda t: "続けて回答する" in str([m.blocks for m in t.messages(CONSULTANTS) if m.ts == card]))
    either.twin.click(CONSULTANTS, card, "handoff.resolve", SATO)
    assert "完了" in either.says(SHINGU, ts, 4)[-1]
    either.twin.wait(lambda _: not either.button(CONSULTANTS, card, "handoff.resolve"))


def test_the_second_claimer_is_told_who_was_first(bench: Bench):
    _, card = handed_over(bench)
    message = bench.twin.messages(CONSULTANTS)
    stale = next(m for m in message if m.ts == card)

    bench.twin.click(CONSULTANTS, card, "handoff.claim", SATO)
    bench.twin._hands.click(stale, "handoff.claim", KATO, None)  # he has not seen the card change yet

    assert "佐藤" in bench.twin.wait(lambda t: t.ephemerals(CONSULTANTS, KATO))[0].text


def test_only_the_owner_may_compose_and_only_a_consultant_may_claim(bench: Bench):
    _, card = handed_over(bench)
    bench.twin.click(CONSULTANTS, card, "handoff.claim", COLLEAGUE)
    assert "コンサルタントだけ" in bench.twin.ephemerals(CONSULTANTS, COLLEAGUE)[0].text

    bench.twin.click(CONSULTANTS, card, "handoff.claim", SATO)
    bench.twin.wait(lambda _: bench.button(CONSULTANTS, card, "handoff.compose"))
    assert bench.twin.click(CONSULTANTS, card, "handoff.compose", KATO).views == []
    assert "佐藤" in bench.twin.ephemerals(CONSULTANTS, KATO)[0].text


def test_an_empty_answer_is_shown_as_an_error_in_the_modal(either: Bench):
    _, card = claimed(either)
    either.twin.click(CONSULTANTS, card, "handoff.compose", SATO).view()

    submission = either.twin.submit(SATO, {"reply": {"reply": "　"}})

    assert submission.errors == {"reply": "送信する内容が空です。"}


def test_a_doubled_submission_is_one_answer(bench: Bench):
    ts, card = claimed(bench)
    bench.twin.click(CONSULTANTS, card, "handoff.compose", SATO).view()
    submission = bench.twin.submit(SATO, {"reply": {"reply": "一度だけ"}})

    assert bench.twin.redeliver(submission.delivery).wait()

    assert [turn.text for turn in turns(bench, ts)].count("一度だけ") == 1
    bench.twin.wait(lambda t: "一度だけ" in [m.text for m in t.answers(SHINGU, ts)])


def test_what_consultants_say_among_themselves_stays_there(bench: Bench):
    ts, card = claimed(bench)

    assert bench.twin.say(CONSULTANTS, SATO, "内緒の相談 CANARY", card).wait()

    settle(bench)
    assert "CANARY" not in str([m.text for m in bench.twin.visible(STAFF)])
    assert b"CANARY" not in bench.everything_kept()
    assert ts


def test_what_the_asker_adds_goes_to_the_cards_thread(bench: Bench):
    ts, card = claimed(bench)

    bench.twin.say(SHINGU, STAFF, "急いでいます", ts)

    added = bench.twin.wait(lambda t: [m for m in t.thread(CONSULTANTS, card) if "急いでいます" in str(m.blocks)])
    assert len(added) == 1


def test_a_person_can_be_called_after_an_answer(bench: Bench):
    ts = bench.ask("効果は？")
    bench.says(SHINGU, ts)
    answer = bench.twin.answers(SHINGU, ts)[0]

    bench.twin.click(SHINGU, answer.ts, "handoff.request", STAFF)
    bench.twin.click(SHINGU, answer.ts, "handoff.request", STAFF)

    assert "引き継ぎました" in bench.says(SHINGU, ts, 2)[1]
    assert bench.card()
    assert len(bench.ledger.read(lambda session: Pages(session).open_cases())) == 1


def test_the_asker_can_withdraw_and_nobody_else(bench: Bench):
    ts, card = handed_over(bench)
    notice = bench.twin.answers(SHINGU, ts)[0]

    bench.twin.click(SHINGU, notice.ts, "handoff.withdraw", COLLEAGUE)
    assert "ご相談された方だけ" in bench.twin.ephemerals(SHINGU, COLLEAGUE)[0].text
    bench.twin.click(SHINGU, notice.ts, "handoff.withdraw", STAFF)

    assert "取り下げました" in bench.says(SHINGU, ts, 2)[1]
    bench.twin.wait(lambda _: not bench.button(CONSULTANTS, card, "handoff.claim"))
    bench.twin.click(SHINGU, notice.ts, "handoff.withdraw", STAFF)
    assert "終わっています" in bench.twin.ephemerals(SHINGU, STAFF)[-1].text


def test_a_button_of_another_body_does_nothing(bench: Bench):
    ts = bench.ask("効果は？")
    bench.says(SHINGU, ts)
    answer = bench.twin.answers(SHINGU, ts)[0]
    stolen = bench.twin.say(MINATO, OTHER_STAFF, "こちらで")  # a message of theirs, our buttons
    with bench.twin.world.change():
        theirs = bench.twin.world.find(MINATO, stolen.ts)
        theirs.blocks = answer.blocks

    assert bench.twin.click(MINATO, stolen.ts, "source.show", OTHER_STAFF).views == []
    bench.twin.click(MINATO, stolen.ts, "handoff.request", OTHER_STAFF)

    assert "見つかりません" in bench.twin.ephemerals(MINATO, OTHER_STAFF)[0].text
    assert [m.ts for m in bench.twin.messages(CONSULTANTS) if m.bot_id] == []


def test_a_bug_in_answering_ends_with_a_person(bench: Bench):
    ts = bench.ask("壊れてください")

    assert "引き継ぎました" in bench.says(SHINGU, ts)[0]
    assert bench.card()
