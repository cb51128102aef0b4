"""The book of articles: one draft a case, the rules by compare-and-set, editions, merging, who was told."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from consultation.article import DESKS_HAND, ArticleDeed, ArticleId, ArticleState, Hand, path_of
from consultation.case import CaseId
from consultation.errors import NotFound
from consultation.municipality import Municipality
from consultation.outcome import Citation, Reason
from records.accounts import Accounts, Profile, Role
from records.article_pages import ArticleFilter, ArticlePages, told_key, was_asked
from records.articles import ArticleBook, ArticleMoved, Draft, Hindrance, Words
from records.book import CONSULTANT, Book
from records.casebook import CaseBook
from records.ledger import Ledger
from records.registry import Registry
from records.rows import ArticleRow
from tests.records import stock
from tests.records.stock import CHIBA, MINUTE, NOW, SAITAMA, TODAY, answer, enter, handoff, inquiry, record

END = date(2027, 3, 31)


def person(ledger: Ledger, login: str, role: Role) -> Hand:
    def deed(session) -> Hand:
        consultant = Registry(session).add_consultant(login, None, (), (), NOW).id if role is Role.CONSULTANT else None
        profile = Profile(login, f"{login}さん", role, None, consultant)
        made = Accounts(session).invite(profile, NOW, NOW + timedelta(days=1)).account
        return Hand(made.id, role is Role.REVIEWER)

    return ledger.write(deed)


@pytest.fixture(autouse=True)
def _bodies(ledger: Ledger) -> None:
    stock.register(ledger, SAITAMA, CHIBA)


@pytest.fixture
def author(ledger: Ledger) -> Hand:
    return person(ledger, "author", Role.CONSULTANT)


@pytest.fixture
def reviewer(ledger: Ledger) -> Hand:
    return person(ledger, "reviewer", Role.REVIEWER)


def case(ledger: Ledger, key: str = "k1", body: Municipality = SAITAMA) -> CaseId:
    entered = enter(ledger, inquiry(key, body=body))
    record(ledger, entered.inquiry_id, handoff())
    opened = ledger.write(lambda s: CaseBook(s).open_for(entered.inquiry_id, Reason.NOT_IN_MATERIALS, "desk", NOW))
    return opened[0]


def drafted(
    ledger: Ledger, author: Hand, key: str = "k1", body: Municipality = SAITAMA, sources: tuple[Citation, ...] = ()
) -> ArticleId:
    draft = Draft(f"{key}の質問ですか。", "答えです。", body.code, case(ledger, key, body), sources)
    return ledger.write(lambda session: ArticleBook(session).draft(draft, author, NOW))


def get(ledger: Ledger, article_id: ArticleId) -> ArticleRow:
    return ledger.read(lambda session: ArticlePages(session).get(article_id))


def move(
    ledger: Ledger, article_id: ArticleId, deed: ArticleDeed, by: Hand, later: int = 0, seen: str = ""
) -> ArticleMoved:
    at = NOW + later * MINUTE
    return ledger.write(lambda session: ArticleBook(session).move(article_id, deed, by, at, seen=seen))


def words(article: ArticleRow, **changed: object) -> Words:
    plain = Words(
        article.question, article.answer, article.for_all, article.expires_on, range(1, len(article.sources) + 1)
    )
    return replace(plain, **changed)  # type: ignore[arg-type]


def approved(ledger: Ledger, author: Hand, reviewer: Hand, key: str = "k1", **said: object) -> ArticleId:
    made = drafted(ledger, author, key)
    row = get(ledger, made)
    if said:
        ledger.write(lambda session: ArticleBook(session).edit(made, words(row, **said), author, NOW + MINUTE))
    move(ledger, made, ArticleDeed.SUBMIT, author, 2)
    assert move(ledger, made, ArticleDeed.APPROVE, reviewer, 3).done
    return made


def cited_passage(ledger: Ledger, path: str = "a.md") -> Citation:
    stock.publish(ledger, path, stock.material(), "月額5万円です。")
    found = next(one for one in stock.live(ledger) if one.text == "月額5万円です。")
    return Citation(found.id, found.document_id, 1, found.title, found.locator, found.text, 0.0)


def test_a_draft_has_its_words_sources_and_expiry_and_is_its_authors(ledger: Ledger, author: Hand) -> None:
    source = cited_passage(ledger)
    row = get(ledger, drafted(ledger, author, sources=(source,)))

    assert (row.label, row.edition, row.state, row.expires_on) == ("K-0001", 1, ArticleState.DRAFT, END)
    assert (row.author.name, row.owner.name, row.body, row.for_all) == ("authorさん", "authorさん", SAITAMA, False)
    assert row.sources == (source,)
    assert [(event.deed, event.name) for event in row.history] == [(ArticleDeed.DRAFT, "authorさん")]


def test_of_drafters_of_one_case_at_once_one_drafts(ledger: Ledger, author: Hand) -> None:
    draft = Draft("質問", "答え", SAITAMA.code, case(ledger), ())

    made = stock.at_once([lambda: ledger.write(lambda s: ArticleBook(s).draft(draft, author, NOW))] * 4)

    assert len(set(made)) == 1
    assert len(ledger.read(lambda session: ArticlePages(session).all(ArticleFilter()))) == 1


def test_the_author_edits_and_chooses_sources_and_nobody_else_does(
    ledger: Ledger, author: Hand, reviewer: Hand
) -> None:
    first = cited_passage(ledger)
    second = replace(first, quote="月額")
    made = drafted(ledger, author, sources=(first, second))
    new = words(get(ledger, made), answer="新しい答え", for_all=True, sources={2})

    assert not ledger.write(lambda session: ArticleBook(session).edit(made, new, reviewer, NOW)).done
    assert ledger.write(lambda session: ArticleBook(session).edit(made, new, author, NOW)).done

    row = get(ledger, made)
    assert (row.answer, row.for_all, [source.quote for source in row.sources]) == ("新しい答え", True, ["月額"])


def test_saving_the_same_words_leaves_no_mark(ledger: Ledger, author: Hand) -> None:
    made = drafted(ledger, author)
    row = get(ledger, made)

    assert ledger.write(lambda session: ArticleBook(session).edit(made, words(row), author, NOW)).done
    assert len(get(ledger, made).history) == 1


def test_the_author_cannot_approve_even_as_a_reviewer(ledger: Ledger, reviewer: Hand) -> None:
    made = drafted(ledger, reviewer)
    move(ledger, made, ArticleDeed.SUBMIT, reviewer)

    assert move(ledger, made, ArticleDeed.APPROVE, reviewer) == ArticleMoved(ArticleState.SUBMITTED, Hindrance.HAND)
    assert get(ledger, made).approved_at is None


def test_of_two_who_decide_at_once_one_wins(ledger: Ledger, author: Hand, reviewer: Hand) -> None:
    other = person(ledger, "other", Role.REVIEWER)
    made = drafted(ledger, author)
    move(ledger, made, ArticleDeed.SUBMIT, author)

    deeds = stock.at_once(
        [
            lambda: move(ledger, made, ArticleDeed.APPROVE, reviewer, 1),
            lambda: move(ledger, made, ArticleDeed.RETURN, other, 1),
        ]
    )

    assert sorted(deed.done for deed in deeds) == [False, True]
    assert len(get(ledger, made).history) == 3


def test_what_was_not_seen_is_not_approved(ledger: Ledger, author: Hand, reviewer: Hand) -> None:
    made = drafted(ledger, author)
    move(ledger, made, ArticleDeed.SUBMIT, author)
    seen = get(ledger, made).seen
    move(ledger, made, ArticleDeed.RETURN, reviewer, 1)
    other = words(get(ledger, made), answer="すり替えた答え")
    ledger.write(lambda session: ArticleBook(session).edit(made, other, author, NOW + 2 * MINUTE))
    move(ledger, made, ArticleDeed.SUBMIT, author, 3)

    assert not move(ledger, made, ArticleDeed.APPROVE, reviewer, 4, seen).done
    assert move(ledger, made, ArticleDeed.APPROVE, reviewer, 5, get(ledger, made).seen).done


def test_a_new_edition_takes_the_place_of_the_old_when_it_is_approved(
    ledger: Ledger, author: Hand, reviewer: Hand
) -> None:
    first = approved(ledger, author, reviewer)
    second = ledger.write(lambda session: ArticleBook(session).revise(first, author, NOW + 4 * MINUTE))
    assert second is not None
    assert ledger.write(lambda session: ArticleBook(session).revise(first, author, NOW + 5 * MINUTE)) == second
    assert get(ledger, first).state is ArticleState.APPROVED

    move(ledger, second, ArticleDeed.SUBMIT, author, 6)
    assert move(ledger, second, ArticleDeed.APPROVE, reviewer, 7).done

    editions = ledger.read(lambda session: ArticlePages(session).editions(1))
    assert [(one.edition, one.state) for one in editions] == [(2, ArticleState.APPROVED), (1, ArticleState.REPLACED)]
    assert get(ledger, first).history[-1].deed is ArticleDeed.REPLACE


def test_only_the_owner_revises_and_renews(ledger: Ledger, author: Hand, reviewer: Hand) -> None:
    made = approved(ledger, author, reviewer)

    assert ledger.write(lambda session: ArticleBook(session).revise(made, reviewer, NOW)) is None
    renewing = date(2028, 3, 31)
    assert not ledger.write(lambda session: ArticleBook(session).renew(made, renewing, reviewer, NOW)).done
    assert ledger.write(lambda session: ArticleBook(session).renew(made, renewing, author, NOW)).done
    assert get(ledger, made).expires_on == renewing


def test_who_takes_it_on_is_asked_from_then_on(ledger: Ledger, author: Hand, reviewer: Hand) -> None:
    made, other = approved(ledger, author, reviewer), person(ledger, "other", Role.CONSULTANT)

    assert move(ledger, made, ArticleDeed.TAKE_ON, other, 4).done
    row = get(ledger, made)
    assert (row.owner.name, row.author.name) == ("otherさん", "authorさん")
    assert not ledger.write(lambda session: ArticleBook(session).renew(made, END, author, NOW)).done


def test_a_draft_merged_into_an_article_is_its_next_edition_with_the_sources_of_both(
    ledger: Ledger, author: Hand, reviewer: Hand
) -> None:
    one, other = cited_passage(ledger), replace(cited_passage(ledger, "b.md"), quote="月額")
    target = drafted(ledger, author, "k1", sources=(one,))
    move(ledger, target, ArticleDeed.SUBMIT, author, 1)
    move(ledger, target, ArticleDeed.APPROVE, reviewer, 2)
    twin = drafted(ledger, author, "k2", sources=(other,))

    assert ledger.write(lambda session: ArticleBook(session).merge(twin, target, author, NOW + 3 * MINUTE)).done

    row = get(ledger, twin)
    assert (row.label, row.edition, [source.quote for source in row.sources]) == ("K-0001", 2, ["月額", one.quote])
    assert [event.why for event in get(ledger, target).history if event.deed is ArticleDeed.MERGE] == [
        "K-0002 → K-0001"
    ]
    assert [event.deed for event in row.history] == [ArticleDeed.DRAFT, ArticleDeed.MERGE]


def test_what_only_another_body_may_find_is_not_merged_into(ledger: Ledger, author: Hand, reviewer: Hand) -> None:
    theirs = approved(ledger, author, reviewer)
    ours = drafted(ledger, author, "k2", CHIBA)

    assert not ledger.write(lambda session: ArticleBook(session).merge(ours, theirs, author, NOW)).done
    assert get(ledger, ours).label == "K-0002"


def test_a_second_open_edition_is_not_merged_in(ledger: Ledger, author: Hand, reviewer: Hand) -> None:
    target = approved(ledger, author, reviewer, for_all=True)
    one, other = drafted(ledger, author, "k2"), drafted(ledger, author, "k3", CHIBA)

    assert ledger.write(lambda session: ArticleBook(session).merge(one, target, author, NOW)).done
    assert not ledger.write(lambda session: ArticleBook(session).merge(other, target, author, NOW)).done


def test_what_is_near_its_end_and_what_is_past_it(ledger: Ledger, author: Hand, reviewer: Hand) -> None:
    made = approved(ledger, author, reviewer)
    pages = {
        day: ledger.read(
            lambda s, day=day: (
                [r.id for r in ArticlePages(s).expiring(day)],
                [r.id for r in ArticlePages(s).over(day)],
            )
        )
        for day in (TODAY, date(2027, 3, 1), END, date(2027, 4, 1))
    }

    assert pages == {
        TODAY: ([], []),
        date(2027, 3, 1): ([made], []),
        END: ([made], []),
        date(2027, 4, 1): ([], [made]),
    }
    assert not was_asked(get(ledger, made))
    move(ledger, made, ArticleDeed.ASK, DESKS_HAND, 9)
    assert was_asked(get(ledger, made))


def test_those_are_told_who_read_an_earlier_edition_and_may_find_this_one(
    ledger: Ledger, author: Hand, reviewer: Hand
) -> None:
    first = approved(ledger, author, reviewer, for_all=True)
    stock.publish(ledger, path_of(1), stock.material("ナレッジ"), "答えです。")
    found = stock.live(ledger)[0]
    citation = Citation(found.id, found.document_id, 1, found.title, found.locator, found.text, 0.9)
    citing = enter(ledger, inquiry("k7", body=CHIBA, at=NOW + MINUTE))
    record(ledger, citing.inquiry_id, answer(citations=(citation,)))
    second = ledger.write(lambda session: ArticleBook(session).revise(first, author, NOW + 4 * MINUTE))
    assert second is not None
    move(ledger, second, ArticleDeed.SUBMIT, author, 5)
    move(ledger, second, ArticleDeed.APPROVE, reviewer, 6)

    assert ledger.read(lambda session: ArticlePages(session).askers(get(ledger, first))) == []
    askers = ledger.read(lambda session: ArticlePages(session).askers(get(ledger, second)))
    assert [(one.consultation.municipality, one.told_at) for one in askers] == [(SAITAMA, None), (CHIBA, None)]

    key = told_key(second, citing.consultation_id)
    ledger.write(lambda s: Book(s).say(citing.consultation_id, key, CONSULTANT, "名", "変わりました", NOW))
    askers = ledger.read(lambda session: ArticlePages(session).askers(get(ledger, second)))
    assert [one.told_at for one in askers] == [None, NOW]


def test_there_is_no_article_of_that_name(ledger: Ledger) -> None:
    with pytest.raises(NotFound):
        get(ledger, ArticleId("none"))
