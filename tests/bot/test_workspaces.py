"""Several workspaces in one desk, over HTTP, installed by OAuth: each place is spoken to with its own token."""

from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from slack_sdk.oauth.installation_store import Installation
from sqlalchemy import inspect

from bot.diagnosis import diagnose
from bot.installations import Installations, States
from consultation.errors import WrongSetting
from desk.sealing import KEY_FILE
from desk.settings import DeskSettings
from records.ledger import Ledger
from records.pages import LogFilter, Pages
from records.postbook import PostBook
from tests.bot.bench import (
    BODY,
    CONSULTANTS,
    KATO,
    MINATO,
    OTHER_STAFF,
    SATO,
    SHINGU,
    STAFF,
    cards,
    logged,
    settle,
)
from tests.bot.several import Several, a_twin, oauth_settings, running_several
from tests.records.databases import postgres_server

DESK = DeskSettings.model_validate({"consultant_channel": f"T3:{CONSULTANTS}"})
LONG = "xoxe.xoxb-1-" + "a" * 300
WRITES = ("chat.postMessage", "chat.update", "chat.postEphemeral", "views.open")


@pytest.fixture
def several(tmp_path):
    with running_several(tmp_path, "T1", "T2", "T3") as running:
        yield running
        assert running.twin.violations == []


def texts(bench: Several, channel: str, root: str, team: str, count: int = 1) -> list[str]:
    found = bench.twin.wait(lambda t: len(t.answers(channel, root, team)) >= count and t.answers(channel, root, team))
    return [message.text for message in found]


def wrong(bench: Several) -> dict[str, str]:
    return {f.subject: f.sentence for f in diagnose(bench.settings, DESK, bench.ledger) if not f.ok}


def failed(bench: Several) -> list[tuple[str, str]]:
    return bench.ledger.read(lambda session: PostBook(session).failed())


def test_a_case_goes_from_one_workspace_to_the_consultants_and_back_and_into_no_other(several: Several):
    twin = several.twin
    ts = several.ask("人を呼んで")
    texts(several, SHINGU, ts, "T1")
    card = several.card()

    twin.click(CONSULTANTS, card, "handoff.claim", SATO)
    assert "佐藤" in texts(several, SHINGU, ts, "T1", 2)[1]
    twin.wait(lambda _: several.button(CONSULTANTS, card, "handoff.compose"))
    twin.click(CONSULTANTS, card, "handoff.compose", SATO).view()
    assert twin.submit(SATO, {"reply": {"reply": "三年で元が取れます。"}}).errors == {}

    assert "三年で元が取れます。" in texts(several, SHINGU, ts, "T1", 3)[2]
    assert twin.messages(MINATO) == []
    theirs = several.ask("効果は？", OTHER_STAFF, MINATO)
    texts(several, MINATO, theirs, "T2")
    assert not any("三年" in message.text or "人を呼んで" in message.text for message in twin.visible(OTHER_STAFF))
    twin.channel("C0LOOSE", "T2", [OTHER_STAFF])
    several.ask("効果は？", OTHER_STAFF, "C0LOOSE")
    assert twin.wait(lambda t: t.ephemerals("C0LOOSE", OTHER_STAFF))
    tokens = {team.bot_token: team.id for team in twin.world.teams.values()}
    homes = {SHINGU: "T1", MINATO: "T2", "C0LOOSE": "T2", CONSULTANTS: "T3", None: "T3"}  # the modal is of a card
    calls = [call for method in WRITES for call in twin.calls_of(method)]
    assert {tokens[call.token] for call in calls} == {"T1", "T2", "T3"}
    assert [call for call in calls if tokens[call.token] != homes[call.args.get("channel")]] == []
    assert wrong(several) == {}


def test_a_consultants_id_in_another_workspace_is_nobody(several: Several):
    """Slack's user ids are unique in a workspace only; the button would be one that a card never shows there."""
    ts = several.ask("人を呼んで")
    texts(several, SHINGU, ts, "T1")
    card = several.twin.world.find(CONSULTANTS, several.card())
    notice = several.twin.world.find(SHINGU, several.twin.answers(SHINGU, ts)[0].ts)
    assert card is not None
    assert notice is not None
    notice.blocks = card.blocks
    several.twin.world.channels[SHINGU].members.add(SATO)

    several.twin.click(SHINGU, notice.ts, "handoff.claim", SATO)

    [told] = several.twin.wait(lambda t: t.ephemerals(SHINGU, SATO))
    assert "コンサルタント" in told.text


def test_a_workspace_that_removes_the_app_is_let_go_and_all_others_go_on(several: Several):
    twin = several.twin
    theirs = several.ask("人を呼んで", OTHER_STAFF, MINATO)
    texts(several, MINATO, theirs, "T2")
    card = several.card()

    gone = twin.uninstall("T2")

    assert [delivery.wait() for delivery in gone] == [True, True]
    assert Installations(several.settings, several.ledger).teams() == ["T1", "T3"]
    twin.click(CONSULTANTS, card, "handoff.claim", SATO)
    twin.wait(lambda _: failed(several))
    assert [code for _, code in failed(several)] == ["not_installed"]
    twin.wait(lambda _: several.button(CONSULTANTS, card, "handoff.compose"))
    texts(several, SHINGU, several.ask("効果は？"), "T1")
    assert set(wrong(several)) == {MINATO}

    several.install("T2")
    assert twin.redeliver(gone[0]).wait()  # late: it told of the token before
    texts(several, MINATO, several.ask("効果は？", OTHER_STAFF, MINATO), "T2")
    assert wrong(several) == {}


def test_what_happens_in_a_shared_channel_is_the_channels_homes_and_once(several: Several):
    twin = several.twin
    twin.share(SHINGU, "T3")
    twin.user(KATO, "T3", "加藤")

    sent = twin.say(SHINGU, KATO, f"<@{twin.bot_user('T3')}> 効果は？")  # T3's own bot is addressed
    assert len(sent.deliveries) == 3  # T1 hears a message, T3 hears that and a mention
    assert sent.wait()
    texts(several, SHINGU, sent.ts, "T1")
    settle(several)

    [row] = logged(several)
    assert (row.key, row.text) == (f"T1:{SHINGU}:{sent.ts}:question", "効果は？")
    assert len(twin.answers(SHINGU, sent.ts, "T1")) == 1
    assert twin.answers(SHINGU, sent.ts, "T3") == []
    [line] = several.ledger.read(lambda session: Pages(session).log(LogFilter(body=BODY)))
    assert (line.consultation.place.team, row.asker_id) == ("T1", f"T1:{KATO}")

    answer = twin.answers(SHINGU, sent.ts, "T1")[0]
    click = twin.click(SHINGU, answer.ts, "handoff.request", KATO)  # a hand in T3, on what T1's bot wrote
    assert (click.acked, click.delivery.payload["team"]["id"]) == (True, "T3")
    texts(several, SHINGU, sent.ts, "T1", 2)
    assert len(twin.wait(cards)) == 1

    with twin.held_events() as held:  # and where Slack tells the other installation only
        alone = twin.say(SHINGU, STAFF, f"<@{twin.bot_user('T1')}> 費用は？")
        held[:] = [delivery for delivery in held if delivery.payload["team_id"] == "T3"]
        assert len(held) == 1
    texts(several, SHINGU, alone.ts, "T1")
    for delivery in twin.delete(SHINGU, alone.ts):
        delivery.wait()
    assert [row.text for row in logged(several) if row.withdrawn_at is None] == ["効果は？"]


def test_tokens_are_sealed_wherever_they_are_kept_and_keys_may_change(tmp_path: Path):
    with running_several(tmp_path, "T1", "T3") as bench:
        kept, twin_token = bench.everything_kept(), bench.twin.world.teams["T1"].bot_token
        assert b"xoxb-" not in kept
        assert kept.count(twin_token.removeprefix("xoxb-").encode()) == 0
        key_file = tmp_path / KEY_FILE
        assert key_file.stat().st_mode & 0o777 == 0o600
        old, new = key_file.read_text(), Fernet.generate_key().decode()

        with pytest.raises(WrongSetting, match="今の鍵では開けません"):
            opened(bench, new)
        assert set(wrong_with(bench, new)) == {"MADOGUCHI_SLACK_KEY"}
        with pytest.raises(WrongSetting, match="Fernetの鍵の形"):
            opened(bench, "short")
        assert opened(bench, f"{new},{old}") == twin_token
        assert opened(bench, new) == twin_token  # the old one may go
        with pytest.raises(WrongSetting):
            opened(bench, old)

        key_file.unlink()
        with pytest.raises(WrongSetting, match=KEY_FILE):
            opened(bench, "")
        assert not key_file.exists()  # a new key would open nothing


def opened(bench: Several, key: str) -> str:
    """T1's token, by this key."""
    bot = Installations(oauth_settings(bench.twin, bench.home, key), bench.ledger).bot("T1")
    assert bot is not None
    return bot.bot_token


def wrong_with(bench: Several, key: str) -> dict[str, str]:
    settings = oauth_settings(bench.twin, bench.home, key)
    return {f.subject: f.sentence for f in diagnose(settings, DESK, bench.ledger) if not f.ok}


def test_who_may_not_install_is_told_so_in_japanese_and_nothing_is_kept(tmp_path: Path):
    with running_several(tmp_path) as bench:
        browser = bench.browser()
        query = bench.twin.consent(browser.begin(), "T1", "U1ADMIN")

        refusals = {
            "denied": browser.come_back("error=%3Cb%3E"),
            "another browser": bench.browser().come_back(query),
            "a code of nobody's": browser.come_back(query.replace("code-", "none-")),
            "a state that was used": browser.come_back(query),
        }

        assert [page.status for page in refusals.values()] == [200, 400, 401, 401]
        assert all("お試しください" in page.text for page in refusals.values())
        assert not any("<b>" in page.text for page in refusals.values())
        assert Installations(bench.settings, bench.ledger).teams() == []
        assert "/slack/install" in wrong(bench)["Slack"]
        nowhere = bench.twin.event({"type": "app_mention", "channel": SHINGU, "user": STAFF, "ts": "1.1", "text": "x"})
        assert nowhere.wait()  # acknowledged: it would not go better a second time
        assert logged(bench) == []


def test_what_slacks_library_stores_fits_our_tables_on_postgresql(tmp_path: Path):
    """A newer slack_sdk may have more columns: then a migration is due. A sealed token is longer than its own allow."""
    with a_twin() as twin, postgres_server() as server:
        ledger = Ledger(server.emptied())
        settings = oauth_settings(twin, tmp_path)
        store = Installations(settings, ledger)
        for table in (store._reading.bots, store._reading.installations):
            assert columns(ledger, table.name) == {column.name for column in table.columns}

        for token in ("xoxb-first", LONG):
            store.save(installation(token))
        state = States(ledger).issue()

        found = Installations(settings, ledger).bot("T1")
        assert found is not None
        assert (found.bot_token, store.teams()) == (LONG, ["T1"])
        assert [States(ledger).consume(state), States(ledger).consume(state)] == [True, False]
        store.remove("T1")
        assert (store.bot("T1"), store.teams()) == (None, [])
        ledger.close()


def installation(token: str) -> Installation:
    ids = {"app_id": "A1", "team_id": "T1", "enterprise_id": "E1", "bot_id": "B1", "bot_user_id": "U1", "user_id": "U2"}
    return Installation(**ids, bot_token=token, bot_scopes="chat:write")


def columns(ledger: Ledger, table: str) -> set[str]:
    return {str(column["name"]) for column in inspect(ledger.engine).get_columns(table)}
