"""Installing and sharing, as Slack does it: asked for by the real slack_sdk."""

from collections.abc import Iterator

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from .slack import SlackTwin


@pytest.fixture
def twin() -> Iterator[SlackTwin]:
    with SlackTwin() as twin:
        twin.bare_workspace("T2")
        yield twin


def code(twin: SlackTwin, scope: str = "chat:write,users:read") -> str:
    address = f"{twin.url}/oauth/v2/authorize?client_id={twin.client[0]}&scope={scope}&state=s"
    return twin.consent(address, "T2", "U2").partition("code=")[2].partition("&")[0]


def exchanged(twin: SlackTwin, given: str, **client: str) -> str:
    who = {"client_id": twin.client[0], "client_secret": twin.client[1]} | client
    return str(WebClient(base_url=f"{twin.url}/api/").oauth_v2_access(code=given, **who)["access_token"])


def refusal(twin: SlackTwin, given: str, **client: str) -> str:
    with pytest.raises(SlackApiError) as refused:
        exchanged(twin, given, **client)
    return str(refused.value.response["error"])


def test_a_code_is_good_for_one_token_of_its_workspace(twin: SlackTwin) -> None:
    once = code(twin)
    token = exchanged(twin, once)

    assert WebClient(token, base_url=f"{twin.url}/api/").auth_test()["team_id"] == "T2"
    assert refusal(twin, once) == "code_already_used"
    assert refusal(twin, "none") == "invalid_code"
    assert refusal(twin, code(twin), client_id="other") == "invalid_client_id"
    assert refusal(twin, code(twin), client_secret="other") == "bad_client_secret"
    with pytest.raises(ValueError, match="invalid_scope"):
        code(twin, "admin")


def test_who_installs_again_keeps_the_token_and_who_removed_the_app_gets_another(twin: SlackTwin) -> None:
    token = exchanged(twin, code(twin))
    assert exchanged(twin, code(twin)) == token

    twin.uninstall("T2")

    with pytest.raises(SlackApiError, match="token_revoked"):
        WebClient(token, base_url=f"{twin.url}/api/").auth_test()
    assert exchanged(twin, code(twin)) != token


def test_a_shared_channel_is_told_to_each_installation_and_a_mention_to_the_one_meant(twin: SlackTwin) -> None:
    exchanged(twin, code(twin))
    twin.user("U2", "T2")
    twin.channel("C1", "T1")
    twin.share("C1", "T2")

    with twin.held_events() as held:
        twin.say("C1", "U2", f"<@{twin.bot_user('T2')}> 質問")
        told = [(delivery.payload["team_id"], delivery.event["type"]) for delivery in held]
        held.clear()

    assert sorted(told) == [("T1", "message"), ("T2", "app_mention"), ("T2", "message")]
