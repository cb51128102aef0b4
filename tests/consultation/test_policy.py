"""The order in which rules decide: refuse, then people, then ask back once, then only what is sure."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consultation.outcome import OutcomeKind, Reason
from consultation.policy import MOST_CHOICES, Decision, Evidence, decide
from consultation.signals import Signal

SURE = Evidence(confidence=0.9, threshold=0.7, is_anything_found=True)
UNSURE = Evidence(confidence=0.3, threshold=0.7, is_anything_found=True)
NOTHING = Evidence(confidence=0.0, threshold=0.7, is_anything_found=False)
TOPICS = ("AI-OCRの効果", "AI-OCRの費用")

signal_sets = st.frozensets(st.sampled_from(Signal))
evidences = st.builds(
    Evidence,
    confidence=st.floats(0, 1),
    threshold=st.floats(0, 1),
    is_anything_found=st.booleans(),
    missing=st.sampled_from([(), ("places",)]),
    topics=st.sampled_from([(), TOPICS, TOPICS * 3]),
    namesakes=st.sampled_from([(), TOPICS, TOPICS * 3]),
    questions=st.sampled_from([(), ("a？", "b？", "c？", "d？", "e？")]),
    is_clarified=st.booleans(),
    is_due_soon=st.booleans(),
    can_cite_earlier=st.booleans(),
)


def of(*signals: Signal) -> frozenset[Signal]:
    return frozenset(signals)


@pytest.mark.parametrize(
    ("signal", "kind", "reason"),
    [
        (Signal.EMPTY, OutcomeKind.CLARIFY, Reason.EMPTY),
        (Signal.EMOJI_ONLY, OutcomeKind.CLARIFY, Reason.EMPTY),
        (Signal.RESIDENT_DATA, OutcomeKind.REFUSE, Reason.PERSONAL_DATA),
        (Signal.UNLAWFUL, OutcomeKind.REFUSE, Reason.UNLAWFUL),
        (Signal.INSTRUCTION_ATTACK, OutcomeKind.REFUSE, Reason.INSTRUCTION_ATTACK),
        (Signal.OTHER_BODY, OutcomeKind.REFUSE, Reason.OTHER_BODY),
        (Signal.OUT_OF_SCOPE, OutcomeKind.REFUSE, Reason.OUT_OF_SCOPE),
        (Signal.TOO_LONG, OutcomeKind.HANDOFF, Reason.TOO_LONG),
        (Signal.ASKS_PERSON, OutcomeKind.HANDOFF, Reason.ASKED_FOR_PERSON),
        (Signal.COMPLAINT, OutcomeKind.HANDOFF, Reason.COMPLAINT),
        (Signal.URGENT, OutcomeKind.HANDOFF, Reason.URGENT),
        (Signal.LEGAL, OutcomeKind.HANDOFF, Reason.LEGAL_INTERPRETATION),
        (Signal.PROSPECT, OutcomeKind.HANDOFF, Reason.SELECTION_PROSPECT),
        (Signal.PRODUCT, OutcomeKind.HANDOFF, Reason.PRODUCT_COMPARISON),
        (Signal.PLAN_REVIEW, OutcomeKind.HANDOFF, Reason.PLAN_REVIEW),
        (Signal.ADMINISTRATIVE, OutcomeKind.HANDOFF, Reason.ADMINISTRATIVE),
        (Signal.ABOUT_DESK, OutcomeKind.ANSWER, Reason.ABOUT_DESK),
        (Signal.THANKS, OutcomeKind.ANSWER, Reason.ABOUT_DESK),
        (Signal.TOO_SHORT, OutcomeKind.CLARIFY, Reason.TOO_SHORT),
        (Signal.OWN_ESTIMATE, OutcomeKind.CLARIFY, Reason.NEEDS_DETAIL),
        (Signal.NO_REFERENT, OutcomeKind.CLARIFY, Reason.NO_REFERENT),
    ],
)
def test_a_telling_wording_decides_however_sure_the_search_is(
    signal: Signal, kind: OutcomeKind, reason: Reason
) -> None:
    decision = decide(of(signal), SURE)

    assert (decision.kind, decision.reason) == (kind, reason)


@pytest.mark.parametrize(
    ("signals", "reason"),
    [
        (of(Signal.RESIDENT_DATA, Signal.URGENT, Signal.ASKS_PERSON), Reason.PERSONAL_DATA),
        (of(Signal.UNLAWFUL, Signal.PLAN_REVIEW), Reason.UNLAWFUL),
        (of(Signal.TOO_LONG, Signal.INSTRUCTION_ATTACK), Reason.INSTRUCTION_ATTACK),
        (of(Signal.URGENT, Signal.LEGAL), Reason.URGENT),
        (of(Signal.ASKS_PERSON, Signal.ABOUT_DESK), Reason.ASKED_FOR_PERSON),
        (of(Signal.ABOUT_DESK, Signal.LEGAL), Reason.LEGAL_INTERPRETATION),
        (of(Signal.ABOUT_DESK, Signal.PLAN_REVIEW), Reason.ABOUT_DESK),
        (of(Signal.PRODUCT, Signal.TOO_SHORT), Reason.PRODUCT_COMPARISON),
    ],
)
def test_the_weightier_signal_decides(signals: frozenset[Signal], reason: Reason) -> None:
    assert decide(signals, SURE).reason is reason


def test_an_ordinary_question_is_answered_only_when_the_search_is_sure() -> None:
    assert decide(of(), SURE) == Decision(OutcomeKind.ANSWER, Reason.GROUNDED)
    assert decide(of(), UNSURE) == Decision(OutcomeKind.HANDOFF, Reason.LOW_CONFIDENCE)
    assert decide(of(), NOTHING) == Decision(OutcomeKind.HANDOFF, Reason.NOT_IN_MATERIALS)


def test_what_the_question_names_and_the_materials_do_not_goes_to_a_person() -> None:
    evidence = Evidence(confidence=0.99, threshold=0.7, is_anything_found=True, missing=("places",), topics=TOPICS)

    assert decide(of(), evidence) == Decision(OutcomeKind.HANDOFF, Reason.NOT_IN_MATERIALS)


def test_competing_topics_are_offered_only_where_no_answer_is_sure() -> None:
    unsure = Evidence(confidence=0.3, threshold=0.7, is_anything_found=True, topics=TOPICS)
    sure = Evidence(confidence=0.9, threshold=0.7, is_anything_found=True, topics=TOPICS)

    assert decide(of(), unsure) == Decision(OutcomeKind.CLARIFY, Reason.AMBIGUOUS, TOPICS)
    assert decide(of(), sure).kind is OutcomeKind.ANSWER


@pytest.mark.parametrize(
    ("signal", "reason"),
    [
        (Signal.NETWORK_UNSAID, Reason.WHICH_NETWORK),
        (Signal.WORK_UNSAID, Reason.NEEDS_DETAIL),
        (Signal.AT_A_LOSS, Reason.AT_A_LOSS),
    ],
)
def test_what_is_unsaid_is_asked_only_where_no_answer_is_sure(signal: Signal, reason: Reason) -> None:
    elsewhere = Evidence(confidence=0.3, threshold=0.7, is_anything_found=True, missing=("places",))

    assert decide(of(signal), UNSURE) == Decision(OutcomeKind.CLARIFY, reason)
    assert decide(of(signal), SURE).kind is OutcomeKind.ANSWER
    assert decide(of(signal), elsewhere).kind is OutcomeKind.HANDOFF


def test_what_is_due_within_days_goes_to_a_person_who_is_told_so() -> None:
    due = replace(SURE, is_due_soon=True)

    assert decide(of(), due) == Decision(OutcomeKind.HANDOFF, Reason.URGENT)
    assert decide(of(Signal.PLAN_REVIEW), due).reason is Reason.URGENT
    assert decide(of(Signal.UNLAWFUL), due).kind is OutcomeKind.REFUSE


def test_a_shared_name_is_asked_about_even_where_nothing_or_one_of_them_is_found() -> None:
    for found in (SURE, UNSURE, NOTHING):
        assert decide(of(), replace(found, namesakes=TOPICS)) == Decision(
            OutcomeKind.CLARIFY, Reason.WHICH_BODY, TOPICS
        )


@pytest.mark.parametrize("signal", [Signal.TOO_SHORT, Signal.MANY_QUESTIONS])
def test_after_one_clarification_it_is_answered_or_handed_over(signal: Signal) -> None:
    sure = Evidence(confidence=0.9, threshold=0.7, is_anything_found=True, topics=TOPICS, is_clarified=True)
    unsure = Evidence(confidence=0.3, threshold=0.7, is_anything_found=True, topics=TOPICS, is_clarified=True)

    assert decide(of(signal), sure).kind is OutcomeKind.ANSWER
    assert decide(of(signal), unsure).kind is OutcomeKind.HANDOFF


def test_an_estimate_for_the_own_body_is_never_given_by_the_machine() -> None:
    clarified = Evidence(confidence=0.99, threshold=0.1, is_anything_found=True, is_clarified=True)

    assert decide(of(Signal.OWN_ESTIMATE), clarified) == Decision(OutcomeKind.HANDOFF, Reason.INDIVIDUAL_JUDGEMENT)


def test_the_sources_of_an_earlier_answer_are_told_where_there_are_some() -> None:
    with_earlier = Evidence(confidence=0.0, threshold=0.7, is_anything_found=False, can_cite_earlier=True)

    assert decide(of(Signal.ABOUT_SOURCES), with_earlier).kind is OutcomeKind.ANSWER
    assert decide(of(Signal.ABOUT_SOURCES), NOTHING).kind is OutcomeKind.HANDOFF


@settings(deadline=None)  # the machine may be busy
@given(signal_sets, evidences)
def test_every_case_is_decided_with_few_choices_and_at_most_one_round(
    signals: frozenset[Signal], evidence: Evidence
) -> None:
    decision = decide(signals, evidence)

    assert len(decision.choices) <= MOST_CHOICES
    assert not decision.choices or decision.kind is OutcomeKind.CLARIFY
    if evidence.is_clarified and decision.kind is OutcomeKind.CLARIFY:
        assert decision.reason is Reason.EMPTY


@settings(deadline=None)  # the machine may be busy
@given(signal_sets, evidences)
def test_nothing_unsure_is_answered_from_the_materials(signals: frozenset[Signal], evidence: Evidence) -> None:
    decision = decide(signals, evidence)

    if decision.kind is OutcomeKind.ANSWER and decision.reason is Reason.GROUNDED:
        assert evidence.is_sure or (Signal.ABOUT_SOURCES in signals and evidence.can_cite_earlier)
