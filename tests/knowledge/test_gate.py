"""The cautious gate."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.gate import read_gate

GATE = read_gate()
FILE = json.loads((Path(__file__).parents[2] / "knowledge" / "gate.json").read_text(encoding="utf-8"))
NAMES = sorted(FILE["dense"]["weights"].keys() | FILE["lexical"]["weights"].keys())
MISSING = [name for name in NAMES if name.endswith("_missing")]
FEATURES = st.fixed_dictionaries({name: st.floats(-10, 50) for name in NAMES})


@given(FEATURES, st.booleans())
def test_confidence_is_a_share(features: dict[str, float], dense: bool) -> None:
    assert 0 <= GATE.confidence(features, dense=dense) <= 1


@pytest.mark.parametrize("name", MISSING)
@pytest.mark.parametrize("dense", [True, False])
def test_what_the_question_names_and_the_passage_lacks_lowers_confidence(name: str, dense: bool) -> None:
    perfect = dict.fromkeys(NAMES, 1.0) | dict.fromkeys(MISSING, 0.0) | {"bm25_z": 12.0}
    assert GATE.confidence(perfect | {name: 1.0}, dense=dense) < GATE.confidence(perfect, dense=dense)


@pytest.mark.parametrize("dense", [True, False])
def test_a_missing_place_alone_forbids_an_answer(dense: bool) -> None:
    perfect = dict.fromkeys(NAMES, 1.0) | dict.fromkeys(MISSING, 0.0) | {"bm25_z": 12.0}
    assert GATE.confidence(perfect, dense=dense) >= GATE.threshold
    assert GATE.confidence(perfect | {"places_missing": 1.0}, dense=dense) < GATE.threshold


def test_the_threshold_can_be_set() -> None:
    assert read_gate(0.9).threshold == 0.9
