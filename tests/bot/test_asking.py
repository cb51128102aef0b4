"""Asking in Slack from end to end: the stand-in for Slack, the real Bolt, the real engine and log."""

import pytest

from bot import wording
from consultation.inquiry import Channel, Place
from records.pages import Pages
from tests.bot.bench import (
    CONSULTANTS,
    OTHER_STAFF,
    QUOTE,
    SATO,
    SHINGU,
    STAFF,
    STRANGER,
    TEAM,
    Bench,
    logged,
    running_bench,
    settle,
)


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


def test_an_edit_after_the_answer_is_told_to_come_too_late_once(bench: Bench):
    ts = bench.ask("効果は？")
    bench.says(SHINGU, ts)

    for words in ("費用は？", "日程は？"):
        for delivery in bench.twin.edit(SHINGU, ts, f"<@{bench.twin.bot_user()}> {words}"):
            assert delivery.wait()

    [told] = bench.twin.ephemerals(SHINGU, STAFF)
    assert told.text == wording.EDITED_LATE
    assert logged(bench)[0].text == "効果は？"


def test_an_edit_of_what_was_no_question_is_left_alone(bench: Bench):
    sent = bench.twin.say(SHINGU, STAFF, "別の話です")
    assert sent.wait()

    for delivery in bench.twin.edit(SHINGU, sent.ts, "別の話でした"):
        assert delivery.wait()

    assert bench.twin.ephemerals(SHINGU, STAFF) == []


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


def test_the_messages_tab_offers_what_one_may_ask(bench: Bench):
    assert bench.twin.open_home(STAFF, "messages").wait()

    assert len(bench.twin.calls_of("assistant.threads.setSuggestedPrompts")) == 1


def test_a_place_is_the_thread_in_its_channel(bench: Bench):
    ts = bench.ask("効果は？")
    bench.says(SHINGU, ts)

    place = Place(Channel.SLACK, TEAM, SHINGU, ts)
    assert bench.ledger.read(lambda session: Pages(session).consultation_at(place)) is not None
