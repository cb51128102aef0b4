"""What verdicts leave of a promise: never looser, as loose as they do not contradict, open again when they agree."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from knowledge.drift import Verdict, contradicted, standing
from knowledge.gate import CLOSED, GRID

DELTA = 0.1
VERDICTS = st.lists(st.builds(Verdict, st.floats(0, 1), st.booleans()), max_size=60)
PROMISED = st.one_of(st.sampled_from([*GRID, CLOSED]), st.floats(0, 1))
ALPHAS = st.sampled_from([0.01, 0.05, 0.2, 0.5])


def contradicts(verdicts: Sequence[Verdict], threshold: float, alpha: float) -> bool:
    judged = [one.is_right for one in verdicts if one.confidence >= threshold]
    return judged.count(False) >= 2 and bool(binom.sf(judged.count(False) - 1, len(judged), alpha) <= DELTA)


@given(st.integers(0, 300).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n))), ALPHAS)
def test_the_test_is_the_one_sided_binomial_from_two_errors_on(counts: tuple[int, int], alpha: float) -> None:
    judged, errors = counts
    assert contradicted(judged, errors, alpha, DELTA) == (errors >= 2 and binom.sf(errors - 1, judged, alpha) <= DELTA)


@given(VERDICTS, PROMISED, ALPHAS)
def test_it_is_the_lowest_threshold_from_the_promised_on_that_is_not_contradicted(
    verdicts: list[Verdict], promised: float, alpha: float
) -> None:
    found = standing(verdicts, promised, alpha, DELTA)

    assert found.threshold in {promised, CLOSED, *GRID}
    assert found.threshold >= promised
    assert found.is_closed or not contradicts(verdicts, found.threshold, alpha)
    passed = [one for one in (promised, *GRID) if promised <= one < found.threshold]
    assert all(contradicts(verdicts, one, alpha) for one in passed)
    assert found.is_broken == contradicts(verdicts, promised, alpha) == bool(passed)


@given(VERDICTS, PROMISED, ALPHAS)
def test_one_more_sure_answer_moves_it_to_its_own_side_only(
    verdicts: list[Verdict], promised: float, alpha: float
) -> None:
    before = standing(verdicts, promised, alpha, DELTA).threshold

    assert standing([*verdicts, Verdict(1.0, True)], promised, alpha, DELTA).threshold <= before
    assert standing([*verdicts, Verdict(1.0, False)], promised, alpha, DELTA).threshold >= before


@given(VERDICTS, st.sampled_from(GRID), ALPHAS)
def test_enough_right_answers_open_it_again(verdicts: list[Verdict], promised: float, alpha: float) -> None:
    right = [Verdict(promised, True)] * int(len(verdicts) / alpha)

    assert standing([*verdicts, *right], promised, alpha, DELTA).threshold == promised


def test_without_verdicts_the_promise_stands() -> None:
    assert standing([], 0.6, 0.05, DELTA).threshold == 0.6


def test_one_wrong_answer_contradicts_nothing() -> None:
    assert standing([Verdict(0.9, False)], 0.6, 0.05, DELTA).threshold == 0.6
    assert standing([Verdict(0.9, False)] * 2, 0.6, 0.05, DELTA).is_broken


def test_errors_among_the_surest_close_it() -> None:
    found = standing([Verdict(0.995, False)] * 3 + [Verdict(0.7, True)] * 5, 0.6, 0.05, DELTA)

    assert found.is_closed
    assert (found.judged, found.errors) == (8, 3)


def test_errors_below_leave_what_is_surer_open() -> None:
    verdicts = [Verdict(0.655, False)] * 4 + [Verdict(0.9, True)] * 6
    assert standing(verdicts, 0.6, 0.05, DELTA).threshold == 0.66
