"""Learn then test: the promise holds on questions not seen, and with too few labels nothing is promised."""

import numpy as np
import pytest

from knowledge.calibration import Example, calibrated, crossfitted, promised
from knowledge.gate import CLOSED


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
        sure = [one for one in fresh if confidence(gate.bias, gate.weights, one) >= gate.promise.threshold]
        if sure:
            rounds += 1
            broken += np.mean([not one.is_right for one in sure]) > 0.1
    assert rounds > 50
    assert broken <= 0.2 * rounds  # delta = 0.1, over 60 rounds


def confidence(bias: float, weights: dict[str, float], one: Example) -> float:
    return float(1 / (1 + np.exp(-bias - sum(weights[name] * value for name, value in one.features.items()))))


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
