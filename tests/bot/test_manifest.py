"""manifest.yaml against what the bot calls and subscribes to: nothing missing, nothing unused."""

import pytest

from bot.acts.relay_offer import OFFER
from bot.diagnosis import diagnose
from bot.listeners import ask
from bot.scopes import SCOPES
from bot.wording import RELAY
from desk.settings import DeskSettings
from tests.bot.bench import (
    CONSULTANTS,
    MINATO,
    OTHER_STAFF,
    SATO,
    SHINGU,
    STAFF,
    a_postman,
    manifest,
    manifest_events,
    manifest_scopes,
    running_bench,
    slack_settings,
)
from tests.bot.test_bulletins import weekly
from tests.twins.slack import Fault
from tests.twins.slack.hands import SHORTCUT_SCOPE
from tests.twins.slack.subscriptions import EVENT_SCOPES

LISTENED = {
    "agent_session_stopped",
    "app_home_opened",
    "app_mention",
    "app_uninstalled",
    "member_left_channel",
    "message",
    "tokens_revoked",
}

# Which scope a call uses; conversations.* depends on the kind of channel.
USES = {
    "agents.sessions.setStatus": {"chat:write"},
    "assistant.threads.setStatus": {"chat:write"},
    "assistant.threads.setSuggestedPrompts": {"assistant:write"},
    "auth.test": set(),
    "apps.connections.open": set(),
    "chat.postEphemeral": {"chat:write"},
    "chat.postMessage": {"chat:write", "chat:write.customize"},
    "chat.update": {"chat:write"},
    "conversations.history": {"groups:history", "channels:history"},
    "conversations.open": {"im:write"},
    "conversations.info": {"groups:read", "channels:read"},
    "conversations.replies": {"groups:history", "channels:history", "im:history"},
    "files.completeUploadExternal": {"files:write"},
    "files.getUploadURLExternal": {"files:write"},
    "files.info": {"files:read"},
    "upload_url": set(),
    "url_private": {"files:read"},
    "users.info": {"users:read"},
    "views.open": {"files:read"},
    "views.publish": set(),
}


def test_the_constant_is_the_manifests():
    assert sorted(SCOPES) == manifest_scopes()


def test_every_event_of_the_manifest_has_its_listener_and_its_scope():
    assert {name.split(".")[0] for name in manifest_events()} == LISTENED
    assert {EVENT_SCOPES[name] for name in manifest_events() if name in EVENT_SCOPES} <= SCOPES


def test_the_command_and_the_shortcuts_are_those_that_are_listened_to():
    features = manifest()["features"]
    assert [one["command"] for one in features["slash_commands"]] == [ask.COMMAND]
    assert {(one["type"], one["callback_id"]) for one in features["shortcuts"]} >= {
        ("message", ask.ON_MESSAGE),
        ("global", ask.ANYWHERE),
    }
    assert features["app_home"]["home_tab_enabled"] is True


def test_interactivity_is_on_and_the_messages_tab_can_be_written_in():
    assert manifest()["settings"]["interactivity"]["is_enabled"] is True
    assert manifest()["features"]["app_home"]["messages_tab_read_only_enabled"] is False


@pytest.fixture(scope="module")
def called(tmp_path_factory) -> set[str]:
    """The methods called while the desk does everything it does in Slack, with the manifest's scopes only."""
    with running_bench(tmp_path_factory.mktemp("manifest"), "socket") as bench:
        twin = bench.twin
        twin.open_home(STAFF, "messages").wait()
        twin.open_home(STAFF).wait()
        twin.wait(lambda t: t.home(STAFF))
        twin.fault("chat.postMessage", Fault.reset_after())
        ts = twin.say(SHINGU, STAFF, "人を呼んで", mention=True, files=[twin.file(STAFF, "a.pdf", b"%PDF-")]).ts
        bench.says(SHINGU, ts)
        twin.fault("chat.postMessage", Fault.server_error())
        theirs = bench.ask("効果は？", OTHER_STAFF, MINATO)
        bench.says(MINATO, theirs)
        sent = twin.say(twin.dm(STAFF), STAFF, "効果は？")
        bench.says(twin.dm(STAFF), sent.ts)
        card = bench.card()
        twin.wait(lambda t: t.files_in(CONSULTANTS, card))
        twin.click(CONSULTANTS, card, "handoff.claim", SATO)
        twin.wait(lambda _: bench.button(CONSULTANTS, card, "handoff.compose"))
        twin.click(CONSULTANTS, card, "handoff.compose", SATO).view()
        twin.submit(SATO, {"reply": {"reply": "回答"}})
        twin.wait(lambda t: [m for m in t.answers(SHINGU, ts) if m.username])
        bench.ask("効果は？", SATO, CONSULTANTS)
        lead = a_postman(twin, bench.ledger)
        lead.post(weekly(room=SATO))
        desk = DeskSettings.model_validate({"consultant_channel": CONSULTANTS})
        assert [f.sentence for f in diagnose(slack_settings(twin, "socket"), desk, bench.ledger) if not f.ok] == []
        assert twin.violations == []
        assert [call for call in twin.calls if call.answer.get("error") == "missing_scope"] == []
        return {call.method for call in twin.calls}


def test_every_call_is_one_whose_scopes_we_know(called):
    assert called <= USES.keys()


def test_no_scope_is_unused(called):
    by_calls = set().union(*(USES[method] for method in called))
    by_events = {EVENT_SCOPES[name] for name in manifest_events() if name in EVENT_SCOPES}
    by_features = {SHORTCUT_SCOPE}  # the command and the shortcuts
    assert by_calls | by_events | by_features == SCOPES


def test_the_shortcuts_are_the_listeners():
    shortcuts = {one["callback_id"]: (one["type"], one["name"]) for one in manifest()["features"]["shortcuts"]}
    assert shortcuts[OFFER] == ("message", RELAY)
    assert shortcuts.keys() == {OFFER, ask.ON_MESSAGE, ask.ANYWHERE}


def test_doctor_names_what_is_wrong(tmp_path):
    with running_bench(tmp_path, "socket") as bench:
        bench.twin.leave(SHINGU)
        bench.twin.archive(MINATO)
        desk = DeskSettings.model_validate({"consultant_channel": ""})

        wrong = {
            f.subject: f.sentence
            for f in diagnose(slack_settings(bench.twin, "socket"), desk, bench.ledger)
            if not f.ok
        }

        assert set(wrong) == {SHINGU, MINATO, "MADOGUCHI_CONSULTANT_CHANNEL"}
        assert "/invite" in wrong[SHINGU]
        bench.twin.uninstall()
        [dead] = diagnose(slack_settings(bench.twin, "socket"), desk, bench.ledger)
        assert "token_revoked" in dead.sentence
