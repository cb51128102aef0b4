"""The same desk on PostgreSQL, log and workflows in one database."""

from pathlib import Path

from alembic import command

from consultation.outcome import OutcomeKind
from desk.casework import Done
from records.ledger import Ledger
from records.migrate import configuration, migrate
from tests.desk.bench import CARDS, open_bench, until
from tests.records import stock
from tests.records.databases import Postgres, migrated


def test_questions_and_cases_run_on_postgresql(postgres: Postgres, tmp_path: Path) -> None:
    url = postgres.new()
    migrated(url)
    with open_bench(url, tmp_path, workflow_url=url) as bench:
        first = bench.ask("担当者に聞きたい", "C1", thread="1.1")
        case = bench.case(first)
        followed = stock.at_once([lambda n=n: bench.ask(f"補足{n}", "C1", key=f"f{n}", thread="1.1") for n in range(4)])
        others = stock.at_once([lambda n=n: bench.ask(f"質問{n}", f"C{n % 3}", key=f"o{n}") for n in range(8)])

        assert isinstance(bench.desk.cases.claim(case, bench.consultants[0]), Done)
        assert isinstance(bench.desk.cases.reply(case, bench.consultants[0], "お答えします", "r1"), Done)

        assert all(bench.desk.wait(one, 40).outcome is OutcomeKind.ANSWER for one in others)
        assert all(bench.desk.wait(one, 40).outcome is OutcomeKind.HANDOFF for one in followed)
        assert [bench.outcomes(one) for one in others] == [1] * 8
        until(lambda: not any(bench.unsettled(room) for room in ("C0", "C1", "C2", CARDS.room)))
        delivered = [post["delivery"] for post in bench.channels.posts() if post["purpose"] != "card_state"]
        assert len(delivered) == len(set(delivered))

    ledger = Ledger(url)
    migrate(ledger.engine)
    with ledger.engine.begin() as connection:
        command.check(configuration(connection))  # raises where the workflows' tables would be dropped
    ledger.close()

    with open_bench(url, tmp_path, workflow_url=url) as bench:
        assert bench.desk.wait(bench.ask("再開後の質問", "C9"), 40).outcome is OutcomeKind.ANSWER
