"""「相談する」 by form: the command, the shortcuts and the Home; asked once, answered where it was said to be."""

from datetime import UTC, datetime, timedelta

import pytest

from bot import wording
from consultation.calendar import tokyo_date
from consultation.case import CaseState
from consultation.outcome import Reason
from desk import wording as desk_wording
from records.ledger import Session
from records.pages import Pages
from records.rows import CaseRow
from tests.bot.bench import (
    COLLEAGUE,
    CONSULTANTS,
    MINATO,
    QUOTE,
    SATO,
    SHINGU,
    STAFF,
    STRANGER,
    TEAM,
    Bench,
    logged,
    running_bench,
)
from tests.twins.slack import Fault
from tests.twins.slack.world import Message

WORDS = "保育所のAIの<効果>は？ 電話 090-1234-5678"


def filled(words: str = WORDS, **more: object) -> dict[str, dict[str, object]]:
    return {"words": {"words": words}, **{name: {name: value} for name, value in more.items()}}


def root_in(bench: Bench, channel: str) -> Message:
    """The message that the consultation begins with."""
    [root] = bench.twin.wait(lambda t: [m for m in t.messages(channel) if m.bot_id and not m.is_reply])
    return root


def cases(bench: Bench) -> list[CaseRow]:
    def view(session: Session) -> list[CaseRow]:
        return Pages(session).open_cases()

    return bench.ledger.read(view)


def test_a_command_opens_the_form_and_the_answer_comes_in_a_thread_of_the_channel(either: Bench):
    click = either.twin.command(SHINGU, COLLEAGUE, "/soudan 費用について")
    view = click.view()
    assert "費用について" in str(view.blocks)
    assert f"<#{SHINGU}>" in str(view.blocks)

    assert either.twin.submit(COLLEAGUE, filled(topic="T03")).errors == {}

    root = root_in(either, SHINGU)
    assert root.username == "Colleague（ご相談）"
    assert "保育所のAIの&lt;効果&gt;は？ 電話 〔電話番号〕" in str(root.blocks)
    assert "活用事例と効果" in str(root.blocks)
    assert QUOTE in either.says(SHINGU, root.ts, 2)[1]
    [row] = logged(either)
    assert (row.asker_id, row.asker_name, row.wish.topic) == (f"{TEAM}:{COLLEAGUE}", "Colleague", "T03")
    assert b"1234-5678" not in either.everything_kept()
    either.twin.say(SHINGU, COLLEAGUE, "費用は？", root.ts)
    assert "費用は？" in either.says(SHINGU, root.ts, 3)[2]


def test_a_doubled_submission_is_one_question_under_one_root(bench: Bench):
    bench.twin.command(SHINGU, STAFF, "/soudan").view()
    submission = bench.twin.submit(STAFF, filled())

    assert bench.twin.redeliver(submission.delivery).wait()

    root = root_in(bench, SHINGU)
    bench.says(SHINGU, root.ts, 2)
    assert len(logged(bench)) == 1
    assert len([m for m in bench.twin.messages(SHINGU) if m.bot_id and not m.is_reply]) == 1


@pytest.mark.parametrize("fault", [Fault.reset_after(), Fault.reset_before(), Fault.rate_limited()])
def test_what_failed_is_sent_again_and_stands_once(bench: Bench, fault: Fault):
    bench.twin.command(SHINGU, STAFF, "/soudan").view()
    bench.twin.fault("chat.postMessage", fault)
    failed = bench.twin.submit(STAFF, filled())
    assert "参照番号" in failed.errors["words"]
    assert logged(bench) == []

    assert bench.twin.submit(STAFF, filled()).errors == {}

    bench.says(SHINGU, root_in(bench, SHINGU).ts, 2)
    assert len(logged(bench)) == 1


def test_a_desk_that_ended_between_root_and_question_finds_the_root(tmp_path):
    with running_bench(tmp_path, "socket") as bench:
        view = bench.twin.command(SHINGU, STAFF, "/soudan").view()
        with bench.twin.world.change():  # the modal was opened by a process that is gone
            known = view.body["private_metadata"]
            view.body["private_metadata"] = known.replace('"opened_by": "', '"opened_by": "gone-')
            mark = {"event_type": "madoguchi_question", "event_payload": {"view": view.id}}
            world, team = bench.twin.world, bench.twin.world.teams[TEAM]
            left = Message(SHINGU, world.ts(), "残り", team.bot_user, metadata=mark, bot_id=team.bot_id)
            world.add(left)

        assert bench.twin.submit(STAFF, filled()).errors == {}

        assert QUOTE in bench.says(SHINGU, left.ts, 2)[1]
        assert root_in(bench, SHINGU).ts == left.ts


def test_a_delicate_question_goes_to_a_person_by_direct_message_and_the_machine_is_not_asked(bench: Bench):
    bench.twin.command(SHINGU, COLLEAGUE, "/soudan").view()
    today = tokyo_date(datetime.now(UTC)).isoformat()

    assert bench.twin.submit(COLLEAGUE, filled("担当者の異動の件です", person=["person"], by=today)).errors == {}

    room = bench.twin.dm(COLLEAGUE)
    root = root_in(bench, room)
    notice = bench.twin.wait(lambda t: t.answers(room, root.ts)[1:])[0]
    assert "担当コンサルタントが直接お答えします" in notice.text
    assert [m for m in bench.twin.messages(SHINGU) if m.bot_id] == []
    assert bench.answerer.asked == []
    [case] = cases(bench)
    assert (case.reason, case.is_urgent) == (Reason.ASKED_FOR_PERSON, True)
    # The colleague is no registered member: the thread itself says on whose behalf it is.
    bench.twin.say(room, COLLEAGUE, "補足です", root.ts)
    card = bench.card()
    bench.twin.wait(lambda t: [m for m in t.thread(CONSULTANTS, card) if "補足です" in str(m.blocks)])
    bench.twin.click(room, notice.ts, "handoff.withdraw", COLLEAGUE)
    bench.twin.wait(lambda _: cases(bench) == [])


def test_a_file_of_the_form_reaches_the_person_and_an_unfit_one_is_told_beside_its_field(bench: Bench):
    bench.twin.command(SHINGU, STAFF, "/soudan").view()
    linked = [bench.twin.file(STAFF, "link.pdf", b"%PDF-", mode="external")]
    pdf = [bench.twin.file(STAFF, "plan.pdf", b"%PDF-1.7 plan")]

    assert "link.pdf" in bench.twin.submit(STAFF, filled(person=["person"], files=linked)).errors["files"]
    assert bench.twin.submit(STAFF, filled(person=["person"], files=pdf)).errors == {}

    card = bench.card()
    assert bench.twin.wait(lambda t: t.files_in(CONSULTANTS, card)) == [("plan.pdf", b"%PDF-1.7 plan")]


def test_a_day_far_off_does_not_hurry(bench: Bench):
    bench.twin.command(SHINGU, STAFF, "/soudan").view()
    later = (tokyo_date(datetime.now(UTC)) + timedelta(days=40)).isoformat()

    bench.twin.submit(STAFF, filled("明日までに教えてください", person=["person"], by=later))

    [case] = bench.twin.wait(lambda _: cases(bench))
    assert (case.is_urgent, case.state) == (False, CaseState.WAITING)


def test_what_cannot_be_taken_is_told_beside_its_field(bench: Bench):
    bench.twin.command(SHINGU, STAFF, "/soudan").view()

    assert bench.twin.submit(STAFF, filled("　\n")).errors == {"words": wording.ASK_EMPTY}
    assert bench.twin.submit(STAFF, filled(by="2020-01-01")).errors == {"by": desk_wording.PAST_DAY}
    bench.twin.leave(SHINGU)
    assert bench.twin.submit(STAFF, filled()).errors == {"words": wording.ASK_NOT_HERE}
    assert logged(bench) == []


def test_a_command_where_nobody_is_registered_is_told_to_its_author_only(either: Bench):
    either.twin.channel("C0ELSE", TEAM, [STRANGER, COLLEAGUE], with_bot=False)
    either.ask("効果は？", COLLEAGUE)

    for user in (STRANGER, COLLEAGUE):
        click = either.twin.command("C0ELSE", user, "/soudan ひみつ")
        assert click.views == []
        assert click.delivery.response["text"] == wording.UNKNOWN_PLACE
    assert "連絡用" in either.twin.command(CONSULTANTS, SATO, "/soudan").delivery.response["text"]
    assert len(logged(either)) == 1


def test_a_message_is_asked_about_in_its_own_thread(bench: Bench):
    said = bench.twin.say(SHINGU, COLLEAGUE, "AI-OCRの費用はいくら？ &lt;概算&gt;")

    view = bench.twin.shortcut(SHINGU, said.ts, "consult.message", STAFF).view()
    assert "AI-OCRの費用はいくら？ <概算>" in str(view.blocks)
    assert bench.twin.submit(STAFF, {}).errors == {}

    quoted, answer = bench.twin.wait(lambda t: (found := t.answers(SHINGU, said.ts))[1:] and found)
    assert "Staff さんからのご相談です。" in str(quoted.blocks)
    assert QUOTE in answer.text


def test_a_shortcut_elsewhere_says_why_not_in_a_modal(bench: Bench):
    bench.twin.channel("C0ELSE", TEAM, [STRANGER], with_bot=False)
    said = bench.twin.say("C0ELSE", STRANGER, "これを聞きたい")

    view = bench.twin.shortcut("C0ELSE", said.ts, "consult.message", STRANGER).view()
    anywhere = bench.twin.global_shortcut("consult.anywhere", STRANGER).view()

    assert "登録されていない" in str(view.blocks)
    assert "登録されていない" in str(anywhere.blocks)


def test_a_member_may_ask_from_anywhere_and_is_answered_by_direct_message(bench: Bench):
    bench.twin.global_shortcut("consult.anywhere", STAFF).view()
    bench.twin.submit(STAFF, filled())

    room = bench.twin.dm(STAFF)
    root = root_in(bench, room)
    assert QUOTE in bench.says(room, root.ts, 2)[1]


def test_a_place_of_another_body_stays_with_that_body(bench: Bench):
    """Who is registered with one body and asks in another's channel asks for that channel's body, as with a mention."""
    bench.twin.say(MINATO, STAFF, "お邪魔します")
    bench.twin.command(MINATO, STAFF, "/soudan").view()
    bench.twin.submit(STAFF, filled())

    root_in(bench, MINATO)
    bench.twin.wait(lambda _: bench.answerer.asked)
    assert bench.answerer.asked[0].municipality == "131032"
