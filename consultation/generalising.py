"""A question or an answer without what is only its asker's: names, the body, its channel, greetings and signatures.

Rather too much goes than too little: the author sees each word that went (changes.py) and puts back what is wanted.
"""

import re
from dataclasses import dataclass

from consultation.masking import mask
from consultation.municipality import Municipality
from consultation.personal import PersonalKind
from consultation.sentences import sentences_of

BODY, PREFECTURE = "団体", "都道府県"
SHORTEST_STEM = 3  # characters of a body's name without 市: 「つくばでは」; 光 or 津 stand in too many other words
SHORTEST_SURNAME = 2
LONGEST_COURTESY = 60  # characters: a longer sentence says more than a greeting

_OFFICE = r"(?:市|町|村|区|県)?(?:役所|役場|庁舎|県庁|市庁|道庁|府庁)?"
_OWN_WORDS = (
    r"(?:(?<![一-龥])[当本弊貴](?:市|町|村|区|県|都|府|道|庁|団体|自治体)(?![一-龥])"
    r"|(?:うち|私ども|私たち|わたしたち|我々|われわれ|こちら)の(?:市|町|村|区|県|団体|自治体|役所|役場)"
    r"|(?:我が|わが)(?:市|町|村|区|県))"
)
_DROPPED_PARTICLE = (
    r"(?:において(?:は|も)?|に(?:お)?いては|としては|では|でも|は|の(?!場合|ところ|ほう|方|とき|時|例|よう))、?"
)
_PLACEHOLDERS = re.compile(
    rf"[（(]?(?:{'|'.join(re.escape(kind.placeholder) for kind in PersonalKind)})[）)]?(?:様|さん|さま|氏|殿)?"
)
_HONORIFIC = r"(?:様|さん|さま|氏|殿|先生|主任|主査|係長|課長補佐|課長|部長|補佐)"
_MENTION = re.compile(
    r"(?:<[#@!][^>\n]{1,120}>|(?<![\w#＃/&])[#＃](?!\d)[\w\-ー々一-龥ぁ-んァ-ヴ]{2,}|(?<![\w.])@[\w.\-]{2,})"
    r"(?:[ 　]*(?:さん|様|さま))?[、,]?"
)
_COURTESY = (
    r"(?:いつも)?(?:大変|たいへん)?お世話に(?:なっております|なります|なりました)"
    r"|お疲れ(?:様|さま)です|こんにちは|おはようございます|はじめまして|初めまして|失礼(?:いた|致)?します"
    r"|(?:突然の|たびたびの|度々の)?(?:ご連絡|ご質問|ご相談)で?(?:失礼|恐縮|申し訳)[^。、\n]{0,12}"
    r"|(?:お忙しい(?:ところ|中)[、,]?)?(?:お手数(?:ですが|をおかけ(?:し|いた)[^。、\n]{0,10}?が))?[、,]?"
    r"(?:何卒|どうぞ|以上、?|引き続き)?(?:よ|宜)ろしくお(?:願|ねが)い(?:いた|致|申し上げ|し)?(?:します|ます|申し上げます)"
    r"|(?:この度は|このたびは)?(?:ご質問|ご相談|お問い?合わせ|ご連絡|ご回答)(?:を?いただき|くださり|頂き)?[、,]?"
    r"(?:誠に|まことに)?ありがとうございま(?:す|した)"
    r"|取り急ぎ、?(?:ご(?:回答|連絡|報告))?(?:まで|いたします|申し上げます)?(?:です)?"
)
_GREETING = re.compile(rf"(?:^|(?<=[。！!\n、]))[ 　]*(?:{_COURTESY})[。、！!．.]*", re.MULTILINE)
_SIGNATURE = re.compile(
    r"^[ 　]*(?:[-=_*─━―ー－＊＝_]{3,}|(?:TEL|Tel|電話|FAX|E-?mail|メール|内線|住所|〒)[ 　]*[:：]?.*)$", re.MULTILINE
)
_SALUTATION = re.compile(r"\A\s*(?![・●○■\-*])[^\n。、]{1,30}(?:様|さま|殿|御中|各位|さん)[、,]?[ 　]*(?:\n|\Z)")
_SPEAKING = r"(?:です|と申します|でございます)[。]?[ 　]*$"
_OF_AN_OFFICE = re.compile(
    rf"^[ 　]*[^。\n]{{0,30}}(?:[課係局室部]|担当|事務局)(?:の[^。\n、]{{1,12}})?{_SPEAKING}", re.MULTILINE
)
_CONTACT = re.compile(
    r"(?<![\d\-])0\d{1,4}[-－ー‐(（)）]\d{1,4}[-－ー‐)）]\d{3,4}|[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+", re.ASCII
)


@dataclass(frozen=True, slots=True)
class Origin:
    """Whose consultation it was: the body, and the people who spoke in it."""

    body: Municipality
    people: tuple[str, ...] = ()


def generalised(text: str, origin: Origin) -> str:
    """The text for anybody to read; generalised again it stays as it is."""
    current = text.replace("\r\n", "\n")
    while (shorter := _once(current, origin)) != current:
        current = shorter
    return current


def names_left(text: str, origin: Origin) -> tuple[str, ...]:
    """The names of the body and of its people that a text still holds, as they stand there."""
    wanted = [_bare_name(origin.body), *(_names(person)[0] for person in origin.people)]
    return tuple(dict.fromkeys(name for name in wanted if name in text))


def _once(text: str, origin: Origin) -> str:
    bare = text
    for courtesy in (_SALUTATION, _SIGNATURE, _GREETING):
        bare = courtesy.sub("", bare)
    bare = "".join(sentence for sentence in sentences_of(bare) if not _introduces(sentence, origin))
    for own in (_CONTACT, _MENTION):
        bare = own.sub("", bare)
    bare = _PLACEHOLDERS.sub("", mask(bare).text)
    for person in origin.people:
        bare = _without_person(bare, person)
    return _tidied(_without_body(bare, origin.body))


def _introduces(sentence: str, origin: Origin) -> bool:
    """Whether a sentence only says who speaks, or where they are reached."""
    if len(sentence.strip()) > LONGEST_COURTESY:
        return False
    names = "|".join(re.escape(name) for person in origin.people for name in _names(person))
    if names and re.search(rf"(?:{names}){_SPEAKING}", sentence, re.MULTILINE):
        return True
    return _CONTACT.search(sentence) is not None or (
        _bare_name(origin.body) in sentence and _OF_AN_OFFICE.match(sentence) is not None
    )


def _without_person(text: str, person: str) -> str:
    full, *parts = _names(person)
    text = re.sub(rf"{re.escape(full)}[ 　]*{_HONORIFIC}?(?:の|から)?", "", text)
    for part in parts:
        text = re.sub(rf"{re.escape(part)}[ 　]*{_HONORIFIC}", "", text)
    return text


def _names(person: str) -> tuple[str, ...]:
    """As written, then its surname where the name shows one."""
    full = re.sub(r"[（(].*?[）)]", "", person).strip()
    parts = [part for part in re.split(r"[ 　]", full) if len(part) >= SHORTEST_SURNAME]
    return tuple(dict.fromkeys(name for name in (full, "".join(parts), *parts[:1]) if name))[:3] or (person,)


def _without_body(text: str, body: Municipality) -> str:
    name = _bare_name(body)
    stem = name[:-1] if name[-1:] in "市町村区県都府道" else name
    ways = [rf"(?:{re.escape(body.prefecture)}[ 　]*)?{re.escape(name)}{_OFFICE}", _OWN_WORDS]
    if len(stem) >= SHORTEST_STEM:
        ways.append(rf"(?<![一-龥ァ-ヴ]){re.escape(stem)}(?![一-龥ァ-ヴー])")
    own = f"(?:{'|'.join(ways)})"
    text = re.sub(rf"(?:^|(?<=[。、\n「『（(]))[ 　]*{own}{_DROPPED_PARTICLE}", "", text, flags=re.MULTILINE)
    text = re.sub(rf"{own}の", f"{BODY}の", text)
    text = re.sub(own, BODY, text)
    return text.replace(body.prefecture, PREFECTURE)


def _bare_name(body: Municipality) -> str:
    return re.sub(r"[（(].*?[）)]", "", body.name).strip() or body.name


def _tidied(text: str) -> str:
    text = re.sub(r"[（(「『]\s*[）)」』]", "", text)
    text = re.sub(r"^[ 　、。,.]+", "", text, flags=re.MULTILINE)
    text = re.sub(r"、{2,}", "、", re.sub(r"、+。", "。", re.sub(r"。{2,}", "。", text)))
    return re.sub(r"[ 　]+$", "", re.sub(r"\n{3,}", "\n\n", text), flags=re.MULTILINE).strip()
