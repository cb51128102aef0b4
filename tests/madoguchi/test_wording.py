"""What the command line says of a question's outcome."""

import pytest

from madoguchi import wording


@pytest.mark.parametrize(
    ("outcome", "references", "first_line"),
    [
        ("answer", [False], "【回答】【根拠あり】 受付番号 R1"),
        ("answer", [], "【回答】 受付番号 R1"),
        ("handoff", [True, True], "【担当者へ引継ぎ】【参考】 受付番号 R1"),
        ("handoff", [False], "【担当者へ引継ぎ】 受付番号 R1"),
    ],
)
def test_the_first_line_tells_what_the_outcome_rests_on(outcome: str, references: list[bool], first_line: str) -> None:
    citations = [{"is_reference": is_reference} for is_reference in references]
    found = {"outcome": outcome, "consultation": "R1", "text": "本文", "citations": citations}

    assert wording.result("ask", found).splitlines() == [first_line, "", "本文"]
