"""A whole case in a whole house over three Slack workspaces: from not being sure to an article that answers another."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.door import SlackDoor
from consultation.article import Hand
from consultation.case import CaseState
from consultation.inquiry import Channel, Place
from consultation.rating import Score
from desk.articles import ArticleDone
from ingest.sync import Wish
from madoguchi.house import House, open_house
from madoguchi.settings import read_settings
from records.accounts import Accounts, Profile, Role
from records.articles import Words
from records.ledger import Session
from records.pages import Pages
from records.registry import Registry
from records.rows import ArticleRow, CaseRow
from tests.answering.shelf import COST, NURSERY
from tests.bot.bench import CONSULTANTS, MINATO, OTHER_STAFF, SATO, SHINGU, STAFF
from tests.bot.several import ADMINS, Browser, a_twin, free_port
from tests.madoguchi.test_knowledge_loop import ANSWER, OTHERS, OURS, QUESTION
from tests.twins.slack import SlackTwin

INSIDE = "内緒の相談：先方の予算は三百万円"
REPLY = f"{ANSWER}要領に消す日を書いておくと、職員が迷いません。"


@pytest.fixture
def twin() -> Iterator[SlackTwin]:
    with a_twin() as running:
        yield running
        assert running.violations == []


@pytest.fixture
def house(twin: SlackTwin, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    """The house as `madoguchi run` opens it, its app installed in the three workspaces."""
    folder, port = tmp_path / "materials", free_port()
    folder.mkdir()
    for passage in (NURSERY, COST):
        (folder / f"{passage.id}.md").write_text(f"# {passage.title}\n\n{passage.text}\n", encoding="utf-8")
    told = {"MADOGUCHI_HOME": str(tmp_path / "home"), "MADOGUCHI_SLACK_MODE": "http", "MADOGUCHI_SLACK_PORT": str(port)}
    for name, value in (twin.oauth_environ() | told | {"MADOGUCHI_CONSULTANT_CHANNEL": f"T3:{CONSULTANTS}"}).items():
        monkeypatch.setenv(name, value)
    with open_house(read_settings()) as opened:
        list(opened.intake.bring_in([folder], Wish()))
        opened.knowledge.refresh()
        opened.ledger.write(_registered)
        door = SlackDoor(opened.settings.slack, opened.desk, opened.ledger)
        door.start()
        twin.http(f"http://127.0.0.1:{port}/slack/events")
        for team, admin in ADMINS.items():
            browser = Browser(f"127.0.0.1:{port}")
            assert browser.come_back(twin.consent(browser.begin(), team, admin)).status == 200
        yield opened
        door.stop()


def _registered(session: Session) -> None:
    registry, now = Registry(session), datetime.now(UTC)
    for body, team, channel in ((OURS, "T1", SHINGU), (OTHERS, "T2", MINATO)):
        registry.add_municipality(body, now)
        registry.join_channel(team, channel, body.code)
    registry.add_consultant("佐藤", SATO, (), (), now)


def the_case(house: House, ts: str) -> CaseRow:
    def view(session: Session) -> CaseRow:
        standing = Pages(session).consultation_at(Place(Channel.SLACK, "T1", SHINGU, ts))
        assert standing is not None
        return Pages(session).file(standing.id).cases[-1]

    return house.ledger.read(view)


def said(twin: SlackTwin, ts: str, words: str) -> None:
    """Wait until the asker reads it."""
    twin.wait(lambda t: words in str([(m.text, m.blocks) for m in t.answers(SHINGU, ts, "T1")]))


def pressed(twin: SlackTwin, channel: str, root: str, action: str, user: str) -> None:
    """Press a button of our newest message in a thread that has it, once it stands."""
    theirs = twin.wait(lambda t: [m for m in t.thread(channel, root) if m.bot_id and action in str(m.blocks)])
    assert twin.click(channel, theirs[-1].ts, action, user).acked


def approved(house: House, case: CaseRow) -> ArticleRow:
    """Its consultant makes an article of it for all bodies; somebody else approves it."""

    def hands(session: Session) -> tuple[Hand, Hand]:
        accounts, now = Accounts(session), datetime.now(UTC)
        until, owner = now + timedelta(days=1), case.owner
        assert owner is not None
        author = accounts.invite(Profile("sato", owner.name, Role.CONSULTANT, None, owner.id), now, until).account
        other = accounts.invite(Profile("kakunin", "確認 花子", Role.REVIEWER), now, until).account
        return Hand(author.id), Hand(other.id, is_reviewer=True)

    author, reviewer = house.ledger.write(hands)
    draft = house.articles.draft(case.id, case.owner, author)
    assert isinstance(draft, ArticleDone)
    words = Words(draft.article.question, draft.article.answer, True, draft.article.expires_on, ())
    house.articles.save(draft.article.id, words, author)
    sent = house.articles.submit(draft.article.id, author)
    assert isinstance(sent, ArticleDone)
    done = house.articles.approve(draft.article.id, reviewer, sent.article.seen)
    assert isinstance(done, ArticleDone)
    return done.article


def asked_elsewhere(twin: SlackTwin) -> str:
    """What the other body reads when it asks the same."""
    again = twin.say(MINATO, OTHER_STAFF, f"{QUESTION}。", mention=True)
    assert again.wait()
    answer = twin.wait(lambda t: t.answers(MINATO, again.ts, "T2"))[0]
    return f"{answer.text}{answer.blocks}"


def test_from_not_being_sure_to_an_article_that_answers_another_body(house: House, twin: SlackTwin) -> None:
    # Not sure: handed over, and the asker knows until when and to whom.
    question = twin.say(SHINGU, STAFF, f"{QUESTION}。", mention=True)
    assert question.wait()
    ts = question.ts
    said(twin, ts, "最初のお返事は")
    card = twin.wait(lambda t: [m.ts for m in t.messages(CONSULTANTS) if not m.is_reply and m.bot_id])[0]
    turned = the_case(house, ts).turned_to
    assert turned is not None
    assert turned.slack_user == SATO

    # Claimed; colleagues talk, and ask the machine aside.
    assert twin.click(CONSULTANTS, card, "handoff.claim", SATO).acked
    said(twin, ts, "佐藤")
    assert twin.say(CONSULTANTS, SATO, INSIDE, card).wait()
    assert twin.say(CONSULTANTS, SATO, "似た相談", card, mention=True).wait()
    twin.wait(lambda t: "見つかりませんでした" in str([(m.text, m.blocks) for m in t.answers(CONSULTANTS, card, "T3")]))

    # Sent by the message's menu; corrected where it was written.
    written = twin.say(CONSULTANTS, SATO, REPLY.replace("30日", "三十日"), card)
    assert written.wait()
    twin.shortcut(CONSULTANTS, written.ts, "relay.offer", SATO).view()
    assert twin.submit(SATO, {"reply": {"reply": REPLY.replace("30日", "三十日")}}).errors == {}
    said(twin, ts, "三十日以内")
    assert all(one.wait() for one in twin.edit(CONSULTANTS, written.ts, REPLY))
    said(twin, ts, "30日以内")

    # A follow-up goes to the person; then it is resolved, confirmed and rated.
    more = twin.say(SHINGU, STAFF, "要領のひな形はありますか", ts)
    assert more.wait()
    twin.wait(lambda t: "要領のひな形はありますか" in str([m.blocks for m in t.answers(CONSULTANTS, card, "T3")]))
    assert twin.click(CONSULTANTS, card, "handoff.resolve", SATO).acked
    pressed(twin, SHINGU, ts, "handoff.confirm", STAFF)
    pressed(twin, SHINGU, ts, "rating.good", STAFF)
    case = the_case(house, ts)
    assert (case.state, [one.score for one in case.ratings]) == (CaseState.CLOSED, [Score.GOOD])

    # Nothing internal was ever seen by a municipality, in no message and in no call to Slack.
    theirs = [call for call in twin.calls if call.args.get("channel") in {SHINGU, MINATO}]
    assert theirs
    assert INSIDE not in str([call.args for call in theirs])
    for user in (STAFF, OTHER_STAFF):
        assert not any(
            INSIDE in f"{m.text}{m.blocks}" or "似た相談" in f"{m.text}{m.blocks}" for m in twin.visible(user)
        )

    # An article of it, approved by another, answers the same question of another body, citing it.
    assert twin.messages(MINATO) == []
    approved(house, case)
    deadline = time.monotonic() + 60
    while ANSWER not in (shown := asked_elsewhere(twin)):  # the index follows by itself, soon
        assert time.monotonic() < deadline, shown
    assert "ナレッジ K-0001" in shown
    assert OURS.name not in shown
