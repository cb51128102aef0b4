"""The account of how near tested labels lie to fitted ones."""

import numpy as np

from evals.likeness import report

VECTORS = np.array([[1.0, 0.0], [0.6, 0.8], [0.0, 1.0], [1.0, 0.0]])


def test_the_nearest_is_sought_in_other_folds_and_each_pair_is_shown_once() -> None:
    lines = report(["一", "二", "三", "四"], VECTORS, np.array([0, 1, 1, 0])).splitlines()

    assert lines[0] == "4 questions in 2 folds; any two: median 0.600"
    assert "50% 0.600" in lines[1]
    assert "100% 0.600" in lines[1]
    assert "100% 1.000" in lines[2]
    assert lines[3:] == ["  0.600  一 | 二", "  0.600  二 | 四", "  0.000  一 | 三"]
