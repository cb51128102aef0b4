"""Slack's and the network's failures, as the desk names them: unknown, delayed, refused."""

import re
from collections.abc import Callable, Mapping
from http.client import HTTPException
from typing import TypeVar
from urllib.error import URLError

import structlog
from slack_sdk.errors import SlackApiError

from consultation.errors import MadoguchiError, PostDelayed, PostRefused, PostUnknown

T = TypeVar("T")
log = structlog.get_logger()

AWAY_S = 2.0  # nobody listens at Slack's address: try again after this
LIMITED_S = 30.0  # a 429 that does not say how long
_CODE = re.compile(r"[a-z0-9_]+")
_MAY_STAND = frozenset({"internal_error", "fatal_error", "service_unavailable", "request_timeout"})


def asked(call: Callable[[], T]) -> T:
    """Slack's answer. Raises PostUnknown, PostDelayed or PostRefused."""
    try:
        return call()
    except SlackApiError as error:
        raise _of_answer(error) from error
    except URLError as error:
        raise of_connection(error.reason) from error
    except (OSError, HTTPException) as error:
        raise PostUnknown(type(error).__name__) from error


def attempted(call: Callable[[], object]) -> None:
    """Best effort: what fails is logged, and nothing more."""
    try:
        asked(call)
    except MadoguchiError as error:
        log.warning("slack_call_failed", error=type(error).__name__, why=str(error))


def code_of(error: SlackApiError) -> str:
    """Slack's word for what is wrong, or an empty string where the answer is none of Slack's."""
    said = error.response.get("error") if error.response is not None else None
    return said if isinstance(said, str) and _CODE.fullmatch(said) else ""


def _of_answer(error: SlackApiError) -> MadoguchiError:
    status = getattr(error.response, "status_code", 200)
    code = code_of(error)
    if status == 429 or code == "ratelimited":
        return PostDelayed(_retry_after(error))
    if status >= 500 or code in _MAY_STAND or (status == 200 and not code):
        return PostUnknown(code or f"http {status}")
    return PostRefused(code or f"http_{status}")


def of_status(status: int, headers: Mapping[str, str]) -> MadoguchiError:
    """What an HTTP status means where there is no answer of Slack's to read: files go another way than calls."""
    if status == 429:
        return PostDelayed(_seconds(headers))
    return PostUnknown(f"http {status}") if status >= 500 else PostRefused(f"http_{status}")


def of_connection(reason: object) -> MadoguchiError:
    """Refused, or no such host: nothing was sent. Anything else may have arrived."""
    if isinstance(reason, ConnectionRefusedError) or type(reason).__name__ == "gaierror":
        return PostDelayed(AWAY_S)
    return PostUnknown(type(reason).__name__)


def _retry_after(error: SlackApiError) -> float:
    return _seconds(getattr(error.response, "headers", {}))


def _seconds(given: Mapping[str, str]) -> float:
    headers = {str(name).lower(): value for name, value in dict(given).items()}
    said = str(headers.get("retry-after", ""))
    return float(said) if said.replace(".", "", 1).isdigit() else LIMITED_S
