"""The web server in a thread of the desk's process. Signals belong to the front door."""

import socket
import threading
import time

import uvicorn
from fastapi import FastAPI

from consultation.errors import WrongSetting
from review import wording

START_TIMEOUT_S = 10.0
BACKLOG = 128


class Server:
    """Serves an application; port 0 takes a free one."""

    def __init__(self, app: FastAPI, host: str, port: int) -> None:
        # Forwarded headers are not believed: who is on this machine is told by the connection alone.
        config = uvicorn.Config(
            app, log_config=None, access_log=False, proxy_headers=False, server_header=False, lifespan="off"
        )
        self._server = uvicorn.Server(config)
        self._host, self._port = host, port
        self._socket: socket.socket | None = None
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Listen, then serve. Raises WrongSetting when the port is taken."""
        self._socket = _listening(self._host, self._port)
        self._port = self._socket.getsockname()[1]
        self._thread = threading.Thread(
            target=self._server.run, kwargs={"sockets": [self._socket]}, name="web", daemon=True
        )
        self._thread.start()
        deadline = time.monotonic() + START_TIMEOUT_S
        while not self._server.started and time.monotonic() < deadline:
            time.sleep(0.01)

    def stop(self) -> None:
        """Finish the requests under way and stop."""
        self._server.should_exit = True
        if self._thread is not None:
            self._thread.join(START_TIMEOUT_S)
        if self._socket is not None:
            self._socket.close()

    @property
    def is_serving(self) -> bool:
        return self._thread is not None and self._thread.is_alive()

    @property
    def address(self) -> str:
        """The URL at which it serves, once started."""
        host = f"[{self._host}]" if ":" in self._host else self._host
        return f"http://{host}:{self._port}"


def _listening(host: str, port: int) -> socket.socket:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listener = socket.socket(family, kind, protocol)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(BACKLOG)
    except OSError as error:
        raise WrongSetting(wording.PORT_TAKEN.format(host=host, port=port, why=error.strerror or error)) from error
    return listener
