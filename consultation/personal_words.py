"""Birth dates, addresses down to the lot, and residents' names, in folded text.

Not personal: a colleague's name at the office (企画課の佐藤さん), a municipality, a date of the programme.
"""

import re
from collections.abc import Iterator

from consultation.municipality import PREFECTURES
from consultation.personal import DASHES, MARKS, WELFARE_WORDS, PersonalKind, Segments, Span, spans
from consultation.surnames import SURNAMES

_ERA = r"(?:明治|大正|昭和|平成|令和|(?<![A-Za-z])[MTSHR]\.?)[ ]?(?:\d{1,2}|元)"
_DATE = rf"(?:{_ERA}|(?<!\d)(?:18|19|20)\d{{2}})[ ]?[年./\-][ ]?\d{{1,2}}[ ]?[月./\-][ ]?\d{{1,2}}(?!\d)[ ]?日?"
_MONTH = rf"(?:{_ERA}|(?<!\d)(?:18|19|20)\d{{2}})[ ]?年[ ]?\d{{1,2}}[ ]?月"
_BORN = r"(?<![A-Za-z])(?i:born|date of birth|birthday|DOB)(?![A-Za-z])"
_BORN_BEFORE = re.compile(
    rf"(?:生年月日|誕生日|生まれ|出生日?|{_BORN})[^。\n\d]{{0,8}}?({_DATE}|(?<!\d)(?:18|19|20)\d{{6}}(?!\d))"
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
    r"|^(?!(?:高|古|今|余|一)市$)[一-龥々ヶ]{1,5}市$"  # 光市さん is a city; 高市さん may be a person
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
_LATIN = r"[A-Z][A-Za-z'’\-]{0,20}(?: [A-Z][A-Za-z'’\-]{0,20}\.?){1,3}"
_LATIN_NAME = re.compile(rf"(?<![A-Za-z])({_LATIN})[ ]?(?:様(?![式々子相態])|さん|さま|氏(?![名神族子]))")
_LATIN_BESIDE = re.compile(
    rf"(?<![A-Za-z])({_LATIN})[ ,、:(]{{0,3}}"
    rf"(?:(?:生年月日|{_BORN})(?: on)?[ :は]{{0,2}})?{PersonalKind.BIRTH_DATE.mark}"
)
_NO_LATIN_NAME = re.compile(
    r"\b(?:Google|Microsoft|Amazon|Apple|Oracle|Adobe|Salesforce|Slack|Zoom|Web|Cloud|Services?|Japan|Inc|Ltd|Corp\w*|Co|"
    r"Data|Soft\w*|Systems?|Solutions?|Office|Team|Support|Group|Lab\w*|Consulting|Partners?|Bank|Windows|Open|Net\w*)\b"
)
_KANJI_NAME = r"[一-龥々]{1,12}(?: [一-龥々]{1,3})?"
_NAME_OF_DATA = re.compile(
    rf"(?<![一-龥々ァ-ヴー])({_KANJI_NAME})の[^、。,\n ]{{0,8}}?(?:"
    r"滞納|未納|督促|差押|差し押|税|課税|納付|所得|収入|生活保護|保護費|病|診断|既往|治療|通院|障害|障がい|手帳|介護|国保|保険料|"
    r"年金|手当|扶養|虐待|DV|戸籍|住民票|保育料|受給)"
)
_NAME_AND_AGE = re.compile(
    rf"(?<![一-龥々ァ-ヴー])({_KANJI_NAME})(?:[ ]?\(|[ ]?[、,・] ?)"
    r"(?:[男女]性?[、,・ ]{1,2})?(?:満|当時)?\d{1,3}[歳才](?!以|未満|児|から|~)"
)
_GIVEN = re.compile(
    r"(?:[一二三四五太次史司]郎|[^以極最甚丸明]太|[^母父親女男電分因伝種原冊様調]子|[^賛優華]美|彦|雄|[一-龥々]之|之助|[^紹仲媒]介)$"
)
_NOT_IN_NAME = re.compile(
    r"[税料費額者民員課係局室署庁省県都府区町村市会社所業店校院園場館駅寺部班科線号年月日的型別率法制度費設商製機器様氏殿]|"
    r"主任|主査|補佐|教授|講師|先生|議|支店|病|障|保険|介護|給付|情報|以[上下内外]|世帯|保護|母子|父子|地[方区域]|今後|将来"
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
    """With 様 or さん beside words of tax and welfare or other data; behind 氏名; before a birth date or 個人番号.

    Without any of these: a full name with a common surname or given name, before an age or の and such a word.
    """
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
    yield from _latin_names(text, segments)
    yield from _full_names(text)


def _latin_names(text: str, segments: Segments) -> Iterator[Span]:
    """Two words or more; in capitals alone, as a company's may be, only beside words of tax and welfare."""
    yield from spans(_LATIN_BESIDE, text, 1)
    for found in _LATIN_NAME.finditer(text):
        start = found.start(1)
        is_sure = not found[1].isupper() or segments.has(WELFARE_WORDS, start) or segments.has(_ANY_MARK, start)
        if (
            is_sure
            and not _NO_LATIN_NAME.search(found[1])
            and not _OFFICE_BEFORE.search(text[max(0, start - 12) : start])
        ):
            yield found.span(1)


def _full_names(text: str) -> Iterator[Span]:
    for pattern in (_NAME_OF_DATA, _NAME_AND_AGE):
        for found in pattern.finditer(text):
            start = found.start(1) + _title_length(found[1])
            is_at_work = _OFFICE_IN_NAME.search(found[1]) or _OFFICE_BEFORE.search(text[max(0, start - 12) : start])
            if not is_at_work and _is_full_name(text[start : found.end(1)].replace(" ", "")):
                yield start, found.end(1)


def _is_full_name(words: str) -> bool:
    """Rather missed than wrong: 固定資産税 and 松本市立 are no people."""
    surname = next((words[:length] for length in (3, 2) if words[:length] in SURNAMES), "")
    given = words[len(surname) :]
    if not surname:
        return 4 <= len(words) <= 6 and not _NOT_IN_NAME.search(words) and _GIVEN.search(words) is not None
    return 1 <= len(given) <= 3 and not _NOT_IN_NAME.search(given)


def _title_length(name: str) -> int:
    """納税者山田 → 3: what stands before the name proper."""
    ends = [found.end() for found in _TITLE_BEFORE.finditer(name) if found.end() < len(name)]
    return ends[-1] if ends else 0


def _is_at_work(text: str, found: re.Match[str], start: int) -> bool:
    return bool(_OFFICE_IN_NAME.search(found["name"])) or bool(_OFFICE_BEFORE.search(text[max(0, start - 12) : start]))
