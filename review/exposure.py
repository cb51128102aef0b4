"""What may be reached from where: who may listen beyond this machine, and which requests come from it."""

from ipaddress import ip_address
from typing import TYPE_CHECKING

from consultation.errors import WrongSetting
from review import wording
from review.settings import is_loopback

if TYPE_CHECKING:
    from starlette.requests import Request

PROXY_HEADERS = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip", "via")


def check_exposure(host: str, has_accounts: bool) -> None:
    """Raises WrongSetting where nobody has an account and the web would listen beyond this machine."""
    if not has_accounts and not is_loopback(host):
        raise WrongSetting(wording.EXPOSED.format(host=host))


def is_from_here(request: "Request") -> bool:
    """Whether a request comes from this machine itself: peer and Host are loopback, and no proxy stands between.

    The Host matters because a foreign page can point its own name at 127.0.0.1 (DNS rebinding).
    """
    if any(header in request.headers for header in PROXY_HEADERS):
        return False
    return _is_loopback_peer(request) and is_loopback(_host(request))


def _is_loopback_peer(request: "Request") -> bool:
    try:
        return request.client is not None and ip_address(request.client.host).is_loopback
    except ValueError:
        return False


def _host(request: "Request") -> str:
    """The Host header without its port; an IPv6 address keeps its brackets."""
    host = request.headers.get("host", "")
    return host.partition("]")[0] + "]" if host.startswith("[") else host.partition(":")[0]
