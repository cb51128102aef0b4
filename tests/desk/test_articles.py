"""The desk and articles: what goes into the library, and who in Slack is told of a changed answer, once."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from answering.answerer import NOTHING
from consultation.article import ArticleId, Hand
from consultation.inquiry import InquiryId
from consultation.municipality import MunicipalityCode
from consultation.outcome import Citation
from consultation.passage import Passage
from desk import wording
from desk.articles import ArticleDesk, ArticleDone, ArticleOutcome
from desk.casework import Refused
from desk.shelving import LONGEST_TITLE, material_of, pieces_of
from knowledge.retrieval import Retrieval
from records.accounts import Accounts, Profile, Role
from records.articles import ArticleBook, Draft, Words
from records.rows import ArticleRow
from records.staging import Staging
from tests.desk.bench import Bench
from tests.records import stock
from tests.records.stock import NOW, SAITAMA


def nothing(_question: str, _body: MunicipalityCode, _on: date) -> Retrieval:
    return NOTHING


class Office:
    """An article desk on the bench's log, a consultant's account and a reviewer's."""

    def __init__(self, bench: Bench) -> None:
        self.bench = bench
        self.followed = 0
        self.desk = ArticleDesk(bench.ledger, bench.engine, self._follow, nothing)
        self.consultant = bench.consultants[0]
        self.author = Hand(self._account("suzuki", Role.CONSULTANT))
        self.reviewer = Hand(self._account("reviewer", Role.REVIEWER), is_reviewer=True)

    def _follow(self) -> None:
        self.followed += 1

    def _account(self, login: str, role: Role) -> str:
        consultant_id = self.consultant.id if role is Role.CONSULTANT else None
        profile = Profile(login, f"{login}さん", role, None, consultant_id)
        return self.bench.ledger.write(
            lambda session: Accounts(session).invite(profile, NOW, NOW + timedelta(days=1)).account.id
        )

    def resolved(self, text: str, room: str, reply: str = "30日以内です。") -> InquiryId:
        asked = self.bench.ask(text, room)
        case = self.bench.case(asked)
        self.bench.desk.cases.claim(case, self.consultant)
        self.bench.desk.cases.reply(case, self.consultant, reply, f"r:{case}")
        self.bench.desk.cases.resolve(case, self.consultant)
        return asked

    def approved(self, text: str, room: str) -> ArticleRow:
        case = self.bench.case(self.resolved(text, room))
        return self.let_through(done(self.desk.draft(case, self.consultant, self.author)))

    def let_through(self, draft: ArticleRow, **changed: object) -> ArticleRow:
        said = {"for_all": draft.for_all, "answer": draft.answer} | changed
        words = Words(draft.question, str(said["answer"]), bool(said["for_all"]), draft.expires_on, {1, 2})
        done(self.desk.save(draft.id, words, self.author))
        seen = done(self.desk.submit(draft.id, self.author)).seen
        return done(self.desk.approve(draft.id, self.reviewer, seen))

    def changed(self, article_id: ArticleId, answer: str) -> ArticleRow:
        return self.let_through(done(self.desk.revise(article_id, self.author)), answer=answer)


@pytest.fixture(scope="module")
def office(bench: Bench) -> Office:
    return Office(bench)


def done(outcome: ArticleOutcome) -> ArticleRow:
    assert isinstance(outcome, ArticleDone), outcome
    return outcome.article


def coming(bench: Bench, article: ArticleRow) -> Sequence[Passage]:
    passages = bench.ledger.read(lambda session: Staging(session).coming()).passages
    return [one for one in passages if one.locator == f"ナレッジ {article.label}"]


def test_who_asked_in_slack_is_told_of_a_changed_answer_in_their_thread_once(office: Office, room: str) -> None:
    bench = office.bench
    first = office.approved("担当者に聞く録音の件", room)
    second = office.changed(first.id, "60日以内です。")

    for _ in range(2):
        done(office.desk.tell(second.id, office.reviewer))

    posts = bench.settled(5, room)
    assert [post["purpose"] for post in posts] == ["outcome", "claimed", "reply", "resolved", "article_changed"]
    assert "60日以内です。" in posts[-1]["text"]
    assert "担当者に聞く録音の件" in posts[-1]["text"]
    assert posts[-1]["thread"] == posts[0]["thread"]


def test_telling_is_the_reviewers(office: Office, room: str) -> None:
    first = office.approved("担当者に聞く別の件", room)
    second = office.changed(first.id, "変わりました。")

    assert office.desk.tell(second.id, office.author) == Refused(wording.ARTICLE_NOT_YOURS)
    assert "article_changed" not in office.bench.channels.purposes(room)


def test_an_approval_has_the_index_follow_and_a_refusal_does_not(office: Office, room: str) -> None:
    case = office.bench.case(office.resolved("担当者に聞く索引の件", room))
    draft = done(office.desk.draft(case, office.consultant, office.author))
    done(office.desk.submit(draft.id, office.author))
    before = office.followed

    assert isinstance(office.desk.approve(draft.id, office.author, draft.seen), Refused)
    assert (office.followed, coming(office.bench, draft)) == (before, [])
    approved = done(office.desk.approve(draft.id, office.reviewer, draft.seen))
    assert office.followed == before + 1
    assert [one.text for one in coming(office.bench, approved)] == ["30日以内です。"]


def test_the_title_of_a_material_of_one_body_stands_in_no_article_for_all(office: Office, room: str) -> None:
    bench = office.bench
    secret = stock.material("見せない資料", visible_to=frozenset({SAITAMA.code}))
    stock.publish(bench.ledger, "secret.md", secret, "秘密の文です。")
    stock.publish(bench.ledger, "open.md", stock.material("公開の資料"), "公開の文です。")
    cited = [
        Citation(one.id, one.document_id, one.document_version, one.title, one.locator, one.text, 0.5)
        for one in stock.live(bench.ledger)
        if one.text in {"秘密の文です。", "公開の文です。"}
    ]
    case = bench.case(office.resolved("担当者に聞く資料の件", room))
    begun = Draft("資料の件ですか", "こうです。", SAITAMA.code, case, cited)
    bench.ledger.write(lambda session: ArticleBook(session).draft(begun, office.author, NOW))
    draft = done(office.desk.draft(case, office.consultant, office.author))

    own = office.let_through(draft)
    assert "『見せない資料』" in coming(bench, own)[0].source
    for_all = office.let_through(done(office.desk.revise(own.id, office.author)), for_all=True)
    assert "見せない資料" not in coming(bench, for_all)[0].source
    assert "『公開の資料』（p.1）" in coming(bench, for_all)[0].source


def test_a_long_question_stands_whole_over_the_passages_and_cut_in_the_title(office: Office, room: str) -> None:
    article = office.approved(f"担当者に聞く{'とても' * 40}長い件", room)

    title = material_of(article, ()).title
    assert len(title) <= len(wording.ARTICLE_TITLE.format(question="")) + LONGEST_TITLE
    assert [one.heading for one in pieces_of(article)] == [(article.question,)]


def test_an_answer_of_lines_and_points_is_cut_as_any_material(office: Office, room: str) -> None:
    article = office.changed(
        office.approved("担当者に聞く手順の件", room).id, "手順は次のとおりです。\n・棚卸し\n・試算\n"
    )

    pieces = pieces_of(article)
    assert "".join(pieces[0].sentences) == pieces[0].text == "手順は次のとおりです。\n・棚卸し\n・試算"
