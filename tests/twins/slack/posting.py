"""HTTP mode: events and interactions posted to the app's own address, signed as Slack signs them."""

import hashlib
import hmac
import json
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import aiohttp

from .delivery import Delivery, Outcome, Retries
from .world import Json

JSON_BODY = "application/json"
FORM_BODY = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Signed:
    """A request ready to send; a test may spoil any part of it."""

    body: bytes
    headers: dict[str, str]


def signed(secret: str, body: bytes, content_type: str, at: int | None = None) -> Signed:
    """The body with X-Slack-Signature over `v0:timestamp:body` (docs.slack.dev/authentication/verifying-requests)."""
    timestamp = str(at if at is not None else int(time.time()))
    digest = hmac.new(secret.encode(), b"v0:" + timestamp.encode() + b":" + body, hashlib.sha256).hexdigest()
    headers = {
        "X-Slack-Request-Timestamp": timestamp,
        "X-Slack-Signature": f"v0={digest}",
        "Content-Type": content_type,
    }
    return Signed(body, headers)


def body_of(delivery: Delivery) -> tuple[bytes, str]:
    if delivery.kind == "events_api":
        return json.dumps(delivery.payload).encode(), JSON_BODY
    if delivery.kind == "interactive":
        return urlencode({"payload": json.dumps(delivery.payload)}).encode(), FORM_BODY
    return urlencode({name: str(value) for name, value in delivery.payload.items()}).encode(), FORM_BODY


class HttpPoster:
    """Posts to one address. An answer counts as the ack when it is 2xx and in time."""

    def __init__(self, url: str, secret: str, retries: Retries) -> None:
        self.url = url
        self._secret = secret
        self._retries = retries

    async def attempt(self, delivery: Delivery, number: int, reason: str) -> Outcome:
        body, content_type = body_of(delivery)
        request = signed(self._secret, body, content_type)
        if number:
            request.headers.update({"X-Slack-Retry-Num": str(number), "X-Slack-Retry-Reason": reason})
        try:
            return _judged(*await self.post(request))
        except TimeoutError:
            return Outcome("http_timeout")
        except aiohttp.ClientError:
            return Outcome("connection_failed")

    async def post(self, request: Signed) -> tuple[int, dict[str, str], str]:
        """Status, headers and body of the app's answer."""
        limit = aiohttp.ClientTimeout(total=self._retries.ack_timeout_s)
        async with (
            aiohttp.ClientSession(timeout=limit) as session,
            session.post(self.url, data=request.body, headers=request.headers, allow_redirects=False) as answer,
        ):
            return (
                answer.status,
                {name.lower(): value for name, value in answer.headers.items()},
                await answer.text(),
            )


def _judged(status: int, headers: dict[str, str], text: str) -> Outcome:
    if 200 <= status < 300:
        return Outcome(response=_parsed(text))
    return Outcome("http_error", is_final=headers.get("x-slack-no-retry") == "1")


def _parsed(text: str) -> Any:
    try:
        answer: Json | None = json.loads(text) if text else None
    except ValueError:
        return {"text": text}
    return answer
