"""`python -m evals consult FILE.tsv`: ask every question of the file, and say what came; `claims`: the claim check;
`written`: a language model under it; `nearest`: what hand-overs show as a reference; `conflicts`: whether sources that
disagree are seen; `likeness`: how near tested labels lie to fitted ones; `topic`: whether a question's
words tell its topic.

`retrieval`, `gate`, `extract SUITE`: a suite of passages and questions through the product's own pipeline.

`speed`: how long a question takes at sizes of the index, and indexing beside the plain way.

`handoffs`: many hand-overs at once into one consultants' channel, under Slack's limit.

`kill-ingest`: an ingest during a conversation, killed at random; `ingest-speed`: how fast materials come in.
"""

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, cast

from consultation.outcome import Finding
from evals import claims, written
from evals.consult import Ask, consult, questions_in, report
from evals.on_suite import add_commands, add_report, can_report

if TYPE_CHECKING:
    from evals.reports import Run


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m evals", description=__doc__)
    commands = parser.add_subparsers(required=True)
    command = commands.add_parser("consult", help="expected against given outcomes, through the whole desk")
    command.add_argument("file", type=Path, help="tab-separated: id, question, expected, topic, note")
    command.set_defaults(run=run_consult)
    command = commands.add_parser("written", help="what a language model (MADOGUCHI_LLM) writes, and what of it stands")
    command.add_argument("file", type=Path, help="as for consult; the questions that expect an answer are asked")
    command.add_argument("--most", type=int, help="ask only so many")
    command.set_defaults(run=run_written)
    command = commands.add_parser("nearest", help="what hand-overs would show as a reference, by confidence")
    command.add_argument("files", type=Path, nargs="+", help="as for consult, or labels")
    command.set_defaults(run=run_nearest)
    command = commands.add_parser("conflicts", help="sources that disagree: seen where made so, and where they do not")
    command.add_argument("files", type=Path, nargs="+", help="as for consult, or labels")
    command.set_defaults(run=run_conflicts)
    command = commands.add_parser("likeness", help="labels' nearest neighbours across the folds of the calibration")
    command.add_argument("files", type=Path, nargs="+", help="labels, or folders of them")
    command.set_defaults(run=run_likeness)
    command = commands.add_parser("topic", help="the topic that a question's words give, against the labelled one")
    command.add_argument("files", type=Path, nargs="+", help="tab-separated: id, question, topic (document)")
    command.add_argument("--rows", choices=("all", "even", "odd"), default="all", help="by the last figure of the id")
    command.add_argument("--titles", type=Path, metavar="CATALOGUE", help="titles of the labelled documents speak too")
    command.add_argument("--found", action="store_true", help="titles of what the desk finds speak too")
    command.set_defaults(run=run_topic)
    command = commands.add_parser("claims", help="the claim check on honest and tampered sentences of the corpus")
    command.add_argument("--folder", type=Path, default=Path("materials/files"))
    command.set_defaults(run=run_claims)
    command = commands.add_parser("kill-ingest", help="materials change during a conversation, and the desk is killed")
    command.add_argument("--times", type=int, default=20)
    command.add_argument("--seed", type=int, default=20_261_126)
    command.set_defaults(run=run_kill_ingest)
    command = commands.add_parser("handoffs", help="hand-overs at once into one channel, under Slack's limit of posts")
    command.add_argument("--count", type=int, default=100)
    command.add_argument("--within", type=float, default=60.0, help="seconds")
    command.set_defaults(run=run_handoffs)
    command = commands.add_parser("ingest-speed", help="passages per second, and a run in which nothing changed")
    command.add_argument("--folder", type=Path, default=Path("materials/files"))
    command.add_argument("--sample", type=int, default=60, help="passages that the model computes anew")
    command.set_defaults(run=run_ingest_speed)
    command = commands.add_parser("speed", help="a question at sizes of the index; indexing beside the plain way")
    command.add_argument("--folder", type=Path, default=Path("materials/files"))
    command.add_argument("--sizes", type=int, nargs="*", default=[10_000])
    command.add_argument("--sample", type=int, default=120, help="passages that both ways embed")
    command.set_defaults(run=run_speed)
    add_report(command)
    add_commands(commands.add_parser)
    asked = parser.parse_args()
    asked.run(asked)


def run_consult(asked: argparse.Namespace) -> None:
    with desk() as ask:
        print(report(consult(list(questions_in(asked.file)), ask)))


def run_written(asked: argparse.Namespace) -> None:
    from madoguchi.settings import read_settings

    if read_settings().writing.llm is None:
        sys.exit("Set MADOGUCHI_LLM first (docs/llm.md).")
    results: list[written.Result] = []
    with answerer() as consider:
        for result in islice(written.ask(list(questions_in(asked.file)), consider), asked.most):
            results.append(result)
            print(written.line(result), flush=True)
    print(written.report(results))


def run_nearest(asked: argparse.Namespace) -> None:
    from evals.nearest import asked_in, report, shown
    from madoguchi.house import open_house
    from madoguchi.settings import read_settings

    labels = [label for file in asked.files for label in asked_in(file)]
    with open_house(read_settings()) as house:
        house.knowledge.refresh()
        print(report(list(shown(house, labels))))


def run_conflicts(asked: argparse.Namespace) -> None:
    from evals.conflicts import measure, report
    from evals.nearest import asked_in
    from madoguchi.house import open_house
    from madoguchi.settings import read_settings

    labels = [label for file in asked.files for label in asked_in(file)]
    with open_house(read_settings()) as house:
        house.knowledge.refresh()
        print(report(list(measure(house, labels))))


def run_likeness(asked: argparse.Namespace) -> None:
    from evals.likeness import measure
    from knowledge.embedding.nano import NanoEmbedder
    from madoguchi.house import open_house
    from madoguchi.settings import read_settings

    with open_house(read_settings()) as house:
        house.knowledge.refresh()
        print(measure(house, NanoEmbedder(threads=2), asked.files))


def run_topic(asked: argparse.Namespace) -> None:
    from evals import topic
    from madoguchi.house import open_house
    from madoguchi.settings import read_settings

    questions = [question for file in asked.files for question in topic.asked_in(file, asked.rows)]
    if not asked.found:
        titles = topic.labelled(asked.titles) if asked.titles else topic.untitled
        print(topic.report(topic.told(questions, titles)))
        return
    with open_house(read_settings()) as house:
        house.knowledge.refresh()
        print(topic.report(topic.told(questions, topic.found(house))))


def run_claims(asked: argparse.Namespace) -> None:
    print(claims.report(list(claims.cases(asked.folder)))[0])


def run_kill_ingest(asked: argparse.Namespace) -> None:
    from evals.killing.rounds import ASKED, Rounds
    from knowledge.embedding.nano import NanoEmbedder

    faults = 0
    with TemporaryDirectory(prefix="kill-ingest-") as work:
        rounds = Rounds(Path(work), asked.seed, NanoEmbedder(threads=1))
        for number, seen in enumerate(rounds.run(asked.times), 1):
            faults += len(seen.faults)
            print(f"{number:2}  {seen}", *seen.faults, sep="\n      ", flush=True)
        outcomes = rounds.outcomes()
    answered = ", ".join(f"{outcome} {count}" for outcome, count in sorted(outcomes.items()))
    print(f"{asked.times} kills, {faults} faults; questions about {len(ASKED)} cards under change: {answered}")
    sys.exit(1 if faults else 0)


def run_handoffs(asked: argparse.Namespace) -> None:
    from evals.handoffs import measure

    found = measure(asked.count, asked.within)
    print(found)
    sys.exit(0 if found.cards == asked.count == found.deadlines_right and found.in_order else 1)


def run_ingest_speed(asked: argparse.Namespace) -> None:
    from evals.ingest_speed import measure

    for line in measure(asked.folder, asked.sample):
        print(line, flush=True)


def run_speed(asked: argparse.Namespace) -> None:
    from evals.speed import measure

    can_report(asked)
    run = run_of_speed(asked)
    measured = []
    for one in measure(asked.folder, asked.sizes, asked.sample):
        print(one, flush=True)
        measured.append(one)
    if run:
        from evals import reports

        reports.write_speed(asked.report, run, measured)


def run_of_speed(asked: argparse.Namespace) -> "Run | None":
    """Under what the measurement begins, where a report is wanted."""
    if not asked.report:
        return None
    from evals import reports
    from knowledge.embedding.nano import NanoEmbedder

    command = f"speed --sizes {' '.join(map(str, asked.sizes))}"
    corpus = f"sentences of {'/'.join(asked.folder.parts[-2:])}, drawn"
    return reports.run_of(command, corpus, NanoEmbedder.name)


@contextmanager
def desk() -> Iterator[Ask]:
    """The house, opened once with its vectors ready; imported late, so that `--help` need not wait for it."""
    from madoguchi.house import open_house
    from madoguchi.operations import ask
    from madoguchi.settings import read_settings

    def asked(question: str) -> tuple[str, str]:
        *_, last = ask(house, {"question": question})
        result = cast("dict[str, object]", last["result"])
        return str(result["outcome"]), str(result["text"])

    with open_house(read_settings()) as house:
        house.knowledge.refresh()
        yield asked


@contextmanager
def answerer() -> Iterator[written.Consider]:
    """The answerer of the house, asked without the log: a finding tells more than what is kept of it."""
    from answering.question import Question
    from consultation.calendar import tokyo_date
    from madoguchi.demo import DEMO_BODY
    from madoguchi.house import open_house
    from madoguchi.settings import read_settings

    def consider(text: str) -> Finding:
        return house.answerer.consider(Question(text, (), DEMO_BODY.code, tokyo_date(datetime.now(UTC))))

    with open_house(read_settings()) as house:
        house.knowledge.refresh()
        yield consider


if __name__ == "__main__":
    main()
