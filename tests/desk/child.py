"""A desk in a process of its own, to be killed: `python -m tests.desk.child HOME ask|finish KEY…`.

Asks the questions, prints a line when each is accepted, and works until it is killed (ask) or all is settled (finish).
"""

import sys
import time
from pathlib import Path

from answering.question import Question
from answering.telling import Tell
from consultation.outcome import Finding
from desk.letters import Letter
from records.ledger import Session
from records.pages import Pages
from records.postbook import PostBook
from tests.desk.bench import Channels, Scripted, open_bench, until
from tests.records import stock


class Unhurried(Scripted):
    """Takes a moment, so that a kill meets questions in the middle."""

    def consider(self, question: Question, tell: Tell) -> Finding:
        time.sleep(0.05)
        return super().consider(question, tell)


class Hesitant(Channels):
    """What stands there is told a moment later, so that a kill meets posts whose result was never read."""

    def post(self, letter: Letter) -> str:
        ref = super().post(letter)
        time.sleep(0.05)
        return ref


def main(home: Path, deed: str, keys: list[str]) -> None:
    url = f"sqlite:///{home / 'log.db'}"
    with open_bench(url, home, answerer=Unhurried(), channels=Hesitant(home / "posts.jsonl")) as bench:
        print("open", flush=True)
        for number, key in enumerate(keys):
            bench.desk.accept(stock.inquiry(key, f"{'担当者に' if number % 3 else '質問'}{key}", room=f"C{number % 4}"))
            print(f"accepted {key}", flush=True)
        if deed == "ask":
            time.sleep(600)
        until(lambda: bench.ledger.read(is_settled), patience_s=120)


def is_settled(session: Session) -> bool:
    return not Pages(session).unstarted() and not PostBook(session).unsettled()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3:])
