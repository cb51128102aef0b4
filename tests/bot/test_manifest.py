"""manifest.yaml against what the bot calls and subscribes to: nothing missing, nothing unused."""

import pytest

from bot.diagnosis import diagnose
from bot.scopes import SCOPES
from desk.settings import DeskSettings
from tests.bot.bench import (
    CONSULTANTS,
    MINATO,
    OTHER_STAFF,
    SATO,
    SHINGU,
    STAFF,
    manifest,
    manifest_events,
    manifest_scopes,
    running_bench,
    slack_settings,
)
from tests.twins.slack import Fault
from tests.twins.slack.subscriptions import EVENT_SCOPES

# Which scope a call uses; conversations.* depends on the kind of channel.
USES = {
    "assistant.threads.setStatus": {"chat:write"},
    "assistant.threads.setSuggestedPrompts": {"assistant:write"},
    "auth.test": set(),
    "apps.connections.open": set(),
    "chat.postEphemeral": {"chat:write"},
    "chat.postMessage": {"chat:write", "chat:write.customize"},
    "chat.update": {"chat:write"},
    "conversations.history": {"groups:history", "channels:history"},
    "conversations.info": {"groups:read", "channels:read"},
    "conversations.replies": {"groups:history", "channels:history", "im:history"},
    "users.info": {"users:read"},
    "views.open": set(),
}


def test_the_constant_is_the_manifests():
    assert sorted(SCOPES) == manifest_scopes()


def test_every_event_of_the_manifest_has_its_listener_and_its_scope():
    assert {name.split(".")[0] for name in manifest_events()} == {
        "app_home_opened",
        "app_mention",
        "member_left_channel",
        "message",
    }
    assert {EVENT_SCOPES[name] for name in manifest_events() if name in EVENT_SCOPES} <= SCOPES


def test_interactivity_is_on_and_the_messages_tab_can_be_written_in():
    assert manifest()["settings"]["interactivity"]["is_enabled"] is True
    assert manifest()["features"]["app_home"]["messages_tab_read_only_enabled"] is False


@pytest.fixture(scope="module")
def called(tmp_path_factory) -> set[str]:
    """The methods called while the desk does everything it does in Slack, with the manifest's scopes only."""
    with running_bench(tmp_path_factory.mktemp("manifest"), "socket") as bench:
        twin = bench.twin
        twin.open_home(STAFF, "messages").wait()
        twin.fault("chat.postMessage", Fault.reset_after())
        ts = bench.ask("人を呼んで")
        bench.says(SHINGU, ts)
        twin.fault("chat.postMessage", Fault.server_error())
        theirs = bench.ask("効果は？", OTHER_STAFF, MINATO)
        bench.says(MINATO, theirs)
        sent = twin.say(twin.dm(STAFF), STAFF, "効果は？")
        bench.says(twin.dm(STAFF), sent.ts)
        card = bench.card()
        twin.click(CONSULTANTS, card, "handoff.claim", SATO)
        twin.wait(lambda _: bench.button(CONSULTANTS, card, "handoff.compose"))
        twin.click(CONSULTANTS, card, "handoff.compose", SATO).view()
        twin.submit(SATO, {"reply": {"reply": "回答"}})
        twin.wait(lambda t: [m for m in t.answers(SHINGU, ts) if m.username])
        bench.ask("効果は？", SATO, CONSULTANTS)
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
    assert by_calls | by_events == SCOPES


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
