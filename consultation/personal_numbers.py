"""Numbers and addresses of mail that point to a person, in folded text.

Not personal: 13-digit corporate numbers, 6-digit municipality codes, an office's own line or mail.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import chain

from consultation.personal import DASHES, OFFICE_WORDS, RESIDENT_WORDS, PersonalKind, Segments, Span, spans

LABELS = {
    PersonalKind.INSURED_NUMBER: r"被保険者(?:証)?(?:等)?(?:記号)?(?:・)?番号|保険証(?:の)?(?:記号)?番号",
    PersonalKind.ADDRESSEE_NUMBER: r"宛名(?:番号|コード)",
    PersonalKind.HOUSEHOLD_NUMBER: r"世帯(?:番号|コード)",
    PersonalKind.RESIDENT_NUMBER: (
        r"住民票コード|受給者(?:証)?番号|納税(?:者|義務者)番号|納税通知書番号|通知書番号|賦課番号|基礎年金番号|年金番号|"
        r"診察券(?:の)?番号|(?:運転)?免許証(?:の)?番号|在留カード(?:の)?番号|旅券番号|パスポート番号|手帳(?:の)?番号|カルテ番号"
    ),
}

_RUN = re.compile(rf"(?<![.,])\d(?:[ {DASHES}]?\d)*+")
_GROUP = re.compile(r"\d+")
_INDIVIDUAL_WORDS = re.compile(r"マイナンバー|個人番号|個番")
_ACCOUNT = re.compile(
    r"(?:口座(?:番号)?|普通(?:預金)?|当座(?:預金)?|貯蓄預金)(?:は|が|の|:|=|No\.?|番号|[ (]){0,4}"
    rf"(\d(?:[{DASHES}]?\d){{5,7}})(?!\d)"
    rf"|(記号[ :]{{0,2}}\d{{5}}(?:[{DASHES}]\d)?[ 、,]{{0,2}}番号[ :]{{0,2}}\d{{2,8}})"
)
_EMAIL = re.compile(r"[A-Za-z0-9._%+\-]{1,64}@((?:[A-Za-z0-9\-]{1,63}\.){1,8}[A-Za-z]{2,24})")
_PUBLIC_DOMAIN = re.compile(
    r"(?:^|\.)(?:(?:lg|go)\.jp|(?:city|town|vill|pref|metro)(?:\.[a-z0-9\-]+){1,2}\.jp)$", re.IGNORECASE
)
_GAP = rf"[ .()/{DASHES}]{{1,2}}"
_MOBILE = re.compile(rf"(?<!\d)\(?(?:0|\+81{_GAP}?0?|\(0\))([5789]0)(?:{_GAP})?\d{{4}}(?:{_GAP})?\d{{4}}(?!\d)")
_SPACE = rf"[ .()/{DASHES}]{{1,3}}"
_SPACED_MOBILE = re.compile(rf"(?<!\d)(?<!\d )0{_SPACE}[5789]{_SPACE}0(?:{_SPACE}\d){{8}}(?! ?\d)")
_LANDLINE = re.compile(rf"(?<!\d)(?:\(?0\d{{1,4}}|\+81{_GAP}?\(?0?\)?\d{{1,4}}){_GAP}\d{{1,4}}{_GAP}\d{{3,4}}(?!\d)")
_NAMED_LINE = re.compile(
    r"(?:電話|携帯|連絡先|TEL|Tel|tel|FAX|ファックス)(?:番号)?(?:は|が|も|:|[ .]){0,3}"
    rf"(0\d{{9,10}}|\d{{2,4}}[{DASHES}]\d{{4}})(?![{DASHES}]?\d)"
)
_KANJI_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
_TOLL_FREE = re.compile(r"\(?0(?:120|800|570)(?!\d{6}\d)")


def labelled(kind: PersonalKind) -> Callable[[str], Iterable[Span]]:
    """Finds the number that stands behind one of the kind's labels; the label stays."""
    pattern = re.compile(
        rf"(?:{LABELS[kind]})(?:は|が|の|を|:|=|No\.?|[ 「(]){{0,4}}"
        rf"((?=[A-Za-z{DASHES}]{{0,6}}\d)[A-Za-z0-9](?:[{DASHES} ]?[A-Za-z0-9]){{3,19}})"
    )
    return lambda text: spans(pattern, text, 1)


def individual_numbers(text: str) -> Iterator[Span]:
    """マイナンバー: twelve digits whose check digit is right, or any twelve beside the word."""
    segments = Segments(text)
    for run in _RUN.finditer(text):
        for start, end in _twelves(run):
            digits = _digits(text[start:end])
            if _is_individual_number(digits) or segments.has(_INDIVIDUAL_WORDS, start):
                yield start, end


def _twelves(run: re.Match[str]) -> Iterator[Span]:
    """Twelve digits in one piece, as three times four, or the whole run."""
    groups = [(run.start() + found.start(), run.start() + found.end()) for found in _GROUP.finditer(run.group())]
    if sum(end - start for start, end in groups) == 12:
        yield run.span()
        return
    yield from (group for group in groups if group[1] - group[0] == 12)
    fours = [end - start == 4 for start, end in groups]
    at = 0
    while at + 3 <= len(groups):
        corporate = at > 0 and groups[at - 1][1] - groups[at - 1][0] == 1  # 1-2345-6789-0123: a body's number
        longer = fours[at + 3 : at + 4] == [True]  # 4-4-4-4: a card's
        if all(fours[at : at + 3]) and not corporate and not longer:
            yield groups[at][0], groups[at + 2][1]
            at += 2
        at += 1


def _is_individual_number(digits: str) -> bool:
    """The check digit of 総務省令第85号第5条: weights 2–7 then 2–6 from the right."""
    weights = (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
    rest = sum(int(digit) * weight for digit, weight in zip(digits[:11], weights, strict=True)) % 11
    return int(digits[11]) == (0 if rest <= 1 else 11 - rest)


def card_numbers(text: str) -> Iterator[Span]:
    """Payment cards: 14 to 16 digits that begin like one and pass Luhn's check."""
    for run in _RUN.finditer(text):
        groups = [(run.start() + found.start(), run.start() + found.end()) for found in _GROUP.finditer(run.group())]
        for first, last in chain.from_iterable(zip(groups, groups[width:], strict=False) for width in (0, 2, 3)):
            digits = _digits(text[first[0] : last[1]]) if last[1] - first[0] <= 22 else ""
            if 14 <= len(digits) <= 16 and digits[0] in "23456" and _passes_luhn(digits):
                yield first[0], last[1]


def _passes_luhn(digits: str) -> bool:
    doubled = [int(digit) * (1 + at % 2) for at, digit in enumerate(reversed(digits))]
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def account_numbers(text: str) -> Iterator[Span]:
    """The number behind 普通, 口座 and the like; 記号・番号 of ゆうちょ."""
    return (found.span(1) if found[1] else found.span(2) for found in _ACCOUNT.finditer(text))


def emails(text: str) -> Iterator[Span]:
    """Every address but those of public offices."""
    return (found.span() for found in _EMAIL.finditer(text) if not _PUBLIC_DOMAIN.search(found[1]))


def phone_numbers(text: str) -> Iterator[Span]:
    """Mobile numbers always; lines with an area code unless the sentence speaks of an office and of no resident."""
    segments = Segments(text)
    # Read twice: 〇九〇 as digits, and as written, since 一 may stand behind a number as a word of its own.
    for page in dict.fromkeys((text, text.translate(_KANJI_DIGITS))):
        yield from spans(_MOBILE, page)
        yield from spans(_SPACED_MOBILE, page)
        yield from _lines(page, segments)


def _lines(text: str, segments: Segments) -> Iterator[Span]:
    for found in (*_LANDLINE.finditer(text), *_NAMED_LINE.finditer(text)):
        start, end = found.span(1) if found.re is _NAMED_LINE else found.span()
        at_work = segments.has(OFFICE_WORDS, start) and not segments.has(RESIDENT_WORDS, start)
        if not at_work and not _TOLL_FREE.match(text[start:end]) and _is_line(found, text[start:end]):
            yield start, end


def _is_line(found: re.Match[str], line: str) -> bool:
    return found.re is _NAMED_LINE or line.startswith("+81") or len(_digits(line)) == 10


def _digits(text: str) -> str:
    return "".join(_GROUP.findall(text))
