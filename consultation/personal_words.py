"""Birth dates, addresses down to the lot, and residents' names, in folded text.

Not personal: a colleague's name at the office (企画課の佐藤さん), a municipality, a date of the programme.
"""

import re
from collections.abc import Iterator

from consultation.municipality import PREFECTURES
from consultation.personal import DASHES, MARKS, WELFARE_WORDS, PersonalKind, Segments, Span, spans

_ERA = r"(?:明治|大正|昭和|平成|令和|(?<![A-Za-z])[MTSHR]\.?)[ ]?(?:\d{1,2}|元)"
_DATE = rf"(?:{_ERA}|(?<!\d)(?:18|19|20)\d{{2}})[ ]?[年./\-][ ]?\d{{1,2}}[ ]?[月./\-][ ]?\d{{1,2}}(?!\d)[ ]?日?"
_MONTH = rf"(?:{_ERA}|(?<!\d)(?:18|19|20)\d{{2}})[ ]?年[ ]?\d{{1,2}}[ ]?月"
_BORN_BEFORE = re.compile(
    rf"(?:生年月日|誕生日|生まれ|出生日?)[^。\n\d]{{0,8}}?({_DATE}|(?<!\d)(?:18|19|20)\d{{6}}(?!\d))"
)
_BORN_AFTER = re.compile(rf"({_DATE}|{_MONTH})[ ]?(?:生まれ|うまれ|出生|生(?=[)、。,\s]|$))")
_BORN_BESIDE = re.compile(
    rf"(?:様|さん|さま|氏|[一-龥々]{{2,4}} ?[一-龥々ぁ-ん]{{1,4}})[ ,、]{{0,2}}[ (,、]({_DATE})(?=[ ,、)]|$|\n)"
)

_N = r"(?:\d{1,5}|[〇一二三四五六七八九十百]{1,5})"
_TAIL = rf"(?:[{DASHES}]{_N}|の\d{{1,3}}(?!\d))"
_LOT = re.compile(
    rf"(?P<certain>{_N}丁目 ?{_N}(?:番地?(?:[の{DASHES}]?{_N})?号?|{_TAIL}|(?=号)|(?!\d|[^\s。、,)]))(?:{_TAIL})*号?"
    rf"|{_N}番地(?:[の{DASHES}]?{_N})?号?)"
    rf"|(?P<block>{_N}番{_N}号|\d{{1,4}}(?:[{DASHES}]\d{{1,5}}){{2,3}}(?!\d))"
    rf"|(?P<pair>\d{{1,4}}[{DASHES}]\d{{1,5}}"
    r"(?![\d%年月日時分秒人件枚円万億割倍回団体市町村頁章節項条ヶか個社名校歳才台本]|ポイント|ページ))"
)
_OAZA = re.compile(
    r"(?:[一-龥々ヶ]{1,6}[市区町村郡] ?){0,2}大字[^\d\s。、,]{1,10}"
    rf"\d{{1,5}}(?:[{DASHES}]\d{{1,4}}){{0,2}}(?:番地?)?(?![\d年月日人件%])"
)
_PLACE = r"[一-龥々ぁ-んァ-ヴーヶ]"
_LEAD = re.compile(
    rf"(?:〒 ?\d{{3}}[{DASHES}]?\d{{4}} ?)?(?:(?:{'|'.join(PREFECTURES)}) ?)?(?:{_PLACE}{{1,6}}郡 ?)?"
    rf"(?P<body>{_PLACE}{{1,7}}?[市区町村] ?(?:{_PLACE}{{1,6}}?[区町村] ?)?)(?P<town>(?:{_PLACE}|\d条){{0,14}}) ?$"
)
_TOWN = re.compile(rf"{_PLACE}{{1,8}} ?$")
_BREAK = re.compile(r"[はをへ、。,:「」『』()\n]|が(?![丘関崎浜谷原台島池嶺根瀬沢森鼻峰])")
_NO_PLACE = re.compile(
    r"年度|事業|計画|令和|平成|昭和|第$|約|人口|様式|平均|予算|補正|統計|職員|時間|件数|効果|研修|会議|区分|項目|ページ|スライド|"
    r"別添|資料|表$|図$|版|から|まで|では|には|より|として|について|団体|割合"
)
_ADDRESS_WORDS = re.compile(r"住所|住ん|住む|在住|居住|転入|転居|転出|宅|〒|お住まい|番地")
_HOUSE = re.compile(
    r"[ ]?[一-龥々ァ-ヴーA-Za-z]{0,10}"
    r"(?:ハイツ|コーポ|メゾン|アパート|マンション|レジデンス|団地|荘|ハイム|パレス|ヴィラ)"
    r"(?:[一-龥々ァ-ヴーA-Za-z]{0,8}[ ]?\d{1,4}(?:号室?)?|[A-Z]棟)?|[ ]?\d{1,4}号室"
)
_REACH = 44  # characters before a lot number that may belong to its address

_NAME = re.compile(
    r"(?P<name>[一-龥々〆ヶ]{1,8}(?:[ ][一-龥々ぁ-んァ-ヴー]{1,5})?|[ァ-ヴー]{2,10}(?:[ ・][ァ-ヴー]{2,8})?)"
    r"[ ]?(?:様(?![式々子相態])|さん|さま|氏(?![名神族子])|ちゃん|くん)"
)
_TITLE_BEFORE = re.compile(r"[者員主]")
_OFFICE_BEFORE = re.compile(
    r"(?:[課係局室部]|担当|コンサル(?:タント)?|講師|主任|主査|係長|課長|補佐|部長|[町市村区]長|知事|教授|先生|"
    r"研究員|専門員|職員|会社)(?:の|・|、|:| )?$"
)
_OFFICE_IN_NAME = re.compile(r"[課係局室]|担当|主任|主査|係長|課長|部長|[町市村区]長|知事|教授|講師")
_NO_NAME = re.compile(
    r"(?:[者員客民省庁局課組県]|団体|自治体|企業|会社|法人|協会|組合|銀行|大学|役場|役所|支所|センター|ベンダー|メーカー|ユーザー|"
    r"コンサル|コンサルタント|オペレーター|スタッフ|リーダー|アドバイザー|サポーター|[市町村区]長|議員)$"
    r"|^(?:皆|同|多|仕|異|王|奥|何|有|模|別|両|各|神|仏|お子|子|母|父|娘|息子|孫|嫁|親|先生|業者|市民|町民|村民|住民|本人|貴|某|ママ|パパ|"
    r"患者|世帯主|保護者|左|右|上|下|今|先|一|二|三|数)$"
)
_ANY_MARK = re.compile(f"[{MARKS}]")
_LABELLED_NAME = re.compile(
    r"(?:氏名|お名前|フリガナ|ふりがな)[ ]?(?:\([^)\n]{0,8}\))?[ ]?[:=][ ]?"
    r"([一-龥々ヶ]{1,5}(?:[ ](?!住所|生年|電話|年齢|性別|連絡|携帯|番号|世帯|被保|宛名)[一-龥々ぁ-んァ-ヴー]{1,6})?"
    r"|[ァ-ヴーぁ-ん]{2,8}(?:[ ][ァ-ヴーぁ-ん]{2,8})?)"
)
_NAME_BESIDE = re.compile(
    r"(?<![一-龥々])([一-龥々]{2,5}|[一-龥々]{1,3} [一-龥々ぁ-ん]{1,4})[ ,、:(]{1,2}"
    f"[{PersonalKind.INDIVIDUAL_NUMBER.mark}{PersonalKind.BIRTH_DATE.mark}]"
)
_COMMON_NOUN = re.compile(
    r"番号|年月日|住所|氏名|連絡先|電話|携帯|口座|本人|男性?|女性?|[者員主]$|は$|付$|個人|情報|以下|対象|一覧|名簿|例$|次$|"
    r"課$|係$|昭和|平成|令和|任意|必須|不要|なし|有無|記載|記入|匿名|空欄|省略"
)


def birth_dates(text: str) -> Iterator[Span]:
    """A date beside 生年月日, 生まれ, or right behind a name."""
    for pattern in (_BORN_BEFORE, _BORN_AFTER, _BORN_BESIDE):
        yield from spans(pattern, text, 1)


def addresses(text: str) -> Iterator[Span]:
    """From the municipality or the town down to the lot number, with the house behind it."""
    segments = Segments(text)
    for found in _LOT.finditer(text):
        start = _address_start(text, found, segments)
        if start is not None:
            house = _HOUSE.match(text, found.end())
            yield start, house.end() if house else found.end()
    yield from spans(_OAZA, text)


def _address_start(text: str, lot: re.Match[str], segments: Segments) -> int | None:
    """Where the address that ends in this lot number begins; None when it is no address."""
    reach = max(0, lot.start() - _REACH)
    window = text[reach : lot.start()]
    breaks = [found.end() for found in _BREAK.finditer(window)]
    words = window[breaks[-1] if breaks else 0 :]
    base = lot.start() - len(words)
    lead = _LEAD.search(words)
    if lead and not _NO_PLACE.search(lead["town"]) and _is_lot_of(lot, lead["town"], segments):
        return base + lead.start()
    town = _TOWN.search(words)
    if lot["certain"] and town and not _NO_PLACE.search(words):
        return base + town.start()
    is_named = lot["block"] and segments.has(_ADDRESS_WORDS, lot.start())
    return base + (town.start() if town else len(words)) if is_named else None


def _is_lot_of(lot: re.Match[str], town: str, segments: Segments) -> bool:
    if lot["certain"]:
        return True
    return bool(town) and (lot["pair"] is None or segments.has(_ADDRESS_WORDS, lot.start()))


def names(text: str) -> Iterator[Span]:
    """With 様 or さん beside words of tax and welfare or other data; behind 氏名; before a birth date or 個人番号."""
    segments = Segments(text)
    for found in _NAME.finditer(text):
        start = found.start("name") + _title_length(found["name"])
        name = text[start : found.end("name")]
        if _is_at_work(text, found, start) or _NO_NAME.search(name):
            continue
        if segments.has(WELFARE_WORDS, start) or segments.has(_ANY_MARK, start):
            yield start, found.end("name")
    yield from (found.span(1) for found in _LABELLED_NAME.finditer(text) if not _COMMON_NOUN.search(found[1]))
    yield from (found.span(1) for found in _NAME_BESIDE.finditer(text) if not _COMMON_NOUN.search(found[1]))


def _title_length(name: str) -> int:
    """納税者山田 → 3: what stands before the name proper."""
    ends = [found.end() for found in _TITLE_BEFORE.finditer(name) if found.end() < len(name)]
    return ends[-1] if ends else 0


def _is_at_work(text: str, found: re.Match[str], start: int) -> bool:
    return bool(_OFFICE_IN_NAME.search(found["name"])) or bool(_OFFICE_BEFORE.search(text[max(0, start - 12) : start]))
