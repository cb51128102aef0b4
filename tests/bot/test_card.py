"""What the consultants' card tells beside the case: the body, why it was handed over, and what was before."""

from bot.blocks.background import background_blocks
from consultation.outcome import Reason
from tests.bot.bench import CONSULTANTS, SHINGU, Bench
from tests.bot.letters import background, case
from tests.bot.test_handing_over import handed_over
from tests.twins.slack.blocks import message_problems


def test_the_card_knows_the_body_and_its_last_consultations(bench: Bench):
    for number in range(4):
        ts = bench.ask(f"{number}番目の効果は？ <!here>")
        bench.says(SHINGU, ts)
    handed_over(bench)

    [card] = [m for m in bench.twin.messages(CONSULTANTS) if m.ts == bench.card()]
    said = str(card.blocks)
    assert "関東総合通信局" in said
    assert "担当チーム：窓口" in said
    assert "これまでの引継ぎ：0件" in said
    assert [f"{number}番目の効果" in said for number in range(4)] == [False, True, True, True]
    assert said.index("3番目") < said.index("1番目")
    assert "回答済み" in said
    assert "<!here>" not in said
    assert "番目" not in str([m.blocks for m in bench.twin.messages(SHINGU) if "引継ぎました" in m.text])


def test_how_sure_the_desk_was_is_said_in_words():
    unsure = case(threshold=0.78, confidence=0.624)

    def said(found: object) -> str:
        blocks = background_blocks(found, background(), lambda case_id: f"https://desk.example/cases/{case_id}")  # type: ignore[arg-type]
        shown = [block.to_dict() for block in blocks]
        assert message_problems(shown) == []
        return str(shown)

    assert "確信度は 62% で、自動で回答する下限 78% に届きませんでした。" in said(unsure)
    assert "下限 50% 以上でした" in said(case(threshold=0.5, confidence=0.9))
    assert "確信度は測っていません" in said(case())
    assert "<https://desk.example/cases/" in said(unsure)
    assert unsure.reason is Reason.LOW_CONFIDENCE


def test_a_card_without_anything_looked_up_shows_no_empty_headings():
    assert background_blocks(case(), None, lambda _: None) == []
