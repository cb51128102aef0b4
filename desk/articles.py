"""The knowledge loop: a resolved case becomes an article, another person approves it, it is found, it runs out."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from consultation.article import (
    DESKS_HAND,
    STANDING,
    ArticleDeed,
    ArticleId,
    ArticleState,
    Hand,
    may_expire_on,
    renewed_until,
)
from consultation.calendar import shown_date, tokyo_date
from consultation.case import ANSWERED_STATES, CaseDeed, CaseId, Consultant
from consultation.generalising import Origin, generalised, names_left
from consultation.inquiry import Channel
from consultation.masking import mask
from desk import wording
from desk.casework import Refused
from desk.desk import DISPATCH_WITHIN_S
from desk.engine import Engine
from desk.letters import Purpose
from desk.near_articles import Find, near_articles
from desk.shelving import shelve, take_out
from records.article_pages import ArticlePages, told_key, was_asked
from records.articles import ArticleBook, ArticleMoved, Draft, Hindrance, Words
from records.book import CONSULTANT, DESK, Book
from records.ledger import Ledger, Session
from records.pages import Pages
from records.postbook import PostBook
from records.rows import ArticleRow, AskerRow, CaseRow, ConsultationFile, DeliveryRow

LONGEST_QUESTION, LONGEST_ANSWER = 300, 8_000
SHOWN_QUESTION = 60

Follow = Callable[[], None]
"""Has the knowledge follow the library, soon, in nobody's way."""


@dataclass(frozen=True, slots=True)
class ArticleDone:
    """The deed is done; the article as it stands now."""

    article: ArticleRow


@dataclass(frozen=True, slots=True)
class Reminded:
    """What a look at the calendar came to: how many ran out, how many owners were asked."""

    expired: int
    asked: int


ArticleOutcome = ArticleDone | Refused


class ArticleDesk:
    """The one door to the articles. Each deed is one transaction; the index follows."""

    def __init__(self, ledger: Ledger, engine: Engine, follow: Follow, find: Find) -> None:
        self._ledger = ledger
        self._engine = engine
        self._follow = follow
        self._find = find

    def near(self, article: ArticleRow) -> list[ArticleRow]:
        """What may say the same already."""
        found = self._find(article.question, article.body.code, tokyo_date(_now()))
        return self._ledger.read(lambda session: near_articles(session, article, found.hits))

    def draft(self, case_id: CaseId, consultant: Consultant | None, author: Hand) -> ArticleOutcome:
        """The owner of a resolved case begins an article with its generalised words; twice is once."""
        case = self._ledger.read(lambda session: Pages(session).case(case_id))
        if consultant is None or case.owner is None or case.owner.id != consultant.id:
            return Refused(wording.ARTICLE_NOT_OWN_CASE)
        if case.state not in ANSWERED_STATES:
            return Refused(wording.ARTICLE_NOT_RESOLVED)

        def deed(session: Session) -> ArticleId | None:
            question, answer, origin = said_in(session, case)
            if not question.strip() or not answer.strip():
                return None
            draft = Draft(
                generalised(question, origin), generalised(answer, origin), origin.body.code, case.id,
                case.inquiry.citations,
            )  # fmt: skip
            return ArticleBook(session).draft(draft, author, _now())

        made = self._ledger.write(deed)
        return Refused(wording.ARTICLE_NOTHING_SAID) if made is None else self._done(made)

    def save(self, article_id: ArticleId, words: Words, by: Hand) -> ArticleOutcome:
        """The author's words, masked before they are stored."""
        masked = replace(words, question=mask(words.question).text.strip(), answer=mask(words.answer).text.strip())
        fault = _fault(masked, _now())
        if fault:
            return Refused(fault)
        return self._moved(article_id, lambda session: ArticleBook(session).edit(article_id, masked, by, _now()))

    def submit(self, article_id: ArticleId, by: Hand) -> ArticleOutcome:
        """To the reviewers; what all are to read must not name whose question it was."""

        def deed(session: Session) -> ArticleMoved | Refused:
            article = ArticlePages(session).get(article_id)
            text = f"{article.question}\n{article.answer}"
            left = dict.fromkeys(name for one in origins_of(session, article) for name in names_left(text, one))
            if article.for_all and left:
                return Refused(wording.ARTICLE_NAMES_LEFT.format(names="」「".join(left)))
            if not may_expire_on(article.expires_on, tokyo_date(_now())):
                return Refused(wording.ARTICLE_BAD_EXPIRY)
            return ArticleBook(session).move(article_id, ArticleDeed.SUBMIT, by, _now())

        return self._moved(article_id, deed)

    def approve(self, article_id: ArticleId, by: Hand, seen: str) -> ArticleOutcome:
        """What the reviewer has seen goes into the library, in the place of the edition before."""

        def deed(session: Session) -> ArticleMoved | Refused:
            now = _now()
            if not may_expire_on(ArticlePages(session).get(article_id).expires_on, tokyo_date(now)):
                return Refused(wording.ARTICLE_BAD_EXPIRY)
            moved = ArticleBook(session).move(article_id, ArticleDeed.APPROVE, by, now, seen=seen)
            if moved.done:
                shelve(session, ArticlePages(session).get(article_id), now)
            return moved

        return self._moved(article_id, deed)

    def send_back(self, article_id: ArticleId, by: Hand, why: str) -> ArticleOutcome:
        """Back to the author, with the reason."""
        reason = mask(why).text.strip()
        if not reason:
            return Refused(wording.ARTICLE_NO_REASON)
        return self._moved(
            article_id,
            lambda session: ArticleBook(session).move(article_id, ArticleDeed.RETURN, by, _now(), why=reason),
        )

    def retire(self, article_id: ArticleId, by: Hand, why: str = "") -> ArticleOutcome:
        """Found no longer, from now on."""
        reason = mask(why).text.strip()

        def deed(session: Session) -> ArticleMoved:
            stood = ArticlePages(session).get(article_id)
            moved = ArticleBook(session).move(article_id, ArticleDeed.RETIRE, by, _now(), why=reason)
            if moved.done and stood.state in STANDING:
                take_out(session, stood)
            return moved

        return self._moved(article_id, deed)

    def renew(self, article_id: ArticleId, by: Hand) -> ArticleOutcome:
        """The owner says that it holds on, word for word."""

        def deed(session: Session) -> ArticleMoved:
            now, article = _now(), ArticlePages(session).get(article_id)
            until = renewed_until(article.expires_on, tokyo_date(now))
            moved = ArticleBook(session).renew(article_id, until, by, now)
            if moved.done:
                shelve(session, ArticlePages(session).get(article_id), now)
            return moved

        return self._moved(article_id, deed)

    def take_on(self, article_id: ArticleId, by: Hand) -> ArticleOutcome:
        """Another answers for it from now on: the owner has gone, or gives it away."""
        return self._moved(
            article_id, lambda session: ArticleBook(session).move(article_id, ArticleDeed.TAKE_ON, by, _now())
        )

    def revise(self, article_id: ArticleId, by: Hand) -> ArticleOutcome:
        """The owner begins the next edition; the one that stands is found until that is approved."""
        made = self._ledger.write(lambda session: ArticleBook(session).revise(article_id, by, _now()))
        return Refused(wording.ARTICLE_NO_REVISION) if made is None else self._done(made)

    def merge(self, article_id: ArticleId, into: ArticleId, by: Hand) -> ArticleOutcome:
        """A draft becomes the next edition of an article that says the same."""
        return self._moved(article_id, lambda session: ArticleBook(session).merge(article_id, into, by, _now()))

    def tell(self, article_id: ArticleId, by: Hand) -> ArticleOutcome:
        """Tell those who were answered by an earlier edition that it changed; each once, in their own thread."""
        planned: list[DeliveryRow] = []

        def deed(session: Session) -> ArticleMoved:
            planned.clear()
            article, now = ArticlePages(session).get(article_id), _now()
            moved = ArticleBook(session).move(article_id, ArticleDeed.TELL, by, now)
            for asker in ArticlePages(session).askers(article) if moved.done else ():
                planned.extend(_told(session, article, asker, now))
            return moved

        outcome = self._moved(article_id, deed)
        self._engine.dispatch(planned, DISPATCH_WITHIN_S)
        return outcome

    def ask_owners(self, now: datetime) -> Reminded:
        """What is over expires; the owner of what soon will be is asked, once. To be called at any time, often."""

        def deed(session: Session) -> Reminded:
            pages, book, today = ArticlePages(session), ArticleBook(session), tokyo_date(now)
            over = [book.move(one.id, ArticleDeed.EXPIRE, DESKS_HAND, now).done for one in pages.over(today)]
            due = [one for one in pages.expiring(today) if not was_asked(one)]
            asked = [book.move(one.id, ArticleDeed.ASK, DESKS_HAND, now).done for one in due]
            return Reminded(sum(over), sum(asked))

        return self._ledger.write(deed)

    def _moved(self, article_id: ArticleId, deed: Callable[[Session], ArticleMoved | Refused]) -> ArticleOutcome:
        moved = self._ledger.write(deed)
        if isinstance(moved, Refused):
            return moved
        if not moved.done:
            return Refused(_why_not(moved))
        if moved.state in {*STANDING, ArticleState.RETIRED}:
            self._follow()
        return self._done(article_id)

    def _done(self, article_id: ArticleId) -> ArticleDone:
        return ArticleDone(self._ledger.read(lambda session: ArticlePages(session).get(article_id)))


def said_in(session: Session, case: CaseRow) -> tuple[str, str, Origin]:
    """The question of a case, what consultants answered to it until it was resolved, and whose it was."""
    file = Pages(session).file(case.consultation.id)
    ends = [event.at for event in case.history if event.deed is CaseDeed.RESOLVE]
    until = ends[-1] if ends else case.opened_at
    spoken = [turn for turn in file.turns if turn.speaker == CONSULTANT and case.opened_at <= turn.at <= until]
    replies = [turn.text for turn in spoken if turn.withdrawn_at is None]
    return case.inquiry.text, "\n\n".join(replies), Origin(case.consultation.municipality, _people(file))


def origins_of(session: Session, article: ArticleRow) -> list[Origin]:
    """Whose consultations the editions of an article come from: what was merged has several."""
    pages, editions = Pages(session), ArticlePages(session).editions(article.number)
    cases = [pages.case(one.case_id) for one in editions if one.case_id is not None]
    files = [pages.file(case.consultation.id) for case in cases]
    return [Origin(article.body), *(Origin(file.consultation.municipality, _people(file)) for file in files)]


def _people(file: ConsultationFile) -> tuple[str, ...]:
    spoke = [turn.name for turn in file.turns if turn.speaker != DESK]
    owners = [case.owner.name for case in file.cases if case.owner is not None]
    return tuple(dict.fromkeys(name for name in (file.consultation.asker_name, *spoke, *owners) if name.strip()))


def _told(session: Session, article: ArticleRow, asker: AskerRow, now: datetime) -> list[DeliveryRow]:
    consultation, approved = asker.consultation, article.approved_at or now
    asked = asker.inquiry.text
    question = asked if len(asked) <= SHOWN_QUESTION else f"{asked[:SHOWN_QUESTION]}…"
    text = wording.ARTICLE_CHANGED.format(
        question=question, day=shown_date(tokyo_date(approved)), label=article.label, answer=article.answer
    )
    key = told_key(article.id, consultation.id)
    turn_id = Book(session).say(consultation.id, key, CONSULTANT, article.owner.name, text, now)
    if turn_id is None or consultation.place.channel is not Channel.SLACK:
        return []
    plan = PostBook(session).plan
    return [plan(Purpose.ARTICLE_CHANGED, consultation.place, now, inquiry_id=asker.inquiry.id, turn_id=turn_id)]


def _why_not(moved: ArticleMoved) -> str:
    match moved.hindrance:
        case Hindrance.HAND:
            return wording.ARTICLE_NOT_YOURS
        case Hindrance.CHANGED:
            return wording.ARTICLE_CHANGED_MEANWHILE
        case Hindrance.TARGET:
            return wording.ARTICLE_NO_TARGET
        case _:
            return wording.ARTICLE_NOT_NOW.format(state=wording.ARTICLE_STATES[moved.state])


def _fault(words: Words, now: datetime) -> str:
    if not words.question or not words.answer:
        return wording.ARTICLE_EMPTY
    if len(words.question) > LONGEST_QUESTION or len(words.answer) > LONGEST_ANSWER:
        return wording.ARTICLE_TOO_LONG.format(question=LONGEST_QUESTION, answer=LONGEST_ANSWER)
    return "" if may_expire_on(words.expires_on, tokyo_date(now)) else wording.ARTICLE_BAD_EXPIRY


def _now() -> datetime:
    return datetime.now(UTC)
