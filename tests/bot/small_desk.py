"""A desk in a process of its own, to be killed: everything real but the answerer, so that it starts in a second or two.

python -m tests.bot.small_desk HOME, configured by the same environment variables as `madoguchi run`.
"""

import signal
import sys
import threading
from pathlib import Path

from bot.door import SlackDoor
from bot.settings import SlackSettings
from tests.bot.bench import open_desk, prepared_ledger


def serve(home: Path) -> None:
    """Until it is told to stop, or killed."""
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    settings = SlackSettings()
    with prepared_ledger(home) as ledger, open_desk(home, ledger, settings) as (desk, answerer):
        answerer.pen.set()
        door = SlackDoor(settings, desk, ledger)
        door.start()
        stop.wait()
        door.stop()


if __name__ == "__main__":
    serve(Path(sys.argv[1]))
