"""Whether a quotation holds the kind of thing that is asked for: money, a rate, a count, a duration, a date, who."""

import re
from collections.abc import Sequence

from answering.checking import Standing
from answering.places import is_about, places_in
from consultation.folding import folded

_FIGURE = r"[0-9〇一二三四五六七八九十百千万億数半]+(?:[.,][0-9]+)*"
_HOW_MUCH = r"いくら(?!か|でも)|どれ(?:くらい|ぐらい|だけ|ほど|位)|どの(?:くらい|ぐらい|程度|位)"
# A bare noun asks for an amount only at the end: 「費用は？」 does, 「費用の見方は？」 and 「費用を抑えるには」 do not.
_ASKED = (
    r"(?:は|を|って|が|も|について)?\s*(?:約|だいたい|およそ)?"
    rf"(?:{_HOW_MUCH}|何(?!を|に|が|で|の)|教え|知りたい|(?:です|でした)か|[?。]|$)"
)
_CHANGES = r"短|減|増|上が|下が|伸|早|速|削減|改善|向上|かか"

_MONEY = re.compile(rf"{_FIGURE}\s*円|無料|無償|全額")
_RATE = re.compile(rf"{_FIGURE}\s*(?:%|パーセント|割|ポイント|分の)|[0-9]/[0-9]|定額|全額|全て|半分|半額")
_TIME = re.compile(
    rf"{_FIGURE}\s*(?:時間|分(?!の)|秒|日間|週間|[かヶカケ箇]月|年間|人日)|(?<![月0-9]){_FIGURE}日"
    r"|(?:(?<![0-9.])[0-9]{1,3}(?:\.[0-9]+)?|[〇一二三四五六七八九十百数]+)年(?!度|[0-9])|半年"
)
_DATE = re.compile(
    rf"{_FIGURE}\s*(?:年|月|日|時(?!間))|元年|[上中下]旬|[春夏秋冬]|[年月週]末|年度|毎[年月]|ごろ|頃|[前後]に|まで|とき|際に|段階"
)
_ANY = re.compile(
    rf"{_FIGURE}\s*(?:円|%|パーセント|割|ポイント|倍|時間|分(?!の)|秒|日間|週間|[かヶカケ箇](?:月|所)|件|人|名|回|枚|台|団体)"
    rf"|(?<![月0-9]){_FIGURE}日|半分|半減"
)
_UNITS = (
    (r"団体|自治体|市町村|市区町村|社|組織", r"団体|自治体|[市区町村都県]|社|組織|者"),
    (r"人|名", r"人|名"),
    (r"回", r"回"),
    (r"枚|通", r"枚|通|件"),
    (r"台", r"台"),
    (r"本", r"本|つ|種類|個"),
    (r"件|[かヶカケ箇]所|個|種類|項目|業務|問", r"件|[かヶカケ箇]所|個|つ|種類|項目|業務|問"),
)
_COUNTS = rf"{_FIGURE}\s*(?:{'|'.join(held for _, held in _UNITS)})"

# What is asked for, and how words that hold it look.
_KINDS: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = (
    (re.compile(r"(?<!率は)(?<!率が)(?<!割合は)いくら(?!か[^か]|でも)|何[千万億]*円"), _MONEY),
    (re.compile(rf"(?:費用|料金?|価格|金額|単価|月額|上限額|補正額|経費|[発持託築入営]費){_ASKED}"), _MONEY),
    (re.compile(rf"何(?:%|パーセント|割|ポイント)|(?:(?<!効)率|割合){_ASKED}"), _RATE),
    *((re.compile(rf"何(?:{asked})(?!目|か[のが])"), re.compile(rf"{_FIGURE}\s*(?:{held})")) for asked, held in _UNITS),
    (re.compile(rf"いくつ(?!か[^。?])|(?:件|人|団体|回|枚)数{_ASKED}"), re.compile(_COUNTS)),
    (
        re.compile(
            r"何(?:時間|分(?!の|類|野|割)|秒|日(?:間|で|[くぐ]ら|も|来|か)|[かヶカケ箇]月|週間|年(?:間|で|く|か|以内))"
        ),
        _TIME,
    ),
    (
        re.compile(rf"(?:{_HOW_MUCH})の?(?:時間|期間|日数)|(?:時間|期間|日数)(?:は|が|を|も|に)?\s*(?:{_HOW_MUCH})"),
        re.compile(rf"{_TIME.pattern}|{_FIGURE}\s*(?:%|割)"),
    ),
    (re.compile(r"いつ(?!も|でも|の間|か[^ら。?]|まで(?:も|たっても))|何月|何年(?:度|に|から|です)"), _DATE),
    (re.compile(rf"(?:締め?切り?|〆切|期限|期日|時期|日程){_ASKED}"), _DATE),
    (re.compile(rf"(?:{_HOW_MUCH})[^、。?]{{0,8}}(?:{_CHANGES})"), _ANY),
)
# Who it was is not told by 「ある事業者は」.
_BODY = r"(?:会社|企業|事業者|業者|ベンダー|メーカー|自治体|団体|市|町|村|県)"
_WHO = (
    re.compile(rf"{_BODY}(?:って|は|が|の名前は)?(?:どこ|だれ|誰)|(?:どこの|どの|何という|なんという){_BODY}"),
    re.compile(rf"^(?!.*(?<![一-龥ぁ-ん])ある{_BODY})."),
)
_NOT_STATED = re.compile(
    r"(?:記載|記述|掲載)(?:が|は|も)?(?:ありません|なし|ない|なく)|(?:書|示|公表|載|明らかに)[かさ]?(?:れて|って)(?:いません|いない|おらず)|未確認|不明"
)


def amounts_first(question: str, words: str, standing: Sequence[Standing]) -> tuple[Standing, ...]:
    """The quotations, one that holds what `question` asks first; none where the amount asked for is not there.

    `words` are what was searched: in a thread the place may stand in the question before.
    """
    wanted = _wanted(question)
    if not wanted:
        return tuple(standing)
    places = places_in(words)
    about = [item for item in standing if is_about(item.citation.quote + item.passage.context, places)]
    if not all(any(_holds(item, kind) for item in about) for kind in wanted):
        return ()
    first = max(about, key=lambda item: sum(_holds(item, kind) for kind in wanted))
    return (first, *(item for item in standing if item is not first))


def asks_amount(question: str) -> bool:
    """Whether a question asks for an amount, a day or a name."""
    return bool(_wanted(question))


def asks_for(question: str, figures: str) -> bool:
    """Whether figures are of a kind that `question` asks for; true where it asks for none."""
    wanted = _wanted(question)
    return not wanted or any(kind.search(figures) for kind in wanted)


def tells_amount(question: str, said: str) -> bool:
    """Whether words hold each kind of amount that `question` asks for; true where it asks for none."""
    sentences = folded(said).split("。")
    return all(any(kind.search(sentence) for sentence in sentences) for kind in _wanted(question))


def _wanted(question: str) -> list[re.Pattern[str]]:
    return list(
        {held.pattern: held for asked, held in (*_KINDS, _WHO) if asked.search(folded(question).strip())}.values()
    )


def _holds(item: Standing, kind: re.Pattern[str]) -> bool:
    """A sentence that says the materials do not tell holds no amount, whatever figures stand in it."""
    sentences = folded(item.citation.quote).split("。")
    return any(kind.search(sentence) for sentence in sentences if not _NOT_STATED.search(sentence))
