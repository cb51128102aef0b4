"""From a wording to its signals: its shape here, its word families beside."""

import re
import unicodedata
from itertools import pairwise

from consultation.folding import folded
from consultation.personal import INCIDENTAL, RESIDENT_WORDS, PersonalKind
from consultation.signals.asking_people import ASKING_PEOPLE
from consultation.signals.attacking import ATTACKING
from consultation.signals.families import Family, Signal, Span
from consultation.signals.judging import JUDGING
from consultation.signals.lacking import LACKING
from consultation.signals.refusing import REFUSING
from consultation.signals.talking import TALKING

FAMILIES: dict[Signal, Family] = TALKING | ASKING_PEOPLE | REFUSING | ATTACKING | JUDGING | LACKING

LONGEST = 4_000
"""Characters of a question that the machine still reads; more goes to a person."""
MANY = 3
"""Questions in one message from which the asker is asked which comes first."""

_EMOJI_CODE = re.compile(r":[a-z0-9_+\-']+(?:::[a-z0-9\-]+)?:")  # :pray: as Slack writes an emoji
_UNIT_END = re.compile(r"(?<=[。\n！？!?])")
_ASKS = re.compile(r"[?？]|(?:です|ます|でしょう|ません|ました|だろう|いい|よい|の|る|た)か(?=[。\n、]|$)")
_EMPTY_WORDS = re.compile(
    r"でしたっけ|だっけ|っけ|なんです|んです|けれども|けれど|けど|したい|やりたい|くらい|ぐらい|やつ|の件|"
    r"教えてください|教えて下さい|教えて|知りたい|ください|下さい|お願い(?:いた)?します|お願い|ありますか|どうですか|どうしたら|どうすれば|"
    r"どうやって|どうやるの|どうなの|どうなる|どうする|どう|何か|何が|何を|何で|何|なに|なぜ|なんで|どれ|どこ|いつ|だれ|誰|これ|それ|"
    r"あれ|この件|その件|この|その|こと|もの|について|に関して|関して|です|ます|でしょう|ですか|ますか|する|した|して|すれば|"
    r"よい|良い|いい|質問|相談|聞きたい|わからない|分からない|わかりません|分かりません|困って|困り|いる|います|あの|えっと|すみません|"
    r"たい|って|とは|という|は|が|を|に|の|で|と|も|か|ね|よ|な"
)
_SPECIFIC = re.compile(
    r"とは|って(?:何|なに|なん)|(?:は|が)(?:何|なん)(?:です|でしょう|だ|の|か|$)|何の(?:略|こと)|意味|違い|いつ|どこ|いくら|何[日時人回件円分割頁ヶか]|どれ(?:くらい|ぐらい|だけ)|"
    r"誰|理由|なぜ|方法|やり方|what is|what's|how (?:to|much|many)|when|where"
)
_LETTERS = re.compile(r"[^\W_]+")
_LONE_WORD = re.compile(r"[^\Wぁ-ん_]{1,14}|[^\W_]{1,6}")  # 「チャットボット」「AI-OCR」「随契」, by letters alone


def signals_of(text: str) -> frozenset[Signal]:
    """All that the (masked) wording says; empty for an ordinary question."""
    words = folded(text).strip().lower()
    shape = _shape(words)
    if shape in (Signal.EMPTY, Signal.EMOJI_ONLY):
        return frozenset({shape})
    if len(words) > LONGEST:
        attack = {Signal.INSTRUCTION_ATTACK} if _speaks(FAMILIES[Signal.INSTRUCTION_ATTACK], words) else set()
        return frozenset({Signal.TOO_LONG, *attack, *_resident_data(words)})
    found = {signal for signal, family in FAMILIES.items() if _speaks(family, words)}
    if shape is not None and found <= set(LACKING):
        found.add(shape)
    if len(questions_in(words)) >= MANY:
        found.add(Signal.MANY_QUESTIONS)
    return frozenset(found | _resident_data(words))


def questions_in(text: str) -> tuple[str, ...]:
    """The sentences of a message that ask something, as written."""
    return tuple(unit.strip() for unit in _UNIT_END.split(text) if _ASKS.search(folded(unit)) and len(unit.strip()) > 4)


def content_of(text: str) -> tuple[str, ...]:
    """What a question is about: its letters between asking words, pointing words and particles."""
    pieces = _EMPTY_WORDS.split(folded(text).lower())
    return tuple(piece for piece in ("".join(_LETTERS.findall(piece)) for piece in pieces) if piece)


def _shape(words: str) -> Signal | None:
    visible = _EMOJI_CODE.sub("", words)
    if not "".join(visible.split()):
        return Signal.EMPTY if not words else Signal.EMOJI_ONLY
    if not _LETTERS.search(visible):
        return (
            Signal.EMOJI_ONLY if any(unicodedata.category(letter) == "So" for letter in visible) else Signal.TOO_SHORT
        )
    content = content_of(visible)
    if sum(map(len, content)) <= 1:
        return Signal.TOO_SHORT
    is_lone = len(content) == 1 and _LONE_WORD.fullmatch(content[0]) and len(visible.split()) < 3
    return Signal.TOO_SHORT if is_lone and not _SPECIFIC.search(visible) else None


def _speaks(family: Family, words: str) -> bool:
    """Whether a piece of the message speaks so and nothing in it says otherwise."""
    return any(family.speaks(piece) for piece in _pieces(words, family.span))


def _pieces(words: str, span: Span) -> list[str]:
    if span is Span.WHOLE:
        return [words]
    sentences = [unit for unit in _UNIT_END.split(words) if unit.strip()]
    pairs = [first + second for first, second in pairwise(sentences)] if span is Span.PAIR else []
    return sentences + pairs


def _resident_data(words: str) -> set[Signal]:
    """Residents' data by what masking left behind: what is never an asker's business contact."""
    strong = any(folded(kind.placeholder) in words for kind in PersonalKind if kind not in INCIDENTAL)
    weak = any(folded(kind.placeholder) in words for kind in INCIDENTAL) and RESIDENT_WORDS.search(words) is not None
    return {Signal.RESIDENT_DATA} if strong or weak else set()
