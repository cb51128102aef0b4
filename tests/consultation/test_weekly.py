"""The weekly figures against numbers counted by hand; the week is 23 to 29 November 2026, Monday a holiday."""

from datetime import date, datetime, timedelta

from consultation.calendar import TOKYO
from consultation.case import CaseDeed, CaseEvent, CaseState
from consultation.opening import OpeningHours
from consultation.outcome import OutcomeKind, Reason
from consultation.rating import Rating, Score
from consultation.watch import Targets, Watch
from consultation.weekly import Asked, Handled, Lack, Week, figures, week_of

WEEK = Week(date(2026, 11, 23))  # 勤労感謝の日


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=TOKYO)


def question(
    day: int, outcome: OutcomeKind | None, reason: Reason = Reason.GROUNDED, text: str = "問", topic: str | None = None
) -> Asked:
    near = ("事例集", "手引き") if topic == "T06" else ("事例集", "事例集")
    return Asked(text, at(day, 10), outcome, reason, topic, near)


def case(
    *deeds: tuple[CaseDeed, datetime], reason: Reason = Reason.LOW_CONFIDENCE, ratings: tuple[Rating, ...] = ()
) -> Handled:
    history = tuple(CaseEvent(deed, "desk", moment) for deed, moment in deeds)
    return Handled(reason, Watch(CaseState.CLOSED, history, False, OpeningHours(), Targets()), ratings)


def test_a_week_begins_on_monday_and_ends_before_the_next() -> None:
    assert week_of(date(2026, 11, 29)) == WEEK
    assert week_of(date(2026, 11, 30)).before == WEEK
    assert [WEEK.covers(moment) for moment in (at(22, 23, 59), at(23, 0), at(29, 23, 59), at(30, 0))] == [
        False,
        True,
        True,
        False,
    ]


def test_questions_are_counted_by_outcome_and_those_of_other_weeks_are_not() -> None:
    asked = [
        *(question(day, OutcomeKind.ANSWER) for day in (24, 25, 26)),
        question(22, OutcomeKind.ANSWER),
        question(30, OutcomeKind.ANSWER),
        question(24, OutcomeKind.CLARIFY, Reason.AMBIGUOUS),
        question(27, None),
        question(27, OutcomeKind.ANSWER, Reason.ABOUT_DESK, "ありがとうございました"),
        question(27, OutcomeKind.HANDOFF, Reason.WITH_PERSON, "追記です"),
    ]

    found = figures(WEEK, asked, [])

    assert (found.questions, found.answered) == (4, 0.75)
    assert found.outcomes == {OutcomeKind.ANSWER: 3, OutcomeKind.CLARIFY: 1}
    assert figures(WEEK, [], []).answered is None
    assert figures(WEEK, [], []).is_empty


def test_times_are_opening_time_and_nine_in_ten_took_no_longer() -> None:
    # Opened on Friday 16:15, claimed on Tuesday 9:30: one hour on Friday, one on Tuesday; Monday is a holiday.
    over_the_weekend = case(
        (CaseDeed.OPEN, at(20, 16, 15)), (CaseDeed.CLAIM, at(24, 9, 30)), (CaseDeed.REPLY, at(24, 12))
    )
    # Ten cases opened at 9:00 on Wednesday, claimed 10, 20, … 100 minutes later.
    ten = [
        case((CaseDeed.OPEN, at(25, 9)), (CaseDeed.CLAIM, at(25, 9) + minutes * timedelta(minutes=10)))
        for minutes in range(1, 11)
    ]

    found = figures(WEEK, [], ten)
    assert (found.claim.count, found.claim.median, found.claim.most) == (
        10,
        timedelta(minutes=55),
        timedelta(minutes=90),
    )
    found = figures(WEEK, [], [over_the_weekend])
    assert found.claim.median == found.claim.most == timedelta(hours=2)
    assert found.reply.median == timedelta(hours=4, minutes=30)
    assert found.handed_over == ()  # it was opened in the week before
    assert figures(WEEK.before, [], [over_the_weekend]).handed_over == ((Reason.LOW_CONFIDENCE, 1),)


def test_a_second_reply_counts_for_nothing_and_a_reopened_case_begins_anew() -> None:
    again = case(
        (CaseDeed.OPEN, at(24, 9)),
        (CaseDeed.CLAIM, at(24, 10)),
        (CaseDeed.REPLY, at(24, 11)),
        (CaseDeed.REPLY, at(24, 15)),
        (CaseDeed.RESOLVE, at(24, 16)),
        (CaseDeed.REOPEN, at(25, 9)),
        (CaseDeed.CLAIM, at(25, 9, 30)),
        (CaseDeed.REPLY, at(25, 13)),
    )

    found = figures(WEEK, [], [again])

    assert (found.claim.count, found.claim.median) == (2, timedelta(minutes=45))
    assert (found.reply.count, found.reply.median) == (2, timedelta(hours=3))


def test_what_stands_and_what_is_overdue_is_as_it_was_at_the_end_of_the_week() -> None:
    cases = [
        case((CaseDeed.OPEN, at(24, 9))),  # due on Wednesday 9:00
        case((CaseDeed.OPEN, at(27, 16))),  # due on Monday the 30th
        case(
            (CaseDeed.OPEN, at(24, 9)), (CaseDeed.CLAIM, at(24, 9, 1)), (CaseDeed.REPLY, at(26, 9))
        ),  # resolution far off
        case((CaseDeed.OPEN, at(24, 9)), (CaseDeed.CLAIM, at(24, 9, 1)), (CaseDeed.RESOLVE, at(30, 9))),  # too late
        case((CaseDeed.OPEN, at(24, 9)), (CaseDeed.WITHDRAW, at(24, 10))),
        case((CaseDeed.OPEN, at(30, 9))),
    ]

    found = figures(WEEK, [], cases)

    assert (found.standing, found.overdue) == (4, 2)
    assert found.ended == {CaseDeed.CONFIRM: 0, CaseDeed.LAPSE: 0, CaseDeed.WITHDRAW: 1}
    assert not found.is_empty


def test_ratings_count_in_the_week_in_which_they_were_given() -> None:
    given = (
        Rating("r1", "a", Score.GOOD, "", at(24, 9)),
        Rating("r2", "b", Score.GOOD, "", at(25, 9)),
        Rating("r3", "c", Score.POOR, "遅い", at(30, 9)),
    )

    assert figures(WEEK, [], [case((CaseDeed.OPEN, at(2, 9)), ratings=given)]).ratings == {Score.GOOD: 2}


def test_what_the_materials_lack_is_told_by_topic_with_questions_and_the_documents_that_lay_near() -> None:
    handed = OutcomeKind.HANDOFF
    asked = [
        question(24, handed, Reason.LOW_CONFIDENCE, "交付金の率は", "T06"),
        question(25, handed, Reason.NOT_IN_MATERIALS, "起債できるか", "T06"),
        question(26, handed, Reason.NOT_IN_MATERIALS, "議会の例は", None),
        question(26, handed, Reason.CONFLICTING_SOURCES, "上限は", "T06"),
        question(26, handed, Reason.URGENT, "至急", "T09"),
        question(26, OutcomeKind.ANSWER, Reason.GROUNDED, "答えた", "T06"),
    ]

    found = figures(WEEK, asked, [])

    assert found.lacks == (Lack("T06", 3, ("上限は", "起債できるか", "交付金の率は")), Lack(None, 1, ("議会の例は",)))
    assert found.near == (("事例集", 3), ("手引き", 2)), "documents that disagree did tell enough"
    assert found.contradicting == ((("事例集", "手引き"), 1),)
