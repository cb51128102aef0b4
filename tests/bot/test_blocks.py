"""Every message and modal, whatever people and documents say, is one that Slack takes, and pings and links nobody."""

import json
import re
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot import wording
from bot.blocks.modals import INPUT, reply_view, source_view
from bot.blocks.outcome import outcome_blocks
from bot.blocks.relay_modals import relay_view, revise_view, told_view
from bot.links import Links
from bot.pointing import Pointed
from bot.writing import written
from consultation.attachment import Attached
from consultation.case import CaseState
from consultation.outcome import OutcomeKind, Reason
from desk.bulletins import BULLETINS
from desk.letters import CARRIES, Purpose
from records.rows import TurnRow
from tests.bot.letters import NOW, case, consultant, consultation, inquiry, letter, passage, source
from tests.twins.slack.blocks import message_problems, view_problems

NASTY = [
    "",
    "<!channel> <@U1> <#C1> <https://evil.example|ここ> & *太字* _x_ `y`",
    "あ" * 40_000,
    "<" * 5_000,
    "1\n" * 3_000,
    "\ud800\x00\u202e",
    "\n \u3000\n",
]
TEXTS = st.sampled_from(NASTY) | st.text(alphabet="<>&!@#|*\n 費用😀\ud800", max_size=300)
MARK = re.compile(r"<[!@#]")


def dicts(blocks) -> list:
    return [block.to_dict() for block in blocks]


@pytest.mark.parametrize("purpose", [one for one in Purpose if one not in BULLETINS | CARRIES | {Purpose.FILE_GONE}])
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=TEXTS)
def test_every_letter_is_one_that_slack_takes(purpose: Purpose, text: str):
    writing = written(letter(purpose, text), [source(n, text) for n in range(1, 12)], Links("https://desk.example/"))

    blocks = dicts(writing.blocks)
    assert message_problems(blocks) == []
    assert 0 < len(writing.text) <= 4_000
    assert not MARK.search(json.dumps([writing.text, blocks], ensure_ascii=False))


@pytest.mark.parametrize("outcome", list(OutcomeKind))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=TEXTS)
def test_every_outcome_is_one_that_slack_takes(outcome: OutcomeKind, text: str):
    shown = [source(rank, text, is_reference=outcome is OutcomeKind.HANDOFF) for rank in range(1, 12)]
    cited = tuple(one.citation for one in shown)
    blocks = dicts(outcome_blocks(inquiry(text, outcome, citations=cited), consultation(text), shown, None))

    assert message_problems(blocks) == []
    assert not MARK.search(json.dumps(blocks, ensure_ascii=False))


@settings(max_examples=40, deadline=None)
@given(text=TEXTS, quote=TEXTS)
def test_every_modal_is_one_that_slack_takes(text: str, quote: str):
    sent = TurnRow("consultant", text, text, NOW, None, "t" * 32)
    files = tuple(Attached("T1", f"F{n}", text[:200], n) for n in range(10))
    views = (
        source_view(passage(text + quote), quote),
        reply_view(case(text), consultant(text)),
        relay_view(
            case(text), consultant(text), Pointed(*("T1", "C1", "1.1", "1.2", "U1", "U1"), text[:INPUT], "t", files)
        ),
        revise_view(case(text), sent),
        told_view(f"文{text}"),
    )
    for view in views:
        assert view_problems(view.to_dict()) == []


def actions(blocks) -> list[str]:
    return re.findall(r"'action_id': '([^']+)'", str(dicts(blocks)))


def test_an_answer_offers_sources_feedback_and_a_person():
    blocks = outcome_blocks(inquiry(), consultation(), [source(1), source(2)], None)
    assert actions(blocks) == ["source.show", "source.show", "feedback", "handoff.request"]


def test_a_clarification_offers_its_choices_and_a_person():
    blocks = outcome_blocks(inquiry(outcome=OutcomeKind.CLARIFY, choices=("費用", "効果")), consultation(), [], None)
    assert actions(blocks) == ["clarify.choose", "clarify.choose", "handoff.request"]


def test_a_hand_over_can_be_withdrawn_and_a_mere_addition_cannot():
    handed = inquiry(outcome=OutcomeKind.HANDOFF)
    added = inquiry(outcome=OutcomeKind.HANDOFF, reason=Reason.WITH_PERSON)
    assert actions(outcome_blocks(handed, consultation(), [], None)) == ["handoff.withdraw"]
    assert actions(outcome_blocks(added, consultation(), [], None)) == []


def test_a_hand_over_shows_the_sources_of_what_its_asker_reads_and_no_others():
    handed = inquiry(outcome=OutcomeKind.HANDOFF)
    blocks = outcome_blocks(handed, consultation(), [source(1, "示", is_reference=True), source(2, "伏")], None)

    assert actions(blocks) == ["source.show", "handoff.withdraw"]
    assert "[1] 示" in str(dicts(blocks))
    assert "伏" not in str(dicts(blocks))


def test_only_an_answer_with_sources_is_called_grounded():
    cited = (source().citation,)
    for row, is_called in (
        (inquiry(citations=cited), True),
        (inquiry(citations=()), False),
        (inquiry(outcome=OutcomeKind.HANDOFF, citations=cited), False),
    ):
        shown = str(dicts(outcome_blocks(row, consultation(), [], None)))
        assert (f"*{wording.GROUNDED}*" in shown) is is_called


@pytest.mark.parametrize(("is_reference", "heading"), [(True, wording.SHOWN), (False, wording.FOUND)])
def test_a_card_tells_whether_the_asker_saw_what_was_found(is_reference: bool, heading: str):
    one = source(is_reference=is_reference)
    handed = replace(case(), inquiry=inquiry(outcome=OutcomeKind.HANDOFF, citations=(one.citation,)))

    assert f"*{heading}*" in str(dicts(written(letter(Purpose.CARD, case=handed), [one], Links("")).blocks))


def test_a_refusal_offers_a_person():
    assert actions(outcome_blocks(inquiry(outcome=OutcomeKind.REFUSE), consultation(), [], None)) == ["handoff.request"]


OWNED = ["handoff.compose", "handoff.resolve", "handoff.hand_on", "handoff.take_over", "handoff.correct"]


@pytest.mark.parametrize(
    ("state", "offered"),
    [
        (CaseState.WAITING, ["handoff.claim", "handoff.decline", "handoff.correct"]),
        (CaseState.CLAIMED, OWNED),
        (CaseState.REPLIED, OWNED),
        (CaseState.RESOLVED, []),
        (CaseState.CLOSED, []),
        (CaseState.WITHDRAWN, []),
    ],
)
def test_a_card_offers_what_its_state_allows(state: CaseState, offered: list[str]):
    writing = written(letter(Purpose.CARD, case=case(state=state)), [], Links(""))
    assert actions(writing.blocks) == offered


def test_links_stand_only_where_the_desk_has_a_public_address():
    assert "https://" not in str(dicts(written(letter(Purpose.OUTCOME), [], Links("")).blocks))
    linked = str(dicts(written(letter(Purpose.OUTCOME), [], Links("https://desk.example")).blocks))
    assert f"<https://desk.example/consultations/{'c' * 32}|{wording.OPEN_LOG}>" in linked


def test_the_quote_is_set_apart_from_what_stands_around_it():
    shown = [
        b["text"]["text"] for b in source_view(passage("前。引用。後。"), "引用。").to_dict()["blocks"] if "text" in b
    ]
    assert shown[-4:] == ["前。", f"*▼ {wording.QUOTED}*", "> *引用。*", "後。"]


def test_the_answer_form_takes_files_only_where_they_can_go():
    def inputs(**more: bool) -> list[str]:
        view = reply_view(case(), consultant(), **more).to_dict()
        return [block["block_id"] for block in view["blocks"] if block["type"] == "input"]

    assert inputs() == ["reply", "files"]
    assert inputs(with_files=False) == ["reply"]


def test_the_answer_form_begins_with_the_draft():
    [field] = [b for b in reply_view(case("下書き"), consultant()).to_dict()["blocks"] if b.get("block_id") == "reply"]
    assert (field["block_id"], field["element"]["action_id"]) == ("reply", "reply")
    assert field["element"]["initial_value"] == "下書き"


def test_every_reason_and_state_has_its_words():
    assert set(wording.REASONS) == set(Reason)
    assert set(wording.STATES) == set(CaseState)


def test_a_quote_that_the_passage_no_longer_holds_is_still_shown():
    shown = [b["text"]["text"] for b in source_view(passage("別の文。"), "引用。").to_dict()["blocks"] if "text" in b]
    assert shown[-3:] == ["別の文。", f"*▼ {wording.QUOTED}*", "> *引用。*"]
