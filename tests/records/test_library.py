"""The library: one live version a document, and nothing that a body may not see, or that is not in force."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consultation.municipality import MunicipalityCode
from consultation.passage import PassageId
from records.corpus import LibraryCorpus
from records.ledger import Ledger, Session
from records.library import Library, Piece
from records.staging import Stage, Staging
from records.versions import Versions
from tests.records import stock
from tests.records.stock import CHIBA, NIIGATA, SAITAMA, TODAY, live, material, publish, seen_by

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _bodies(ledger: Ledger) -> None:
    stock.register(ledger, SAITAMA, CHIBA, NIIGATA)


def texts(ledger: Ledger) -> list[str]:
    return [passage.text for passage in live(ledger)]


def test_a_new_version_takes_the_place_of_the_old(ledger: Ledger) -> None:
    assert publish(ledger, "/a.pdf", material(), "古い", print_="f1") == 1
    assert publish(ledger, "/a.pdf", material(), "新しい", print_="f2") == 2

    assert texts(ledger) == ["新しい"]
    assert ledger.read(lambda session: Library(session).standing("/a.pdf")).fingerprint == "f2"
    assert ledger.read(lambda session: Library(session).counts()) == (1, 1)


def test_versions_published_at_once_leave_one_live(ledger: Ledger) -> None:
    publish(ledger, "/a.pdf", material(), "はじめ")
    stock.at_once([lambda n=n: publish(ledger, "/a.pdf", material(), f"版{n}") for n in range(4)])

    assert ledger.read(lambda session: Library(session).counts()) == (1, 1)


def test_a_passage_that_did_not_change_keeps_its_id(ledger: Ledger) -> None:
    publish(ledger, "/a.pdf", material(), "同じ", "古い")
    before = {passage.text: passage.id for passage in live(ledger)}
    publish(ledger, "/a.pdf", material(), "同じ", "新しい")
    after = {passage.text: passage.id for passage in live(ledger)}

    assert before["同じ"] == after["同じ"]
    assert after["新しい"] not in before.values()
    assert [passage.document_version for passage in live(ledger)] == [2, 2]


def test_the_same_words_in_two_documents_are_two_passages(ledger: Ledger) -> None:
    publish(ledger, "/a.pdf", material(), "同じ")
    publish(ledger, "/b.pdf", material(), "同じ")

    assert len({passage.id for passage in live(ledger)}) == 2


def test_the_very_same_piece_twice_is_one_passage(ledger: Ledger) -> None:
    piece = stock.piece("同じ")
    ledger.write(lambda session: Library(session).publish("/a.pdf", "f", material(), [piece, piece], stock.NOW))

    assert texts(ledger) == ["同じ"]


def test_what_was_cited_stays_readable_after_replacement_and_removal(ledger: Ledger) -> None:
    publish(ledger, "/a.pdf", material("初版"), "引用された")
    cited = live(ledger)[0]
    publish(ledger, "/a.pdf", material("第二版"), "別の文")
    ledger.write(lambda session: Library(session).remove("/a.pdf"))

    found = ledger.read(lambda session: Library(session).cited(cited.id, 1))

    assert found == cited
    assert ledger.read(lambda session: Library(session).cited(cited.id, 2)) is None
    assert texts(ledger) == []


def test_a_removed_document_can_come_back(ledger: Ledger) -> None:
    publish(ledger, "/a.pdf", material(), "文")
    assert ledger.write(lambda session: Library(session).remove("/a.pdf"))
    assert not ledger.write(lambda session: Library(session).remove("/a.pdf"))
    assert ledger.read(lambda session: Library(session).standing("/a.pdf")) is None

    assert publish(ledger, "/a.pdf", material(), "文") == 2
    assert texts(ledger) == ["文"]


def test_paths_lists_the_live_documents_of_a_folder(ledger: Ledger) -> None:
    for path in ("/m/a.pdf", "/m/b.pdf", "/mm/c.pdf", "/m/gone.pdf"):
        publish(ledger, path, material(), path)
    ledger.write(lambda session: Library(session).remove("/m/gone.pdf"))

    assert ledger.read(lambda session: Library(session).paths("/m/")) == ["/m/a.pdf", "/m/b.pdf"]


@pytest.mark.parametrize(
    ("since", "until", "is_seen"),
    [
        (None, None, True),
        (TODAY, TODAY, True),
        (TODAY - DAY, TODAY - DAY, False),
        (TODAY + DAY, None, False),
        (None, TODAY - DAY, False),
    ],
)
def test_only_what_is_in_force_is_seen(ledger: Ledger, since: date | None, until: date | None, is_seen: bool) -> None:
    publish(ledger, "/a.pdf", material(valid_from=since, valid_until=until), "期間のある文")

    assert bool(seen_by(ledger, SAITAMA.code)) is is_seen
    assert len(live(ledger)) == 1


def test_a_restricted_document_is_seen_by_its_bodies_only(ledger: Ledger) -> None:
    theirs = frozenset({SAITAMA.code, CHIBA.code})
    publish(ledger, "/a.pdf", material(visible_to=theirs), "二団体の文")
    publish(ledger, "/b.pdf", material(visible_to=frozenset()), "だれにも見せない文")
    publish(ledger, "/c.pdf", material(), "みんなの文")

    assert seen_by(ledger, SAITAMA.code) == seen_by(ledger, CHIBA.code) == {"二団体の文", "みんなの文"}
    assert seen_by(ledger, NIIGATA.code) == {"みんなの文"}
    assert {p.visible_to for p in live(ledger)} == {theirs, frozenset(), None}


def test_a_restriction_counts_from_the_version_that_says_it(ledger: Ledger) -> None:
    """The passage is the same row in both versions; only the live version says who may see it."""
    publish(ledger, "/a.pdf", material(), "同じ文")
    publish(ledger, "/a.pdf", material(visible_to=frozenset({CHIBA.code})), "同じ文")

    assert seen_by(ledger, SAITAMA.code) == set()
    assert seen_by(ledger, CHIBA.code) == {"同じ文"}


def test_a_removed_passage_is_not_seen_by_its_id(ledger: Ledger) -> None:
    publish(ledger, "/a.pdf", material(), "文")
    (passage,) = live(ledger)
    ledger.write(lambda session: Library(session).remove("/a.pdf"))

    assert ledger.read(lambda s: Library(s).visible([passage.id], SAITAMA.code, TODAY)) == {}


@pytest.mark.parametrize("guess", ["", "%", "_", "' OR 1=1 --", "unknown"])
def test_no_guessed_id_or_code_opens_anything(ledger: Ledger, guess: str) -> None:
    publish(ledger, "/a.pdf", material(visible_to=frozenset({CHIBA.code})), "秘密")
    ids = [passage.id for passage in live(ledger)]

    assert seen_by(ledger, guess) == set()  # type: ignore[arg-type]
    assert ledger.read(lambda s: Library(s).visible([*ids, PassageId(guess)], SAITAMA.code, TODAY)) == {}


def test_more_ids_than_a_statement_takes_are_read_in_batches(ledger: Ledger) -> None:
    publish(ledger, "/a.pdf", material(), *[f"文{n}" for n in range(1203)])

    assert len(seen_by(ledger, SAITAMA.code)) == 1203


CODES = [SAITAMA.code, CHIBA.code, NIIGATA.code]
SHELF = st.lists(st.none() | st.sets(st.sampled_from(CODES)), min_size=1, max_size=5)


@settings(max_examples=15, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(shelf=SHELF)
def test_whatever_the_shelf_no_canary_crosses(ledger: Ledger, shelf: list[set[str] | None]) -> None:
    for n, codes in enumerate(shelf):
        named = None if codes is None else frozenset(codes)
        publish(ledger, f"/{n}", material(visible_to=named), f"canary {n}")  # type: ignore[arg-type]
    for n in range(len(shelf), 5):
        ledger.write(lambda session, n=n: Library(session).remove(f"/{n}"))

    for code in CODES:
        allowed = {f"canary {n}" for n, codes in enumerate(shelf) if codes is None or code in codes}
        assert seen_by(ledger, code) == allowed


def visible(ledger: Ledger, tenant: MunicipalityCode = SAITAMA.code) -> set[str]:
    ids = [passage.id for passage in live(ledger)]
    return {p.text for p in ledger.read(lambda session: Library(session).visible(ids, tenant, TODAY)).values()}


def earlier(ledger: Ledger, text: str, tenant: MunicipalityCode = SAITAMA.code) -> list[str]:
    document = next(passage.document_id for passage in live(ledger) if passage.text == text)
    return [p.text for p in ledger.read(lambda session: Library(session).earlier(document, tenant))]


def test_an_edition_that_was_replaced_is_not_shown_until_the_newer_is_gone(ledger: Ledger) -> None:
    publish(ledger, "/old.pdf", material("旧"), "締切は7月3日")
    publish(ledger, "/new.pdf", material("新", supersedes="/old.pdf"), "締切は7月31日")
    assert visible(ledger) == {"締切は7月31日"}

    ledger.write(lambda session: Library(session).remove("/new.pdf"))

    assert visible(ledger) == {"締切は7月3日"}


def test_a_newer_edition_hides_the_older_only_where_it_counts_itself(ledger: Ledger) -> None:
    publish(ledger, "/old.pdf", material("旧"), "旧版")
    publish(ledger, "/new.pdf", material("新", supersedes="/old.pdf", visible_to=frozenset({CHIBA.code})), "千葉の版")
    publish(ledger, "/x.pdf", material("先", supersedes="/y.pdf", valid_from=TODAY + DAY), "明日からの版")
    publish(ledger, "/y.pdf", material("今"), "今の版")

    assert visible(ledger, CHIBA.code) == {"千葉の版", "今の版"}
    assert visible(ledger, SAITAMA.code) == {"旧版", "今の版"}


def test_the_edition_before_is_the_replaced_document_or_the_last_version(ledger: Ledger) -> None:
    publish(ledger, "/old.pdf", material("旧"), "締切は7月3日")
    publish(ledger, "/new.pdf", material("新", supersedes="/old.pdf"), "締切は7月31日")
    publish(ledger, "/a.pdf", material(), "上限は50万円", print_="f1")
    publish(ledger, "/a.pdf", material(), "上限は100万円", print_="f2")

    assert earlier(ledger, "締切は7月31日") == ["締切は7月3日"]
    assert earlier(ledger, "上限は100万円") == ["上限は50万円"]
    assert earlier(ledger, "締切は7月3日") == []


def test_the_edition_before_is_kept_from_who_may_not_see_it(ledger: Ledger) -> None:
    publish(ledger, "/old.pdf", material("旧", visible_to=frozenset({CHIBA.code})), "千葉だけの数字")
    publish(ledger, "/new.pdf", material("新", supersedes="/old.pdf"), "みなの数字")

    assert earlier(ledger, "みなの数字", SAITAMA.code) == []
    assert earlier(ledger, "みなの数字", CHIBA.code) == ["千葉だけの数字"]


def test_a_version_that_was_rolled_back_is_no_edition_before(ledger: Ledger) -> None:
    for words in ("上限は50万円", "上限は5円"):
        _go_live(ledger, words)
    ledger.write(lambda session: Versions(session).roll_back("/a.pdf", None))
    assert LibraryCorpus(ledger).coming().publish()

    _go_live(ledger, "上限は100万円")

    assert earlier(ledger, "上限は100万円") == ["上限は50万円"]


def _go_live(ledger: Ledger, words: str) -> None:
    """As the ingest writes it, and then the knowledge."""

    def deed(session: Session) -> None:
        pieces = [Piece("p.1", (), words, (words,))]
        Staging(session).put(Library(session).shelve("/a.pdf", words, material(), pieces, stock.NOW), Stage.COMING)

    ledger.write(deed)
    assert LibraryCorpus(ledger).coming().publish()
