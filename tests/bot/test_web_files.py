"""Files between the web and Slack: whoever asks or answers on the one, the other side has them, byte for byte."""

from answering.answerer import NOTHING
from consultation.attachment import AttachmentState
from consultation.municipality import municipality
from desk.articles import ArticleDesk
from desk.wording import UNFIT
from records.accounts import Role
from records.held import HeldBook
from records.pages import Pages
from tests.bot.bench import BODY, CONSULTANTS, SATO, SHINGU, STAFF, Bench, files_of, slack_settings
from tests.bot.test_files import BOOK, NEED, PDF, PROGRAM, ask_with, compose, delivered, noted, said
from tests.review.test_files import link
from tests.review.world import Browser, World
from tests.twins.slack import Fault

OURS = municipality(BODY, "新座市", "埼玉県")


def web_of(bench: Bench) -> World:
    """The web on the bench's log and desk."""
    files = files_of(bench.home, bench.ledger, slack_settings(bench.twin, "socket"))
    articles = ArticleDesk(bench.ledger, bench.desk._engine, lambda: None, lambda *_: NOTHING)
    return World(bench.ledger, bench.desk, bench.answerer, articles, files)  # type: ignore[arg-type]


def case_of(consultant: Browser, bench: Bench) -> str:
    """The path of the one open case, claimed."""
    [case] = bench.ledger.read(lambda session: Pages(session).open_cases())
    consultant.get(f"/cases/{case.id}")
    consultant.post(f"/cases/{case.id}/claim")
    consultant.get(f"/cases/{case.id}")
    return f"/cases/{case.id}"


def test_who_asks_on_the_web_and_who_answers_in_slack_have_each_others_files(bench: Bench):
    web = web_of(bench)
    staff = web.signed_in(Role.STAFF, OURS)
    path = web.asked(staff, NEED, ("保育所の計画.pdf", PDF))
    card = bench.card()

    assert delivered(bench, CONSULTANTS, card) == [("保育所の計画.pdf", PDF)]
    bench.twin.wait(lambda _: [file.state for file in noted(bench)] == [AttachmentState.DELIVERED])
    assert staff.get(link(staff, path, "保育所の計画.pdf")).content == PDF
    assert PDF[:300] not in bench.everything_kept()  # sealed

    bench.twin.click(CONSULTANTS, card, "handoff.claim", SATO)
    bench.twin.wait(lambda _: bench.button(CONSULTANTS, card, "handoff.compose"))
    theirs, trap = bench.twin.file(SATO, "費用の表.xlsx", BOOK), bench.twin.file(SATO, "手引.pdf", PROGRAM)
    assert compose(bench, card, "表のとおりです。", theirs, trap) == {}

    where = link(staff, path, "費用の表.xlsx")
    bench.twin.fault("files.info", Fault.rate_limited(1))
    away = staff.get(where)
    assert (away.status_code, "少し待ってから" in away.text) == (503, True)
    assert staff.get(where).content == BOOK
    refused = staff.get(link(staff, path, "手引.pdf"))
    assert (refused.status_code, UNFIT["content"] in refused.text) == (409, True)
    assert PROGRAM[:4] not in refused.content
    assert "団体に送ろうとした「手引.pdf」は" in said(bench, CONSULTANTS, card, UNFIT["content"])
    assert link(staff, path, "手引.pdf") == ""
    bench.twin.remove_file(theirs)
    gone = staff.get(where)
    assert (gone.status_code, UNFIT["gone"] in gone.text) == (410, True)


def test_who_asks_in_slack_and_who_answers_on_the_web_have_each_others_files(bench: Bench):
    web = web_of(bench)
    consultant, colleague = web.signed_in(Role.CONSULTANT), web.signed_in(Role.STAFF, OURS)
    ts = ask_with(bench, bench.twin.file(STAFF, "計画.pdf", PDF))
    bench.card()
    case = case_of(consultant, bench)

    assert consultant.get(link(consultant, case, "計画.pdf")).content == PDF
    listed = colleague.get("/consultations").text.partition('href="/consultations/')[2].partition("#")[0]
    assert colleague.get(link(colleague, f"/consultations/{listed}", "計画.pdf")).content == PDF
    consultant.get(case)
    sent = consultant.post(f"{case}/reply", text="表です。", nonce="n", files=[("表.xlsx", BOOK), ("手引.pdf", PDF)])

    assert sent.status_code == 303
    assert delivered(bench, SHINGU, ts, 2) == [("表.xlsx", BOOK), ("手引.pdf", PDF)]
    assert "表.xlsx" in said(bench, CONSULTANTS, bench.card(), "送りました")
    turn = consultant.get(case).text.partition("/replies/")[2].partition("/")[0]
    consultant.post(f"{case}/replies/{turn}/recall")
    bench.twin.wait(lambda t: t.files_in(SHINGU, ts) == [])
    assert bench.ledger.read(lambda session: HeldBook(session).count()) == 0
