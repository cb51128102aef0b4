"""Which body a shared name may mean, and where that need not be asked."""

import pytest

from consultation.municipality import AREA_OF, MunicipalityCode
from consultation.namesakes import namesakes

SAITAMA, TOKYO, FUKUOKA = MunicipalityCode("119997"), MunicipalityCode("131016"), MunicipalityCode("401307")


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        ("府中市の効果額を教えて", ("府中市（東京都）", "府中市（広島県）")),
        ("伊達市です。うちの担当の局はどこですか", ("伊達市（北海道）", "伊達市（福島県）")),
        ("池田町がやってるAIのこと教えて", ("池田町（北海道）",
            "池田町（福井県）", "池田町（長野県）", "池田町（岐阜県）")),
        ("森町なんですが", ("森町（北海道）", "森町（静岡県）")),
        ("北広島と組みたい", ("北広島市（北海道）", "北広島町（広島県）")),
    ],
)  # fmt: skip
def test_a_shared_name_may_mean_several_bodies(text: str, bodies: tuple[str, ...]) -> None:
    assert namesakes(text, SAITAMA) == bodies


@pytest.mark.parametrize(
    "text",
    [
        "広島県府中市の効果額",
        "府中市（東京都）の効果額",
        "東京の府中市です",
        "つくば市の効果額",
        "小森町の例",
        "北広島市の例",
        "",
    ],
)
def test_a_name_with_its_prefecture_or_of_one_body_alone_means_one(text: str) -> None:
    assert namesakes(text, SAITAMA) == ()


def test_the_one_of_the_askers_own_prefecture_is_meant() -> None:
    assert namesakes("府中市の効果額を教えて", TOKYO) == ()
    assert namesakes("府中市と川崎町の違いは", TOKYO) == ("川崎町（宮城県）", "川崎町（福岡県）")
    assert namesakes("川崎町の例", FUKUOKA) == ()


def test_every_choice_names_a_prefecture() -> None:
    for name in ("美里町", "美郷町", "南部町", "朝日町", "美浜町"):
        bodies = namesakes(f"{name}は", MunicipalityCode("471011"))
        assert len(bodies) == 3
        assert all(body.removeprefix(f"{name}（").removesuffix("）") in AREA_OF for body in bodies)
