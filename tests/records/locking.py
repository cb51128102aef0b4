"""A database that somebody else holds locked."""

import threading

from sqlalchemy import create_engine


class locked:  # noqa: N801  reads as a statement
    """Another connection holds the lock that writers of the log need, for some seconds or to the block's end."""

    def __init__(self, url: str, seconds: float) -> None:
        self._engine = create_engine(url)
        self._is_sqlite = url.startswith("sqlite")
        self._over, self._holds, self._seconds = threading.Event(), threading.Event(), seconds
        self._thread = threading.Thread(target=self._hold)

    def __enter__(self) -> None:
        self._thread.start()
        assert self._holds.wait(5)

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()
        self._engine.dispose()

    def _hold(self) -> None:
        with self._engine.connect() as connection:
            if self._is_sqlite:
                connection.exec_driver_sql("BEGIN IMMEDIATE")
            else:
                connection.exec_driver_sql("LOCK TABLE inquiry IN EXCLUSIVE MODE")
            self._holds.set()
            self._over.wait(self._seconds)
            connection.rollback()
