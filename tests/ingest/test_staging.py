"""Two steps: what is brought in waits, seen by nobody who asks, until it goes live; held, until a reviewer says so."""

from pathlib import Path

from ingest.sync import Fate, Intake, Wish
from ingest.wording import STILL_HELD
from records.corpus import LibraryCorpus
from records.ledger import Ledger
from records.staging import Staging
from records.versions import Versions
from tests.ingest.folders import bring, go_live, reports, texts, write
from tests.records.stock import CHIBA, SAITAMA, material, publish, seen_by

HOLD = Wish(hold=True)


def waiting(ledger: Ledger) -> list[str]:
    return [Path(path).name for path in ledger.read(lambda session: Staging(session).waiting())]


def held(ledger: Ledger) -> list[str]:
    return sorted(passage.text for passage in LibraryCorpus(ledger).held())


def release(ledger: Ledger, *paths: Path) -> None:
    named = [str(path) for path in paths] or None
    ledger.write(lambda session: Staging(session).release(named))
    go_live(ledger)


def test_until_it_goes_live_the_old_text_is_what_all_see(intake: Intake, ledger: Ledger, folder: Path) -> None:
    write(folder, "a.md", "古い文です。")
    gone = write(folder, "b.md", "消える文です。")
    bring(intake, folder)
    write(folder, "a.md", "新しい文です。")
    gone.unlink()
    write(folder, "c.md", "増えた文です。")

    list(intake.bring_in([folder], Wish()))

    assert seen_by(ledger, SAITAMA.code) == {"古い文です。", "消える文です。"}
    go_live(ledger)
    assert seen_by(ledger, SAITAMA.code) == {"新しい文です。", "増えた文です。"}


def test_what_waits_is_not_read_again_by_the_next_run(intake: Intake, ledger: Ledger, folder: Path) -> None:
    write(folder, "a.md", "待つ文です。")
    list(intake.bring_in([folder], Wish()))

    assert bring(intake, folder) == {"a.md": Fate.UNCHANGED}
    assert texts(ledger) == ["待つ文です。"]


def test_what_changes_while_it_waits_is_one_version(intake: Intake, ledger: Ledger, folder: Path) -> None:
    path = write(folder, "a.md", "初めの文です。")
    list(intake.bring_in([folder], Wish()))
    write(folder, "a.md", "次の文です。")
    bring(intake, folder)

    assert texts(ledger) == ["次の文です。"]
    versions = ledger.read(lambda session: Versions(session).of(str(path)))
    assert [(one.number, one.live, one.stage) for one in versions] == [(1, True, None)]


def test_held_materials_are_seen_by_nobody_until_they_are_published(
    intake: Intake, ledger: Ledger, folder: Path
) -> None:
    write(folder, "a.md", "古い文です。")
    gone = write(folder, "b.md", "消える文です。")
    bring(intake, folder)
    write(folder, "a.md", "新しい文です。")
    gone.unlink()
    write(folder, "c.md", "増えた文です。")

    bring(intake, folder, wish=HOLD)

    assert texts(ledger) == ["古い文です。", "消える文です。"]
    assert held(ledger) == ["増えた文です。", "新しい文です。"]
    assert waiting(ledger) == ["a.md", "b.md", "c.md"]
    release(ledger)
    assert texts(ledger) == ["増えた文です。", "新しい文です。"]
    assert waiting(ledger) == []


def test_only_what_is_named_is_published(intake: Intake, ledger: Ledger, folder: Path) -> None:
    named = write(folder, "a.md", "公開する文です。")
    write(folder, "b.md", "待つ文です。")
    bring(intake, folder, wish=HOLD)

    release(ledger, named)

    assert texts(ledger) == ["公開する文です。"]
    assert waiting(ledger) == ["b.md"]


def test_a_rerun_publishes_nothing_that_waits_for_a_reviewer(intake: Intake, ledger: Ledger, folder: Path) -> None:
    gone = write(folder, "a.md", "消える文です。")
    bring(intake, folder)
    gone.unlink()
    write(folder, "b.md", "待つ文です。")
    bring(intake, folder, wish=HOLD)

    assert bring(intake, folder) == {"b.md": Fate.HELD}
    write(folder, "b.md", "待つあいだに変わった文です。")
    assert bring(intake, folder) == {"b.md": Fate.CHANGED}

    assert texts(ledger) == ["消える文です。"]
    assert held(ledger) == ["待つあいだに変わった文です。"]
    assert waiting(ledger) == ["a.md", "b.md"]


def test_files_put_back_leave_nothing_waiting(intake: Intake, ledger: Ledger, folder: Path) -> None:
    changed, gone = write(folder, "a.md", "元の文です。"), write(folder, "b.md", "消した文です。")
    bring(intake, folder)
    write(folder, "a.md", "変えた文です。")
    gone.unlink()
    new = write(folder, "c.md", "増えた文です。")
    bring(intake, folder, wish=HOLD)
    write(folder, changed.name, "元の文です。")
    write(folder, gone.name, "消した文です。")
    new.unlink()

    bring(intake, folder, wish=HOLD)

    assert waiting(ledger) == held(ledger) == []
    assert texts(ledger) == ["元の文です。", "消した文です。"]


def test_what_waits_for_one_body_is_not_opened_by_a_rerun(intake: Intake, ledger: Ledger, folder: Path) -> None:
    secret = write(folder, "a.md", "千葉の文です。")
    bring(intake, secret, wish=Wish(visible_to=CHIBA.code, hold=True))

    bring(intake, folder)
    release(ledger)

    assert seen_by(ledger, SAITAMA.code) == set()
    assert seen_by(ledger, CHIBA.code) == {"千葉の文です。"}


def test_a_version_that_waits_is_none_to_go_back_to(intake: Intake, ledger: Ledger, folder: Path) -> None:
    path = write(folder, "a.md", "1つ目の文です。")
    bring(intake, folder)
    write(folder, "a.md", "2つ目の文です。")
    bring(intake, folder)
    write(folder, "a.md", "待つ文です。")
    bring(intake, folder, wish=HOLD)

    number = ledger.write(lambda session: Versions(session).roll_back(str(path), None))
    go_live(ledger)

    assert number == 1
    assert texts(ledger) == ["1つ目の文です。"]
    assert waiting(ledger) == []


def test_a_publication_that_changed_since_it_was_looked_at_says_so(
    ledger: Ledger, intake: Intake, folder: Path
) -> None:
    publish(ledger, "/other.md", material(), "よその文です。")
    write(folder, "a.md", "初めの文です。")
    list(intake.bring_in([folder], Wish()))
    due = LibraryCorpus(ledger).coming()
    write(folder, "a.md", "次の文です。")
    list(intake.bring_in([folder], Wish()))

    assert not due.publish()
    assert texts(ledger) == ["よその文です。"]


def test_what_still_waits_for_a_reviewer_is_told_so(intake: Intake, ledger: Ledger, folder: Path) -> None:
    path = write(folder, "a.md", "今の文です。")
    new = write(folder, "b.md", "残る文です。")
    bring(intake, folder)
    write(folder, "a.md", "直した文です。")
    write(folder, "c.md", "初めての文です。")
    bring(intake, folder, wish=HOLD)
    write(folder, "a.md", "もう一度直した文です。")
    (folder / "c.md").unlink()
    new.unlink()

    told = {Path(report.path).name: (report.fate, report.reason) for report in reports(intake, folder)}

    assert told == {"a.md": (Fate.CHANGED, STILL_HELD), "b.md": (Fate.REMOVED, ""), "c.md": (Fate.REMOVED, "")}
    path.unlink()
    (removed,) = reports(intake, path)
    assert (removed.fate, removed.reason) == (Fate.REMOVED, STILL_HELD)
    assert texts(ledger) == ["今の文です。"]
