"""A letter as Slack shows it: text for notifications and screen readers, blocks, and under whose name."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from slack_sdk.models.blocks import Block

from bot import wording
from bot.blocks import aside, background, bulletins, card, notices, outcome
from bot.blocks.elements import corrected
from bot.blocks.files import unfit_text
from bot.blocks.text import ELLIPSIS, FALLBACK, fitted
from bot.links import Links
from bot.sources import Source
from desk import wording as desk
from desk.letters import Bulletin, Expiring, Letter, Morning, Purpose
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


def announced(bulletin: Bulletin, links: Links) -> Writing:
    """A bulletin's words."""
    tells = bulletin.tells
    if isinstance(tells, Morning):
        return Writing(bulletins.morning_text(tells), bulletins.morning_blocks(tells, links))
    if isinstance(tells, Expiring):
        return Writing(bulletins.expiring_text(tells), bulletins.expiring_blocks(tells, links))
    name = bulletin.told.name if bulletin.told and bulletin.told.slack_user != bulletin.delivery.place.room else ""
    return Writing(bulletins.weekly_text(tells), bulletins.weekly_blocks(tells, name, links))


def _outcome(letter: Letter, sources: Sequence[Source], links: Links) -> Writing:
    url = links.consultation(letter.consultation.id)
    until = "\n".join(filter(None, (desk.to_whom(letter.case), desk.until_when(letter.case)))) if letter.case else ""
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


def _ended(text: str) -> Writer:
    """It is over; how was it?"""
    return lambda letter, _sources, _links: Writing(text, notices.ended_blocks(_case(letter), text))


def _consent(letter: Letter, _sources: Sequence[Source], _links: Links) -> Writing:
    return Writing(wording.CONSENT_AGAIN, notices.consent_blocks(letter.consultation, letter.inquiry))


def _rated_low(letter: Letter, _sources: Sequence[Source], _links: Links) -> Writing:
    about = letter.delivery.id.rpartition(":")[2]
    words = next((rating.words for rating in _case(letter).ratings if rating.id == about), "")
    text = card.rated_low_text(words, letter.told)
    return Writing(text, card.told_blocks(text))


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
    text = turn.text + corrected(turn.revised_at is not None and turn.withdrawn_at is None)
    return Writing(_in_short(text), notices.reply_blocks(letter.consultation, turn), name)


def _article_changed(letter: Letter, _sources: Sequence[Source], _links: Links) -> Writing:
    turn = _turn(letter)
    return Writing(_in_short(turn.text), notices.article_changed_blocks(letter.consultation, turn))


def _card(letter: Letter, sources: Sequence[Source], links: Links) -> Writing:
    case = _case(letter)
    before = background.background_blocks(case, letter.background, links.case)
    return Writing(fitted(card.card_text(case), FALLBACK), card.card_blocks(case, sources, links.case(case.id), before))


def _sent(letter: Letter, _sources: Sequence[Source], _links: Links) -> Writing:
    turn = _turn(letter)
    return Writing(fitted(card.sent_text(turn), FALLBACK), card.sent_blocks(turn))


def _asker_words(letter: Letter, _sources: Sequence[Source], _links: Links) -> Writing:
    return Writing(wording.ASKER_WORDS, card.asker_words_blocks(letter.inquiry))


def _recalled(letter: Letter, _sources: Sequence[Source], _links: Links) -> Writing:
    text = fitted(card.recalled_text(_turn(letter)), FALLBACK)
    return Writing(text, card.told_blocks(text))


def _aside(letter: Letter, _sources: Sequence[Source], links: Links) -> Writing:
    if letter.aside is None:
        raise ValueError(f"letter {letter.delivery.id} has no aside")
    blocks = aside.aside_blocks(letter.aside, letter.alike, links)
    return Writing(fitted(aside.aside_text(letter.aside), FALLBACK), blocks)


def _unfit(letter: Letter, _sources: Sequence[Source], _links: Links) -> Writing:
    text = unfit_text(letter)
    return Writing(text, card.told_blocks(text))


def _file(letter: Letter, _sources: Sequence[Source], _links: Links) -> Writing:
    raise ValueError(f"letter {letter.delivery.id} is a file: bot/ferry.py carries it")


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
    Purpose.CONFIRMED: _ended(wording.CONFIRMED),
    Purpose.ASK: _ask,
    Purpose.LAPSED: _ended(wording.LAPSED),
    Purpose.CONSENT: _consent,
    Purpose.NOT_HANDED_OVER: _told(wording.NOT_HANDED_OVER),
    Purpose.RATED_LOW: _rated_low,
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
    Purpose.REPLY_STATE: _reply,
    Purpose.SENT_STATE: _sent,
    Purpose.WORDS_STATE: _asker_words,
    Purpose.RECALLED: _recalled,
    Purpose.ASIDE: _aside,
    Purpose.UNFIT: _unfit,
    Purpose.UNFIT_INSIDE: _unfit,
    Purpose.ASKER_FILE: _file,
    Purpose.REPLY_FILE: _file,
    Purpose.FILE_GONE: _file,
}
