"""A letter as Slack shows it: text for notifications and screen readers, blocks, and under whose name."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from slack_sdk.models.blocks import Block

from bot import wording
from bot.blocks import card, notices, outcome
from bot.blocks.text import ELLIPSIS, FALLBACK, fitted
from bot.links import Links
from bot.sources import Source
from desk import wording as desk
from desk.letters import Letter, Purpose
from records.rows import CaseRow, TurnRow

USERNAME = 80


@dataclass(frozen=True, slots=True)
class Writing:
    text: str
    blocks: Sequence[Block]
    username: str | None = None


Writer = Callable[[Letter, Sequence[Source], Links], Writing]


def written(letter: Letter, sources: Sequence[Source], links: Links) -> Writing:
    """The letter's words, by its purpose."""
    return _WRITERS[letter.purpose](letter, sources, links)


def _outcome(letter: Letter, sources: Sequence[Source], links: Links) -> Writing:
    url = links.consultation(letter.consultation.id)
    until = desk.until_when(letter.case) if letter.case else ""
    blocks = outcome.outcome_blocks(letter.inquiry, letter.consultation, sources, url, until)
    return Writing(_in_short(letter.inquiry.answer), blocks)


def _handed_over(letter: Letter, _sources: Sequence[Source], _links: Links) -> Writing:
    return Writing(wording.HANDED_OVER, notices.handed_over_blocks(_case(letter)))


def _claimed(letter: Letter, _sources: Sequence[Source], _links: Links) -> Writing:
    case = _case(letter)
    return Writing(fitted(notices.claimed_text(case), FALLBACK), notices.claimed_blocks(case))


def _resolved(letter: Letter, _sources: Sequence[Source], _links: Links) -> Writing:
    return Writing(wording.RESOLVED, notices.ask_blocks(_case(letter), wording.RESOLVED))


def _ask(letter: Letter, _sources: Sequence[Source], _links: Links) -> Writing:
    return Writing(wording.ASK, notices.ask_blocks(_case(letter), wording.ASK))


def _told(text: str) -> Writer:
    """One sentence to the asker."""
    return lambda letter, _sources, _links: Writing(text, notices.told_blocks(letter.consultation, text))


def _turned(letter: Letter, _sources: Sequence[Source], _links: Links) -> Writing:
    text = card.turned_text(_case(letter))
    return Writing(text, card.told_blocks(text))


def _notice(letter: Letter, _sources: Sequence[Source], _links: Links) -> Writing:
    if letter.event is None:
        raise ValueError(f"letter {letter.delivery.id} tells of no event")
    text = card.notice_text(_case(letter), letter.event, letter.told)
    return Writing(text, card.told_blocks(text))


def _withdrawn(letter: Letter, _sources: Sequence[Source], _links: Links) -> Writing:
    return Writing(wording.WITHDRAWN, notices.withdrawn_blocks(letter.consultation))


def _reply(letter: Letter, _sources: Sequence[Source], _links: Links) -> Writing:
    turn = _turn(letter)
    name = wording.CONSULTANT_NAME.format(name=turn.name)[:USERNAME]
    return Writing(_in_short(turn.text), notices.reply_blocks(letter.consultation, turn), name)


def _article_changed(letter: Letter, _sources: Sequence[Source], _links: Links) -> Writing:
    turn = _turn(letter)
    return Writing(_in_short(turn.text), notices.article_changed_blocks(letter.consultation, turn))


def _card(letter: Letter, sources: Sequence[Source], links: Links) -> Writing:
    case = _case(letter)
    return Writing(fitted(card.card_text(case), FALLBACK), card.card_blocks(case, sources, links.case(case.id)))


def _sent(letter: Letter, _sources: Sequence[Source], _links: Links) -> Writing:
    turn = _turn(letter)
    return Writing(fitted(card.sent_text(turn), FALLBACK), card.sent_blocks(turn))


def _asker_words(letter: Letter, _sources: Sequence[Source], _links: Links) -> Writing:
    return Writing(wording.ASKER_WORDS, card.asker_words_blocks(letter.inquiry))


def _undelivered(letter: Letter, sources: Sequence[Source], links: Links) -> Writing:
    failed = letter.undelivered
    if failed is None:
        raise ValueError(f"letter {letter.delivery.id} tells of nothing undelivered")
    heading = wording.UNDELIVERED.format(why=desk.why_undelivered(failed.failure))
    meant = replace(letter, purpose=Purpose(failed.purpose), delivery=failed)
    words = letter.turn.text if letter.turn else letter.inquiry.answer if meant.purpose is Purpose.OUTCOME else None
    if words is None:  # a notice, in our own words: ready mrkdwn
        notice = written(meant, sources, links).text
        return Writing(heading, [*card.undelivered_blocks(heading, ""), *card.told_blocks(notice)])
    return Writing(heading, card.undelivered_blocks(heading, words))


def _in_short(text: str) -> str:
    """For notifications; a message without text is none to a screen reader."""
    return fitted(text.strip(), FALLBACK) or ELLIPSIS


def _case(letter: Letter) -> CaseRow:
    if letter.case is None:
        raise ValueError(f"letter {letter.delivery.id} has no case")
    return letter.case


def _turn(letter: Letter) -> TurnRow:
    if letter.turn is None:
        raise ValueError(f"letter {letter.delivery.id} has no turn")
    return letter.turn


_WRITERS = {
    Purpose.OUTCOME: _outcome,
    Purpose.HANDED_OVER: _handed_over,
    Purpose.CLAIMED: _claimed,
    Purpose.REPLY: _reply,
    Purpose.RESOLVED: _resolved,
    Purpose.CONFIRMED: _told(wording.CONFIRMED),
    Purpose.ASK: _ask,
    Purpose.LAPSED: _told(wording.LAPSED),
    Purpose.REOPENED: _told(wording.REOPENED),
    Purpose.TURNED: _turned,
    Purpose.NOTICE: _notice,
    Purpose.WITHDRAWN: _withdrawn,
    Purpose.CARD: _card,
    Purpose.CARD_STATE: _card,
    Purpose.SENT: _sent,
    Purpose.ASKER_WORDS: _asker_words,
    Purpose.UNDELIVERED: _undelivered,
    Purpose.ARTICLE_CHANGED: _article_changed,
}
