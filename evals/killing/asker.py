"""A clerk at the web desk who asks one question after the other, and sends again what was not taken."""

import re
import secrets
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from http import HTTPStatus

import httpx

BREATH_S = 0.8
AGAIN_S = 0.3
TURNS = 8  # questions in one conversation


@dataclass(slots=True)
class Clerk:
    """Asks in a thread of its own from `begin` to `rest`; `keys` are the questions that the desk has taken."""

    address: str
    questions: Sequence[str]
    keys: list[str] = field(default_factory=list)
    _client: httpx.Client = field(default_factory=lambda: httpx.Client(trust_env=False, timeout=60))
    _csrf: str = ""
    _resting: threading.Event = field(default_factory=threading.Event)
    _gone: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def sign_in(self) -> None:
        """As the demo's staff of a municipality."""
        before = _csrf_of(self._client.get(f"{self.address}/sign-in").text)
        self._client.post(f"{self.address}/demo/staff", data={"csrf": before})
        self._csrf = _csrf_of(self._client.get(f"{self.address}/").text)

    def begin(self) -> None:
        self._resting.clear()
        self._thread = threading.Thread(target=self._ask_on, name="clerk")
        self._thread.start()

    def rest(self) -> None:
        """Finish the question at hand, which wants a desk that runs."""
        self._resting.set()
        if self._thread is not None:
            self._thread.join()

    def give_up(self) -> None:
        """Leave, whether or not there is a desk."""
        self._gone.set()
        self.rest()

    def _ask_on(self) -> None:
        place, thread = "/ask", ""
        for turn in range(10**9):
            if self._resting.wait(BREATH_S):
                return
            nonce = secrets.token_hex(16)
            if turn % TURNS == 0:
                place, thread = "/ask", nonce
            consultation = self._taken(place, self.questions[len(self.keys) % len(self.questions)], nonce)
            self.keys.append(f"web:{thread}:{nonce}")
            place = f"{consultation}/ask"

    def _taken(self, place: str, question: str, nonce: str) -> str:
        """Send it until the desk says where the conversation stands: the nonce makes it one question."""
        while True:
            try:
                said = self._client.post(
                    f"{self.address}{place}", data={"csrf": self._csrf, "nonce": nonce, "text": question}
                )
            except httpx.TransportError:
                if self._gone.wait(AGAIN_S):
                    raise
                continue
            if said.status_code != HTTPStatus.SEE_OTHER:
                raise RuntimeError(f"the desk said {said.status_code} to a question")
            return said.headers["location"].partition("#")[0]


def _csrf_of(page: str) -> str:
    found = re.search(r'name="csrf" value="([^"]+)"', page)
    if found is None:
        raise RuntimeError("a page without a form")
    return found[1]
