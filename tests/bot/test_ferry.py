"""Where a copy stands, after a result that nobody heard: in the thread, about to be shown, or nowhere."""

import dataclasses
import time

import pytest

from bot.ferry import SHARING_S
from consultation.errors import PostUnknown
from consultation.inquiry import Channel, Place
from desk.letters import Letter, Purpose
from records.ledger import Ledger
from tests.bot.bench import SHINGU, STAFF, TEAM, a_postman, a_twin
from tests.bot.letters import attachment, letter


@pytest.fixture
def twin():
    with a_twin() as twin:
        yield twin


@pytest.fixture
def postman(twin, tmp_path):
    ledger = Ledger(f"sqlite:///{tmp_path / 'log.db'}")
    yield a_postman(twin, ledger)
    ledger.close()


def reply_file(thread: str, upload_ref: str | None) -> Letter:
    made = letter(Purpose.REPLY_FILE)
    delivery = dataclasses.replace(made.delivery, place=Place(Channel.SLACK, TEAM, SHINGU, thread))
    file = dataclasses.replace(attachment(), upload_ref=upload_ref)
    return dataclasses.replace(made, delivery=delivery, file=file)


def test_a_copy_is_found_by_slacks_id_of_it(postman, twin):
    root = twin.say(SHINGU, STAFF, "質問").ts
    ours = twin.file(twin.bot_user(), "計画.pdf", b"%PDF-")
    shown = twin.say(SHINGU, twin.bot_user(), "", root, files=[ours]).ts

    assert postman.find(reply_file(root, ours["id"])) == shown
    assert postman.find(reply_file(root, None)) is None
    assert postman.find(reply_file(root, "F0NEVER")) is None  # uploaded, and never finished


def test_a_copy_that_slack_has_and_does_not_show_yet_is_waited_for_a_while(postman, twin):
    root = twin.say(SHINGU, STAFF, "質問").ts
    fresh = twin.file(twin.bot_user(), "計画.pdf", b"%PDF-")
    lost = twin.file(twin.bot_user(), "計画.pdf", b"%PDF-", created=int(time.time() - SHARING_S - 1))

    with pytest.raises(PostUnknown):
        postman.find(reply_file(root, fresh["id"]))
    assert postman.find(reply_file(root, lost["id"])) is None
