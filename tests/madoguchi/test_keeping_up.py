"""The knowledge follows beside the deed: once for however many ask while one waits, and on after a fault."""

import threading

from madoguchi.keeping_up import KeepingUp
from tests.desk.bench import until


def test_many_who_ask_while_it_runs_get_one_more() -> None:
    began, go_on = threading.Event(), threading.Event()
    made: list[int] = []

    def refresh() -> None:
        made.append(1)
        began.set()
        assert go_on.wait(10)

    keeping_up = KeepingUp(refresh)
    keeping_up.soon()
    assert began.wait(10)
    for _ in range(5):
        keeping_up.soon()
    go_on.set()
    until(lambda: len(made) == 2)
    keeping_up.close()

    assert len(made) == 2


def test_a_fault_does_not_stop_the_next() -> None:
    made: list[int] = []

    def refresh() -> None:
        made.append(1)
        if len(made) == 1:
            raise RuntimeError("the index is away")

    keeping_up = KeepingUp(refresh)
    keeping_up.soon()
    until(lambda: made == [1])
    keeping_up.soon()
    until(lambda: made == [1, 1])
    keeping_up.close()
