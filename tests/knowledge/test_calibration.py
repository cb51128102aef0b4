"""Learn then test: the promise holds on questions not seen, and with too few labels nothing is promised."""

from dataclasses import replace

import numpy as np
import pytest

from knowledge.calibration import Example, calibrated, crossfitted, promised, rethresholded
from knowledge.gate import CLOSED, Logistic


def examples(count: int, seed: int, sharpness: float = 6.0) -> list[Example]:
    """Questions whose one feature tells how likely the answer is right."""
    rng = np.random.default_rng(seed)
    signal = rng.uniform(-1, 1, count)
    right = rng.random(count) < 1 / (1 + np.exp(-sharpness * signal))
    return [
        Example(f"d{i % 40}", {"signal": float(s)}, bool(y)) for i, (s, y) in enumerate(zip(signal, right, strict=True))
    ]


def test_the_promise_is_kept_on_questions_not_seen_as_often_as_it_says() -> None:
    broken = rounds = 0
    for seed in range(60):
        gate = calibrated(examples(500, seed), alpha=0.1, delta=0.1)
        fresh = examples(2_000, 1_000 + seed)
        sure = [one for one in fresh if gate.confidence(one.features) >= gate.promise.threshold]
        if sure:
            rounds += 1
            broken += np.mean([not one.is_right for one in sure]) > 0.1
    assert rounds > 50
    assert broken <= 0.2 * rounds  # delta = 0.1, over 60 rounds


@pytest.mark.parametrize("right", [True, False])
def test_with_labels_of_one_kind_or_too_few_nothing_is_promised(right: bool) -> None:
    one_kind = [Example(f"d{i}", {"signal": 0.5}, right) for i in range(300)]
    assert calibrated(one_kind, 0.05, 0.1).promise.threshold == CLOSED
    assert calibrated(examples(30, 1), 0.05, 0.1).promise.threshold == CLOSED
    assert calibrated([], 0.05, 0.1).promise.answered == 0


def test_what_says_nothing_promises_nothing() -> None:
    assert calibrated(examples(600, 3, sharpness=0.0), 0.05, 0.1).promise.answered == 0


def test_a_stricter_limit_answers_no_more() -> None:
    confidences = crossfitted(examples(800, 5))
    right = np.asarray([one.is_right for one in examples(800, 5)])
    strict, loose = (promised(confidences, right, alpha, 0.1) for alpha in (0.05, 0.2))
    assert strict.answered < loose.answered
    assert strict.threshold > loose.threshold
    assert strict.errors / strict.answered < 0.05


def test_confidences_are_those_of_other_documents() -> None:
    """A document whose labels are turned around cannot teach its own confidences so."""
    turned = [Example("odd", {"signal": 1.0}, False) for _ in range(30)]
    honest = examples(400, 7)
    confidences = crossfitted([*honest, *turned])
    assert confidences[-30:].min() > 0.9


def behind(threshold: float, count: int, seed: int) -> tuple[Logistic, list[Example]]:
    """What a gate of good weights let through from the threshold on, judged."""
    nothing = calibrated([], 0.1, 0.1).promise
    weights = Logistic(bias=0.0, weights={"signal": 6.0}, promise=nothing)
    seen = [one for one in examples(count, seed) if weights.confidence(one.features) >= threshold]
    return weights, [replace(one, counts_from=threshold) for one in seen]


@pytest.mark.parametrize("threshold", [0.5, 0.8, 0.9])
def test_verdicts_promise_nothing_below_the_threshold_they_were_gathered_under(threshold: float) -> None:
    reached = 0
    for seed in range(20):
        weights, seen = behind(threshold, 3_000, seed)
        found = rethresholded(weights, seen, 0.1, 0.1)
        assert (found.bias, found.weights) == (weights.bias, weights.weights)
        assert found.promise.threshold >= threshold
        reached += found.promise.answered > 0
    assert reached == 20


def test_verdicts_gathered_under_a_stricter_gate_do_not_speak_for_a_looser_one() -> None:
    """They are all right; without the rule they would drown the errors between the two thresholds."""
    weights, seen = behind(0.5, 600, 3)
    strict = [Example("d", {"signal": 0.9}, True, counts_from=0.95) for _ in range(5_000)]
    assert rethresholded(weights, [*seen, *strict], 0.1, 0.1).promise.threshold > 0.6
    drowned = [replace(one, counts_from=0.5) for one in strict]
    assert rethresholded(weights, [*seen, *drowned], 0.1, 0.1).promise.threshold == 0.5


def test_what_only_teaches_is_not_measured() -> None:
    measured, taught = examples(500, 5), [replace(one, counts_from=CLOSED) for one in examples(500, 6)]
    found = calibrated([*measured, *taught], 0.1, 0.1)
    assert found.promise.labels == 500
    assert found.promise.answered < 500
    assert found.weights != calibrated(measured, 0.1, 0.1).weights
    assert calibrated(taught, 0.1, 0.1).promise.threshold == CLOSED
