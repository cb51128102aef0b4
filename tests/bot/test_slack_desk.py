"""The Slack side from end to end: the stand-in for Slack, the real Bolt, the real engine and log, in both modes."""

import pytest

from consultation.inquiry import Channel, Place
from records.ledger import Session
from records.pages import LogFilter, Pages
from records.rows import InquiryRow, TurnRow
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
    STRANGER,
    TEAM,
    Bench,
    running_bench,
)


@pytest.fixture
def bench(tmp_path):
    with running_bench(tmp_path, "socket") as running:
        yield running
        assert running.twin.violations == []


@pytest.fixture(params=["socket", "http"])
def either(request, tmp_path):
    """In Socket Mode, and over HTTP."""
    with running_bench(tmp_path, request.param) as running:
        yield running
        assert running.twin.violations == []


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


def logged(bench: Bench) -> list[InquiryRow]:
    return [line.inquiry for line in bench.ledger.read(lambda session: Pages(session).log(LogFilter()))]


def test_a_mention_is_answered_once_in_its_thread_with_sources_and_buttons(either: Bench):
    ts = either.ask("保育所の入所選考AIの効果は？")

    either.says(SHINGU, ts)

    [answer] = either.twin.answers(SHINGU, ts)
    assert QUOTE in answer.text
    assert str(answer.blocks).count("source.show") == 2
    assert "feedback" in str(answer.blocks)
    assert "handoff.request" in str(answer.blocks)
    assert logged(either)[0].text == "保育所の入所選考AIの効果は？"
    assert logged(either)[0].asker_name == "Staff"
    assert either.twin.wait(lambda t: [s for s in t.statuses if s.get("thread_ts") == ts])


def test_the_source_opens_with_its_quote_set_apart(either: Bench):
    ts = either.ask("効果は？")
    either.says(SHINGU, ts)
    answer = either.twin.answers(SHINGU, ts)[0]

    view = either.twin.click(SHINGU, answer.ts, "source.show", STAFF).view()

    shown = str(view.blocks)
    assert f"> *{QUOTE}*" in shown
    assert "ただし最終の決定は職員が行う。" in shown
    assert "令和2年3月1日" in shown
    assert "p.12" in shown


def test_feedback_is_kept_and_the_last_word_counts(either: Bench):
    ts = either.ask("効果は？")
    either.says(SHINGU, ts)
    answer = either.twin.answers(SHINGU, ts)[0]
    row = logged(either)[0]

    either.twin.click(SHINGU, answer.ts, "feedback", STAFF, f"{row.id}:helpful")
    assert logged(either)[0].helpful is True
    either.twin.click(SHINGU, answer.ts, "feedback", STAFF, f"{row.id}:unhelpful")

    assert logged(either)[0].helpful is False
    assert "担当者に相談する" in either.twin.ephemerals(SHINGU, STAFF)[-1].text


def test_a_clarification_goes_on_with_the_chosen_answer_once(either: Bench):
    ts = either.ask("短い")
    either.says(SHINGU, ts)
    question = either.twin.answers(SHINGU, ts)[0]
    value = f"{logged(either)[0].id}:1"

    either.twin.click(SHINGU, question.ts, "clarify.choose", STAFF, value)
    either.twin.click(SHINGU, question.ts, "clarify.choose", STAFF, value)

    assert "効果" in either.says(SHINGU, ts, 2)[1]
    assert either.answerer.asked[-1].chosen == "効果"
    assert len(logged(either)) == 2


def test_a_follow_up_by_its_asker_needs_no_mention(bench: Bench):
    ts = bench.ask("効果は？")
    bench.says(SHINGU, ts)

    bench.twin.say(SHINGU, STAFF, "費用は？", ts)

    assert "費用は？" in bench.says(SHINGU, ts, 2)[1]
    assert [earlier.text for earlier in bench.answerer.asked[-1].earlier] == ["効果は？"]


def test_words_between_people_are_left_alone(bench: Bench):
    ts = bench.ask("効果は？")
    bench.says(SHINGU, ts)

    asides = [
        bench.twin.say(SHINGU, OTHER_STAFF, "なるほど", ts),
        bench.twin.say(SHINGU, STAFF, f"<@{OTHER_STAFF}> これ見て", ts),
        bench.twin.say(SHINGU, STAFF, "別の話です"),
        bench.twin.bot_message(SHINGU, f"<@{bench.twin.bot_user()}> 定期報告"),
    ]

    assert all(sent.wait() for sent in asides)
    assert len(logged(bench)) == 1


def test_a_direct_message_is_answered_in_its_own_thread(bench: Bench):
    room = bench.twin.dm(STAFF)

    sent = bench.twin.say(room, STAFF, "効果は？")

    assert QUOTE in bench.says(room, sent.ts)[0]


def test_an_unknown_channel_is_politely_refused_and_nothing_is_kept(either: Bench):
    either.twin.channel("C0ELSE", TEAM, [STRANGER])

    either.ask("ひみつの質問です", STRANGER, "C0ELSE")

    [told] = either.twin.ephemerals("C0ELSE", STRANGER)
    assert "登録" in told.text
    assert logged(either) == []
    assert "ひみつの質問".encode() not in either.everything_kept()


def test_an_unknown_user_is_politely_refused_in_a_direct_message(bench: Bench):
    room = bench.twin.dm(STRANGER)

    sent = bench.twin.say(room, STRANGER, "効果は？")

    assert "登録" in bench.says(room, sent.ts)[0]
    assert logged(bench) == []


def test_the_consultants_channel_is_for_talking(bench: Bench):
    aside = bench.twin.say(CONSULTANTS, SATO, "今日は混んでいますね")
    bench.ask("効果は？", SATO, CONSULTANTS)

    assert aside.wait()
    [told] = bench.twin.ephemerals(CONSULTANTS, SATO)
    assert "連絡用チャンネル" in told.text
    assert logged(bench) == []


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


def test_duplicates_and_redelivery_give_one_answer(either: Bench):
    either.twin.duplicate_events(4)
    sent = either.twin.say(SHINGU, STAFF, "効果は？", mention=True)
    assert sent.wait()
    assert either.twin.redeliver(sent.deliveries[0]).wait()

    either.says(SHINGU, sent.ts)

    settle(either)
    assert len(either.twin.answers(SHINGU, sent.ts)) == 1
    assert len(logged(either)) == 1


def test_an_edit_before_the_answer_changes_the_question(bench: Bench):
    bench.answerer.slow_s = 1.0
    ts = bench.ask("効果は")
    for delivery in bench.twin.edit(SHINGU, ts, f"<@{bench.twin.bot_user()}> 費用は、電話 090-1234-5678"):
        assert delivery.wait()

    assert "費用は" in bench.says(SHINGU, ts)[0]

    assert b"090-1234-5678" not in bench.everything_kept()
    assert logged(bench)[0].text == "費用は、電話 〔電話番号〕"


def test_a_deletion_before_the_answer_takes_the_question_back(bench: Bench):
    bench.answerer.slow_s = 1.0
    ts = bench.ask("けしてほしい質問")

    for delivery in bench.twin.delete(SHINGU, ts):
        assert delivery.wait()

    settle(bench, 1.5)
    assert bench.twin.answers(SHINGU, ts) == []
    assert logged(bench)[0].withdrawn_at is not None
    assert logged(bench)[0].text == ""


def test_personal_data_is_masked_before_anything_is_kept(bench: Bench):
    ts = bench.ask(
        "山田太郎様の住民税、電話 <tel:09012345678|090-1234-5678>、<mailto:yamada@example.com|yamada@example.com>"
    )

    bench.says(SHINGU, ts)

    kept = bench.everything_kept()
    assert b"1234-5678" not in kept
    assert b"09012345678" not in kept
    assert b"yamada@example" not in kept
    assert "〔電話番号〕" in logged(bench)[0].text
    assert "1234-5678" not in str([m.text for m in bench.twin.answers(SHINGU, ts)])


@pytest.mark.parametrize("words", ["", "　", ":tada: :pray:", "？", "ﾊﾝｶｸ", "&lt;!channel&gt; です", "あ" * 39_000])
def test_odd_messages_get_exactly_one_visible_answer(tmp_path, words):
    with running_bench(tmp_path, "socket") as bench:
        ts = bench.ask(words)

        bench.says(SHINGU, ts)

        assert "<!" not in str([(m.text, m.blocks) for m in bench.twin.answers(SHINGU, ts)])
        assert bench.twin.violations == []


def test_a_bug_in_answering_ends_with_a_person(bench: Bench):
    ts = bench.ask("壊れてください")

    assert "引き継ぎました" in bench.says(SHINGU, ts)[0]
    assert bench.card()


def test_the_messages_tab_offers_what_one_may_ask(bench: Bench):
    assert bench.twin.open_home(STAFF, "messages").wait()

    assert len(bench.twin.calls_of("assistant.threads.setSuggestedPrompts")) == 1


def test_a_place_is_the_thread_in_its_channel(bench: Bench):
    ts = bench.ask("効果は？")
    bench.says(SHINGU, ts)

    place = Place(Channel.SLACK, TEAM, SHINGU, ts)
    assert bench.ledger.read(lambda session: Pages(session).consultation_at(place)) is not None


def turns(bench: Bench, ts: str) -> tuple[TurnRow, ...]:
    place = Place(Channel.SLACK, TEAM, SHINGU, ts)

    def view(session: Session) -> tuple[TurnRow, ...]:
        standing = Pages(session).consultation_at(place)
        assert standing is not None
        return Pages(session).file(standing.id).turns

    return bench.ledger.read(view)


def settle(bench: Bench, wait_s: float = 0.7) -> None:
    """Time for something that must not come."""
    with pytest.raises(TimeoutError):
        bench.twin.wait(lambda _: False, wait_s)
