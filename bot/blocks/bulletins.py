"""The bulletins: a team's open cases in the morning, and its week in figures. Nobody is called by a mention."""

from collections.abc import Iterable
from datetime import datetime

from slack_sdk.models.blocks import Block, SectionBlock

from bot import wording
from bot.blocks.elements import link, small_print
from bot.blocks.text import SECTION, escaped, fitted, mrkdwn
from bot.links import Links
from consultation.article import ArticleState
from consultation.calendar import shown, shown_date, shown_span, tokyo_date
from consultation.outcome import OutcomeKind
from consultation.rating import Score
from consultation.topic import Topic
from consultation.weekly import ENDS, Figures, Times
from desk.letters import Expiring, Morning, Weekly
from records.rows import CaseRow

MOST_CASES = 40  # of some 150 characters each: three of the 50 blocks; who has more reads the list itself
NAME = 60
EXAMPLE = 80
QUESTION = 300
MOST_NAMES = 20
MOST_REASONS = 8


def morning_text(morning: Morning) -> str:
    late = sum(_is_late(case, morning.at) for case in morning.cases)
    day = shown_date(tokyo_date(morning.at))
    return wording.MORNING.format(day=day, team=fitted(morning.team.name, NAME), count=len(morning.cases), late=late)


def morning_blocks(morning: Morning, links: Links) -> list[Block]:
    """Most of 40 cases, what is due first first; how many more there are, and who is away."""
    lines = [_case(case, links.case(case.id), morning.at) for case in morning.cases[:MOST_CASES]]
    more = len(morning.cases) - len(lines)
    if more:
        lines.append(wording.MORNING_MORE.format(more=more))
    names = [fitted(one.name, NAME) for one in morning.absent[:MOST_NAMES]]
    notes = [wording.ABSENT.format(names="、".join(names))] if names else []
    notes += [link(url, wording.OPEN_CASES)] if (url := links.cases()) else []
    head = SectionBlock(text=mrkdwn(f"*{morning_text(morning)}*"))
    return [head, *_packed(lines), *([small_print(*notes)] if notes else [])]


def weekly_text(weekly: Weekly) -> str:
    week = weekly.figures.week
    since, until = shown_date(week.monday), shown_date(week.sunday)
    return wording.WEEKLY.format(team=fitted(weekly.team.name, NAME), since=since, until=until)


def weekly_blocks(weekly: Weekly, name: str, links: Links) -> list[Block]:
    """The figures; `name` is the lead's, where it stands in a channel."""
    head = f"*{weekly_text(weekly)}*"
    lead = wording.WEEKLY_TO.format(name=fitted(name, NAME)) if name else ""
    url = links.weekly()
    blocks: list[Block] = [SectionBlock(text=mrkdwn(f"{lead}{head}")), *_packed(_figures(weekly.figures))]
    return [*blocks, *([small_print(link(url, wording.OPEN_WEEKLY))] if url else [])]


def expiring_text(expiring: Expiring) -> str:
    article = expiring.article
    said = wording.EXPIRED if article.state is ArticleState.EXPIRED else wording.EXPIRING
    return said.format(label=article.label, day=shown_date(article.expires_on))


def expiring_blocks(expiring: Expiring, links: Links) -> list[Block]:
    """That it ends, its question, and the way to it."""
    question, url = fitted(expiring.article.question, QUESTION), links.article(expiring.article.id)
    blocks: list[Block] = [SectionBlock(text=mrkdwn(f"{expiring_text(expiring)}\n「{question}」"))]
    return [*blocks, *([small_print(link(url, wording.OPEN_ARTICLE))] if url else [])]


def _figures(found: Figures) -> list[str]:
    share = "―" if found.answered is None else f"{found.answered:.0%}"
    answered = found.outcomes.get(OutcomeKind.ANSWER, 0)
    reasons = [f"{wording.REASONS[reason]} {count}" for reason, count in found.handed_over[:MOST_REASONS]]
    opened = sum(count for _, count in found.handed_over)
    ended = "、".join(f"{wording.ENDS[deed]} {found.ended.get(deed, 0)}" for deed in ENDS)
    rated = "、".join(f"{wording.SCORES[score]} {found.ratings.get(score, 0)}" for score in reversed(Score))
    lines = [
        wording.WEEK_QUESTIONS.format(count=found.questions, answered=answered, share=share),
        wording.WEEK_HANDED_OVER.format(count=opened) + (f"（{'、'.join(reasons)}）" if reasons else ""),
        wording.WEEK_CLAIM.format(times=_times(found.claim)),
        wording.WEEK_REPLY.format(times=_times(found.reply)),
        wording.WEEK_STANDING.format(count=found.standing, late=found.overdue),
        wording.WEEK_ENDED.format(ended=ended),
        wording.WEEK_RATED.format(rated=rated),
    ]
    return [*lines, *_lacks(found)]


def _lacks(found: Figures) -> list[str]:
    lines = [wording.WEEK_LACKS] if found.lacks else []
    for lack in found.lacks:
        topic = Topic(lack.topic).label if lack.topic else wording.NO_TOPIC
        examples = "".join(f"「{fitted(example, EXAMPLE)}」" for example in lack.examples)
        lines.append(wording.WEEK_LACK.format(topic=topic, count=lack.count, examples=examples))
    if found.near:
        titles = "、".join(f"『{fitted(title, NAME)}』 {count}" for title, count in found.near)
        lines.append(wording.WEEK_NEAR.format(titles=titles))
    if found.contradicting:
        pairs = "、".join(
            f"{'と'.join(f'『{fitted(title, NAME)}』' for title in titles)} {count}"
            for titles, count in found.contradicting
        )
        lines.append(wording.WEEK_CONTRADICTING.format(pairs=pairs))
    return lines


def _times(times: Times) -> str:
    if times.median is None or times.most is None:
        return wording.NEVER
    return wording.TIMES.format(median=shown_span(times.median), most=shown_span(times.most), count=times.count)


def _case(case: CaseRow, url: str | None, now: datetime) -> str:
    number, due, turned = escaped(case.consultation.number), case.watch.due, case.turned_to
    holder = case.owner.name if case.owner else wording.ASKED_OF.format(name=turned.name) if turned else wording.NO_ONE
    facts = (
        link(url, number) if url else number,
        fitted(case.consultation.municipality.name, NAME),
        Topic(case.topic).label if case.topic else wording.NO_TOPIC,
        wording.STATES[case.state],
        fitted(holder, NAME),
        shown(due) if due else "",
    )
    marks = wording.LATE if _is_late(case, now) else wording.URGENT if case.is_urgent else ""
    return f"{marks}{'｜'.join(facts)}"


def _is_late(case: CaseRow, now: datetime) -> bool:
    return case.watch.due is not None and case.watch.due < now


def _packed(lines: Iterable[str]) -> list[SectionBlock]:
    """Lines of ready mrkdwn as few sections: a section takes 3,000 characters."""
    sections: list[str] = []
    for line in (f"• {line}" for line in lines):
        if sections and len(sections[-1]) + len(line) < SECTION:
            sections[-1] += f"\n{line}"
        else:
            sections.append(line)
    return [SectionBlock(text=mrkdwn(section)) for section in sections]
