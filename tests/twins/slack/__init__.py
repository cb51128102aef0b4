"""The stand-in for Slack: Web API, Socket Mode and signed HTTP on loopback, with Slack's limits and Slack's faults."""

from .delivery import Delivery, Retries
from .faults import Fault, Gate
from .hands import Click, Submission
from .people import Sent
from .server import Call
from .subscriptions import DEFAULT_EVENTS, DEFAULT_SCOPES
from .twin import SlackTwin
from .world import Channel, Message, User, View

__all__ = [
    "DEFAULT_EVENTS",
    "DEFAULT_SCOPES",
    "Call",
    "Channel",
    "Click",
    "Delivery",
    "Fault",
    "Gate",
    "Message",
    "Retries",
    "Sent",
    "SlackTwin",
    "Submission",
    "User",
    "View",
]
