"""In real Chromium: the main run by keyboard alone, every page looked over, narrow, zoomed, without JavaScript."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from consultation.case import CaseId
from records.accounts import Role
from records.registry import Registry
from review.serve import Server
from tests.review.test_articles import approve, drafted, fields, submitted
from tests.review.world import QUOTE, World

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
LOOKING = (Path(__file__).parent / "looking.js").read_text(encoding="utf-8")
TIMEOUT_MS = 30_000
MOST_TABS = 60


def missing() -> str:
    """Why these tests cannot run here; empty: they can."""
    if not Path(CHROMIUM).exists():
        return f"no Chromium at {CHROMIUM} (Debian's chromium; or set CHROMIUM)"
    listing = shutil.which("fc-list")
    fonts = subprocess.run([listing, ":lang=ja"], capture_output=True, text=True, check=False).stdout if listing else ""
    return "" if fonts.strip() else "no Japanese font (Debian's fonts-ipafont-gothic)"


WHY_NOT = missing()
pytestmark = [pytest.mark.browser, pytest.mark.skipif(bool(WHY_NOT), reason=WHY_NOT or "can run")]


@pytest.fixture(scope="module")
def address(world: World) -> Iterator[str]:
    server = Server(world.app(), "127.0.0.1", 0)
    server.start()
    yield server.address
    server.stop()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        )
        yield browser
        browser.close()


@contextmanager
def window(chromium: Browser, width: int = 1280, *, javascript: bool = True) -> Iterator[Page]:
    """A window of its own; nothing may be said to its console (a breach of the CSP would be)."""
    context = chromium.new_context(
        viewport={"width": width, "height": 900}, locale="ja-JP", java_script_enabled=javascript
    )
    context.set_default_timeout(TIMEOUT_MS)
    page, said = context.new_page(), []
    page.on("console", lambda message: said.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    yield page
    context.close()
    assert [words for words in said if not words.startswith("Failed to load resource")] == []  # pages of refusal


def tab_to(page: Page, selector: str) -> None:
    """Go on by Tab until the element has the focus, and see that the focus shows."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert outline != "none", f"the focus on {selector} cannot be seen"
            return
    raise AssertionError(f"{selector} cannot be reached by Tab")


def press(page: Page, selector: str) -> None:
    """Go to a link or button, and on to the page it leads to."""
    tab_to(page, selector)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def try_as(page: Page, address: str, role: Role) -> None:
    page.goto(f"{address}/sign-in")
    press(page, f'form[action="/demo/{role}"] button')


def ask(page: Page, text: str) -> None:
    tab_to(page, "#text")
    page.keyboard.type(text)
    press(page, ".ask button")
    expect(page.locator(".waiting")).to_have_count(0, timeout=TIMEOUT_MS)


def test_the_main_run_needs_no_mouse(chromium: Browser, address: str) -> None:
    with window(chromium) as staff, window(chromium) as consultant:
        try_as(staff, address, Role.STAFF)
        ask(staff, "入所選考AIでどれくらい時間が減りましたか")
        expect(staff.locator(".source mark")).to_have_text(QUOTE)
        expect(staff.locator("#news")).to_have_text("回答が届きました。")

        ask(staff, "引継ぎ：資料にないことを聞きたい")
        expect(staff.locator(".progress [aria-current]")).to_contain_text("担当者待ち")

        try_as(consultant, address, Role.CONSULTANT)
        press(consultant, ".cases a")
        press(consultant, 'form[action$="/claim"] button')
        tab_to(consultant, "#text")
        consultant.keyboard.press("Control+A")
        consultant.keyboard.type("担当からお答えします。")
        press(consultant, 'form[action$="/reply"] button')
        expect(consultant.locator(".state-replied").first).to_be_visible()

        # Nobody reloads: the page of the staff asks again by itself.
        expect(staff.locator(".is-reply .text")).to_have_text("担当からお答えします。", timeout=TIMEOUT_MS)
        expect(staff.locator("#news")).to_have_text("担当コンサルタントの対応状況が変わりました。")

        press(consultant, 'form[action$="/resolve"] button')
        expect(consultant.locator(".state-resolved").first).to_be_visible()


def test_what_is_being_typed_survives_the_arrival_of_an_answer(world: World, chromium: Browser, address: str) -> None:
    world.answerer.delay_s = 1.5
    try:
        with window(chromium) as page:
            try_as(page, address, Role.STAFF)
            page.fill("#text", "ゆっくり答える質問")
            page.click(".ask button")
            page.locator(".on #text").press_sequentially("書きかけの続き")
            expect(page.locator(".answer:not(.waiting)")).to_be_visible(timeout=TIMEOUT_MS)
            expect(page.locator("#text")).to_have_value("書きかけの続き")
            assert page.evaluate("document.activeElement.id") == "text"
    finally:
        world.answerer.delay_s = 0.0


def test_a_correction_that_is_being_typed_stays_when_the_case_moves(
    world: World, chromium: Browser, address: str
) -> None:
    with window(chromium) as page:
        try_as(page, address, Role.STAFF)
        ask(page, "引継ぎ：訂正を書いている質問")
        page.click(".question summary")
        page.fill(".question textarea", "書きかけの訂正")
        way = page.locator('form[action$="/withdraw"]').get_attribute("action") or ""
        case = CaseId(way.split("/")[2])
        world.desk.cases.claim(case, world.ledger.read(lambda session: Registry(session).consultants())[0])
        expect(page.locator(".progress [aria-current]")).to_contain_text("対応中", timeout=TIMEOUT_MS)
        expect(page.locator(".question textarea")).to_have_value("書きかけの訂正")
        expect(page.locator(".question textarea")).to_be_visible()
        assert page.evaluate("document.activeElement.name") == "text"


def test_a_verdict_is_given_without_leaving_the_place(chromium: Browser, address: str) -> None:
    with window(chromium) as page:
        try_as(page, address, Role.STAFF)
        ask(page, "評価してもらう質問")
        before = page.url
        tab_to(page, 'button[name="helpful"][value="true"]')
        page.keyboard.press("Enter")
        expect(page.locator('button[aria-pressed="true"]')).to_contain_text("役に立った")
        assert page.url == before
        assert page.evaluate("document.activeElement.value") == "true"


def test_everything_works_without_javascript(world: World, chromium: Browser, address: str) -> None:
    with window(chromium, javascript=False) as page:
        page.goto(f"{address}/sign-in")
        page.click('form[action="/demo/staff"] button')
        page.fill("#text", "スクリプトなしの質問")
        page.click(".ask button")
        world.settled()
        page.reload()  # test_asking sees the page's own refresh: Chromium's switch leaves <noscript> unread
        expect(page.locator(".source mark")).to_have_text(QUOTE)
        page.click('button[name="helpful"][value="false"]')
        expect(page.locator('button[aria-pressed="true"]')).to_contain_text("役に立たなかった")
        page.click('form[action$="/person"] button')
        expect(page.locator(".progress [aria-current]")).to_contain_text("担当者待ち")


@pytest.mark.parametrize("width", [1280, 390], ids=["desk", "phone"])
def test_the_folded_part_of_the_form_can_be_read_and_works_without_javascript(
    world: World, chromium: Browser, address: str, width: int
) -> None:
    with window(chromium, width, javascript=False) as page:
        page.goto(f"{address}/sign-in")
        page.click('form[action="/demo/staff"] button')
        page.fill("#text", "畳まれたところも使う質問")
        page.click(".ask summary")
        page.select_option("#topic", "T05")
        page.fill("#by", "2020-01-01")
        page.check("#person")
        page.click(".ask button")
        expect(page.get_by_role("alert")).to_contain_text("過ぎた日は選べません")
        assert page.evaluate(LOOKING) == []
        page.fill("#by", "")
        page.click(".ask button")
        world.settled()
        page.reload()
        expect(page.locator(".question .meta").first).to_have_text("分類：推進体制・人材　担当者への直接のご相談")


@pytest.fixture(scope="module")
def paths(world: World) -> dict[Role | None, list[str]]:
    """Every page, by who sees it; an answer and a hand-over among them."""
    app = world.app()
    staff = world.browser(app)
    staff.get("/sign-in")
    staff.post("/demo/staff")
    answered, handed_over, asked_back = (world.asked(staff, text) for text in ("答え", "引継ぎの質問", "どれですか"))
    consultant = world.signed_in(Role.CONSULTANT, app=app)
    case = consultant.get("/cases").text.partition('href="/cases/')[2].partition('"')[0]
    theirs = world.browser(app)
    theirs.get("/sign-in")
    theirs.post("/demo/consultant")
    draft = drafted(world, theirs, "引継ぎ：当町では案の画面を見ますか")
    handed_in = submitted(world, theirs, "引継ぎ：当町では承認の画面を見ますか", scope="all", answer="見ます。")
    reviewer = world.signed_in(Role.REVIEWER, app=app)
    approved = submitted(world, theirs, "引継ぎ：承認済みの案の画面", answer="見られます。")
    approve(reviewer, approved)
    theirs.get(approved)
    revised = str(theirs.post(f"{approved}/revise").headers["location"])
    theirs.get(revised)
    theirs.post(revised, **fields(world, revised, answer="もう見られません。", then="submit"))
    approve(reviewer, revised)
    log = handed_over.replace("/consultations/", "/log/")
    return {
        None: ["/sign-in", "/invitation/void"],
        Role.STAFF: ["/", "/?example=1", "/consultations", answered, handed_over, asked_back, "/nowhere", "/log"],
        Role.CONSULTANT: ["/cases", f"/cases/{case}", "/team", "/weekly", "/knowledge", draft, handed_in, revised],
        Role.REVIEWER: [
            "/log",
            "/log?since=x",
            log,
            answered.replace("/consultations/", "/log/"),
            "/knowledge",
            draft,
            handed_in,
            revised,
        ],
        Role.OPERATOR: ["/people"],
    }


@pytest.mark.parametrize("role", [None, *Role])
@pytest.mark.parametrize("width", [1280, 640, 390], ids=["desk", "zoomed to 200 %", "phone"])
def test_every_page_can_be_read_by_everybody(
    chromium: Browser, address: str, paths: dict[Role | None, list[str]], role: Role | None, width: int
) -> None:
    with window(chromium, width) as page:
        page.goto(f"{address}/sign-in")
        if role is not None:
            page.click(f'form[action="/demo/{role}"] button')
        faults = {}
        for path in paths[role]:
            response = page.goto(address + path)
            assert response is not None
            found = page.evaluate(LOOKING)
            if found:
                faults[path] = found
    assert faults == {}
