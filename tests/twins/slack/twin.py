"""SlackTwin: the stand-in for Slack as a test holds it. Real servers on loopback; what it keeps is the truth.

with SlackTwin() as twin:  start the bot with twin.environ(), then say, click, submit, and look at twin.thread(...).
"""

from .installing import Installing
from .looking import Looking
from .people import People
from .trouble import Trouble


class SlackTwin(People, Trouble, Looking, Installing):
    """One Slack app and the workspaces it is installed in."""
