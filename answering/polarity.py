"""Whether two clauses say the same way round: negation, direction, opposites, and the conditions of a sentence."""

import re

_MUST = re.compile(r"な(?:けれ|くて)は?ば?な(?:らない|りません|らず)|必ず")
_NEGATION = re.compile(
    r"(?<!少)(?<!危)ない|ません|なく|なし|無し|なかった|[せらわかれきじ]ず|不可|不要|不能|禁止|対象外|以外|"
    r"未(?!満)[一-龥]|非(?!常)[一-龥]"
)
_DIRECTION = re.compile(
    r"増|減|上が|下が|上げ|下げ|上昇|低下|上回|下回|短縮|延長|拡大|縮小|以上|以下|未満|超|以前|以降|高|低"
)
_PAIRS = """
有償/無償 有料/無料 義務/任意 成功/失敗 開始/終了 始め/終え 始ま/終わ 予定/済み 予定/完了 公開/非公開
必要/不要 必要/不必要 可能/不可 賛成/反対 手作業/自動 直営/委託 有り/無し あり/なし 庁内/庁外 最大/最小
最高/最低 採択/不採択 合格/不合格 黒字/赤字 収入/支出 都道府県/市町村 平日/休日 平日/祝日 午前/午後
上半期/下半期 前年度/翌年度
"""
OPPOSITES = tuple((one, other) for one, other in (pair.split("/") for pair in _PAIRS.split()))
_CONDITION = re.compile(r"場合(?:は|に(?:は|限り)?|のみ)?$|限り$|除いて$|除き$|以外は$|ただし$|ときは?$|際は$")
_CONDITIONAL = re.compile(r"場合|限|除|以外|ただし|とき|際は|のみ|だけ|れば|なら")
_RESTRICTIONS = (re.compile(r"のみ|に限|だけ|限り"), re.compile(r"(?:未満|以下|以上|超える?)の[一-龥]"))


def same_polarity(clause: str, other: str) -> bool:
    """Negated as often, with no direction that the other does not have, and nothing turned into its opposite."""
    return (
        _negations(clause) == _negations(other)
        and set(_DIRECTION.findall(clause)) <= set(_DIRECTION.findall(other))
        and not any(_turned(clause, other, *pair) or _turned(clause, other, *pair[::-1]) for pair in OPPOSITES)
    )


def is_condition(clause: str) -> bool:
    """Whether what follows in the sentence holds only under this clause."""
    return _CONDITION.search(clause.strip()) is not None


def is_conditional(sentence: str) -> bool:
    """Whether a sentence says a condition anywhere."""
    return _CONDITIONAL.search(sentence) is not None


def keeps_restrictions(sentence: str, other: str) -> bool:
    """Whether a sentence restricts whom or what it holds for wherever the other clause does (のみ, 5万人未満の団体)."""
    return all(kind.search(sentence) for kind in _RESTRICTIONS if kind.search(other))


def _negations(clause: str) -> int:
    return len(_NEGATION.findall(_MUST.sub("", clause)))


def _turned(clause: str, other: str, one: str, opposite: str) -> bool:
    """The clause says the one where the other says its opposite; neither says both."""
    return says(clause, one, opposite) and says(other, opposite, one) and not says(other, one, opposite)


def says(clause: str, word: str, opposite: str) -> bool:
    """Whether the word stands there for itself: 不要 is no 必要, and 非公開 no 公開."""
    return word in (clause.replace(opposite, "") if word in opposite else clause)
