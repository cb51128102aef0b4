"""The knowledge pages: from a resolved case to an approved article, by two people; what is refused, what is shown."""

import html
from datetime import UTC, date, datetime, timedelta

import pytest

from consultation.article import ArticleId, ArticleState, end_of_fiscal_year
from consultation.calendar import tokyo_date
from desk import wording as desk
from records.accounts import Role
from records.article_pages import ArticlePages
from records.rows import ArticleRow
from records.staging import Staging
from tests.review.test_casework import handed_over
from tests.review.world import QUOTE, Browser, World

REPLY = "見本町では、録音データは30日以内に消してください。お世話になっております。"


def resolved(world: World, consultant: Browser, text: str, reply: str = REPLY) -> tuple[Browser, str, str]:
    """A hand-over answered and resolved: its asker, the conversation's path and the case's."""
    staff, path, case = handed_over(world, text, consultant)
    consultant.get(case)
    consultant.post(f"{case}/claim")
    consultant.get(case)
    consultant.post(f"{case}/reply", text=reply, nonce=case)
    consultant.get(case)
    consultant.post(f"{case}/resolve")
    consultant.get(case)
    return staff, path, case


def drafted(world: World, consultant: Browser, text: str, reply: str = REPLY) -> str:
    """The path of a new draft."""
    _, _, case = resolved(world, consultant, text, reply)
    response = consultant.post(f"{case}/article")
    assert response.status_code == 303
    return str(response.headers["location"])


def row(world: World, path: str) -> ArticleRow:
    found = ArticleId(path.rpartition("/")[2])
    return world.ledger.read(lambda session: ArticlePages(session).get(found))


def fields(world: World, path: str, **changed: str) -> dict[str, str]:
    stands = row(world, path)
    plain = {
        "question": stands.question,
        "answer": stands.answer,
        "scope": "all" if stands.for_all else "own",
        "expires": stands.expires_on.isoformat(),
        "source": "1",
    }
    return plain | changed


def submitted(world: World, consultant: Browser, text: str, **changed: str) -> str:
    path = drafted(world, consultant, text)
    consultant.get(path)
    response = consultant.post(path, **fields(world, path, then="submit", **changed))
    assert response.status_code == 303, consultant.page
    return path


def approve(reviewer: Browser, path: str) -> None:
    reviewer.get(path)
    response = reviewer.post(f"{path}/approve", seen=reviewer.field("seen"))
    assert response.status_code == 303, reviewer.page


def test_a_resolved_case_becomes_an_article_that_another_person_approves(world: World) -> None:
    consultant, reviewer = world.signed_in(Role.CONSULTANT), world.signed_in(Role.REVIEWER)
    path = drafted(world, consultant, "引継ぎ：当町の録音データは何日で消しますか。")
    page = consultant.get(path).text
    assert "<del>" in page
    assert "（除いた：</span>お世話" in page
    assert "承認する" not in page

    consultant.post(
        path, **fields(world, path, answer="録音データは30日以内に消してください。", scope="all", then="submit")
    )
    assert row(world, path).state is ArticleState.SUBMITTED
    assert path in reviewer.get("/knowledge?state=submitted").text
    approve(reviewer, path)

    stands = row(world, path)
    assert (stands.state, stands.for_all) == (ArticleState.APPROVED, True)
    (coming,) = [
        one
        for one in world.ledger.read(lambda session: Staging(session).coming()).passages
        if one.locator == f"ナレッジ {stands.label}"
    ]
    assert coming.text == "録音データは30日以内に消してください。"
    assert coming.title == f"ナレッジ：{stands.question}"
    assert "担当コンサルタントの回答（令和" in coming.source
    assert "優良事例08" in coming.source
    assert coming.visible_to is None
    assert coming.valid_until == end_of_fiscal_year(tokyo_date(datetime.now(UTC)))


def test_only_who_answered_a_resolved_case_drafts_and_twice_is_once(world: World) -> None:
    consultant, other = world.signed_in(Role.CONSULTANT), world.signed_in(Role.CONSULTANT)
    _, _, case = handed_over(world, "引継ぎ：まだ終わらない相談", consultant)
    consultant.get(case)
    consultant.post(f"{case}/claim")
    assert "ナレッジの案を作る" not in consultant.get(case).text
    assert desk.ARTICLE_NOT_RESOLVED in consultant.post(f"{case}/article").text

    _, _, case = resolved(world, consultant, "引継ぎ：終わった相談")
    assert "ナレッジの案を作る" in consultant.page
    other.get(case)
    assert "ナレッジの案を作る" not in other.page
    assert desk.ARTICLE_NOT_OWN_CASE in other.post(f"{case}/article").text
    paths = {consultant.post(f"{case}/article").headers["location"] for _ in range(2)}
    assert len(paths) == 1


def test_who_wrote_it_cannot_approve_it_nor_a_consultant_at_all(world: World) -> None:
    consultant = world.signed_in(Role.CONSULTANT)
    path = submitted(world, consultant, "引継ぎ：自分で承認したい")
    consultant.get(path)

    assert consultant.post(f"{path}/approve", seen=row(world, path).seen).status_code == 403
    assert row(world, path).state is ArticleState.SUBMITTED


def test_it_comes_back_with_a_reason_and_goes_out_again(world: World) -> None:
    consultant, reviewer = world.signed_in(Role.CONSULTANT), world.signed_in(Role.REVIEWER)
    path = submitted(world, consultant, "引継ぎ：差し戻される案")
    reviewer.get(path)
    refused = reviewer.post(f"{path}/return", why=" ")
    assert (refused.status_code, desk.ARTICLE_NO_REASON in refused.text) == (409, True)
    assert reviewer.post(f"{path}/return", why="根拠の資料を確かめてください。").status_code == 303

    assert "根拠の資料を確かめてください。" in consultant.get(path).text
    consultant.post(path, **fields(world, path, answer="確かめました。", then="submit"))
    stale = reviewer.field("seen") or "0" * 16
    refused = reviewer.post(f"{path}/approve", seen=stale)
    assert (refused.status_code, desk.ARTICLE_CHANGED_MEANWHILE in refused.text) == (409, True)
    approve(reviewer, path)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"question": " "}, desk.ARTICLE_EMPTY),
        ({"answer": "長" * 8_001}, desk.ARTICLE_TOO_LONG.partition("{")[0]),
        ({"expires": "2020-03-31"}, desk.ARTICLE_BAD_EXPIRY),
        ({"expires": "いつか"}, "日付は"),
        ({"answer": "見本町では30日です。", "scope": "all", "then": "submit"}, "「見本町」が残っています"),
    ],
    ids=["empty", "too long", "over already", "no date", "names the body"],
)
def test_what_cannot_be_taken_comes_back_as_it_was_typed(world: World, wrong: dict[str, str], sentence: str) -> None:
    consultant = world.signed_in(Role.CONSULTANT)
    path = drafted(world, consultant, f"引継ぎ：直してもらう案{sentence[:4]}")
    consultant.get(path)

    refused = consultant.post(path, **fields(world, path, **wrong))

    assert refused.status_code == 409
    assert sentence in html.unescape(refused.text)
    assert wrong.get("answer", wrong.get("question", "")).strip() in refused.text
    assert row(world, path).state is ArticleState.DRAFT


def test_personal_data_is_masked_before_it_is_stored(world: World) -> None:
    consultant = world.signed_in(Role.CONSULTANT)
    path = drafted(world, consultant, "引継ぎ：伏せてほしい案")
    consultant.get(path)
    consultant.post(path, **fields(world, path, answer="住民の山田太郎さんの電話は090-1234-5678です。"))

    assert "090-1234-5678" not in row(world, path).answer
    assert "〔電話番号〕" in row(world, path).answer


def test_sources_that_are_unticked_go(world: World) -> None:
    consultant = world.signed_in(Role.CONSULTANT)
    path = drafted(world, consultant, "引継ぎ：資料を外す案")
    assert [source.quote for source in row(world, path).sources] == [QUOTE]
    consultant.get(path)
    consultant.post(path, **fields(world, path, source="9"))
    assert row(world, path).sources == ()


def test_the_same_question_is_shown_as_near_and_merged_into_its_next_edition(world: World) -> None:
    one, other, reviewer = (world.signed_in(role) for role in (Role.CONSULTANT, Role.CONSULTANT, Role.REVIEWER))
    first = submitted(world, one, "引継ぎ：契約書に何を書けばよいですか", scope="all", answer="秘密保持を書きます。")
    approve(reviewer, first)
    twin = drafted(world, other, "引継ぎ：契約書には何を書けばよいですか？")
    page = other.get(twin).text
    assert "この案をまとめる" in page
    assert first in page

    other.post(f"{twin}/merge", into=first.rpartition("/")[2])

    merged, stands = row(world, twin), row(world, first)
    assert (merged.number, merged.edition, merged.for_all) == (stands.number, 2, True)
    other.get(twin)
    other.post(twin, **fields(world, twin, answer="秘密保持と再委託を書きます。", then="submit"))
    approve(reviewer, twin)
    assert (row(world, first).state, row(world, twin).state) == (ArticleState.REPLACED, ArticleState.APPROVED)
    assert "旧版" in reviewer.get(first).text


def test_who_was_answered_by_the_edition_before_is_told_once(world: World) -> None:
    consultant, reviewer = world.signed_in(Role.CONSULTANT), world.signed_in(Role.REVIEWER)
    staff, conversation, case = resolved(world, consultant, "引継ぎ：あとで変わる答え")
    first = str(consultant.post(f"{case}/article").headers["location"])
    consultant.get(first)
    consultant.post(first, **fields(world, first, answer="30日以内です。", then="submit"))
    approve(reviewer, first)
    assert "変更を知らせる" not in reviewer.get(first).text

    consultant.get(first)
    second = str(consultant.post(f"{first}/revise").headers["location"])
    consultant.get(second)
    consultant.post(second, **fields(world, second, answer="制度が変わり、60日以内です。", then="submit"))
    approve(reviewer, second)
    assert "変更を知らせる（1件）" in reviewer.get(second).text

    for _ in range(2):
        reviewer.post(f"{second}/tell")
    page = staff.get(conversation).text
    assert page.count("制度が変わり、60日以内です。") == 1
    assert "回答の内容が新しくなりました" in page
    assert "変更を知らせる（" not in reviewer.get(second).text


def test_the_owner_renews_and_anyone_elses_renewal_is_refused(world: World) -> None:
    consultant, reviewer = world.signed_in(Role.CONSULTANT), world.signed_in(Role.REVIEWER)
    path = submitted(world, consultant, "引継ぎ：更新される案")
    approve(reviewer, path)
    before = row(world, path).expires_on
    reviewer.get(path)
    assert reviewer.post(f"{path}/renew").status_code == 409
    consultant.get(path)
    assert consultant.post(f"{path}/renew").status_code == 303

    assert row(world, path).expires_on == date(before.year + 1, 3, 31)
    assert row(world, path).state is ArticleState.APPROVED


def test_what_nears_its_end_asks_its_owner_on_their_page_alone(world: World) -> None:
    consultant, other, reviewer = (world.signed_in(role) for role in (Role.CONSULTANT, Role.CONSULTANT, Role.REVIEWER))
    path = submitted(world, consultant, "引継ぎ：期限が近い案")
    approve(reviewer, path)
    expires = row(world, path).expires_on
    at = datetime(expires.year, expires.month, expires.day, tzinfo=UTC) - timedelta(days=10)
    asked = world.articles.ask_owners(at)
    assert asked.asked >= 1
    assert world.articles.ask_owners(at).asked == 0
    due = "まだ正しいかご確認ください"
    assert due in consultant.get("/knowledge").text
    assert due not in other.get("/knowledge").text

    late = world.articles.ask_owners(at + timedelta(days=20))
    assert late.expired >= 1
    assert row(world, path).state is ArticleState.EXPIRED
    consultant.get("/knowledge")
    consultant.post(f"{path}/renew")
    assert row(world, path).state is ArticleState.APPROVED


def test_what_is_retired_is_out_of_the_library_at_once(world: World) -> None:
    consultant, reviewer = world.signed_in(Role.CONSULTANT), world.signed_in(Role.REVIEWER)
    path = submitted(world, consultant, "引継ぎ：取り下げる案")
    approve(reviewer, path)
    label = row(world, path).label
    reviewer.get(path)
    reviewer.post(f"{path}/retire", why="古くなりました")

    passages = world.ledger.read(lambda session: Staging(session).coming()).passages
    assert [one for one in passages if one.locator == f"ナレッジ {label}"] == []
    assert "古くなりました" in reviewer.get(path).text
