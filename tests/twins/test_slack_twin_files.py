"""The stand-in's files: three steps up, Bearer only, nothing for who may not see it, and Slack's own limits."""

import urllib.error
import urllib.request

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from tests.twins.slack import SlackTwin
from tests.twins.slack.elements import element_problems
from tests.twins.slack.subscriptions import DEFAULT_SCOPES

FILES = frozenset({"files:read", "files:write"})


@pytest.fixture
def twin():
    with SlackTwin(DEFAULT_SCOPES | FILES) as twin:
        twin.user("U1")
        twin.channel("C1", members=["U1"])
        yield twin


@pytest.fixture
def client(twin: SlackTwin) -> WebClient:
    return WebClient(token=twin.bot_token, base_url=f"{twin.url}/api/", retry_handlers=[])


def fetched(url: str, token: str) -> bytes:
    request = urllib.request.Request(url, headers={"Authorization": f"Bearer {token}"})
    with urllib.request.urlopen(request) as answer:
        return answer.read()


def error_of(call) -> str:
    with pytest.raises(SlackApiError) as refused:
        call()
    return refused.value.response["error"]


def test_an_upload_stands_in_the_thread_once_it_is_complete(twin: SlackTwin, client: WebClient):
    root = twin.say("C1", "U1", "質問").ts
    where = client.files_getUploadURLExternal(filename="a.pdf", length=3)
    ref = where["file_id"]
    assert error_of(lambda: client.files_info(file=ref)) == "file_not_found"
    assert (
        error_of(lambda: client.files_completeUploadExternal(files=[{"id": ref}], channel_id="C1")) == "file_not_found"
    )
    urllib.request.urlopen(urllib.request.Request(where["upload_url"], data=b"abc", method="POST")).close()

    answer = client.files_completeUploadExternal(files=[{"id": ref, "title": "t"}], channel_id="C1", thread_ts=root)

    assert answer["files"] == [{"id": ref, "title": "t"}]
    assert twin.files_in("C1", root) == [("a.pdf", b"abc")]
    said = client.conversations_replies(channel="C1", ts=root)["messages"][-1]
    assert said["files"][0]["id"] == ref
    assert client.files_info(file=ref)["file"]["shares"]["public"]["C1"][0]["ts"] == said["ts"]
    assert (
        error_of(lambda: client.files_completeUploadExternal(files=[{"id": ref}], channel_id="C1")) == "file_not_found"
    )
    client.files_delete(file=ref)
    assert error_of(lambda: client.files_delete(file=ref)) == "file_deleted"
    assert twin.files_in("C1", root) == []


def test_an_upload_of_another_length_is_refused(twin: SlackTwin, client: WebClient):
    where = client.files_getUploadURLExternal(filename="a.pdf", length=4)

    with pytest.raises(urllib.error.HTTPError):
        urllib.request.urlopen(urllib.request.Request(where["upload_url"], data=b"abc", method="POST"))

    assert twin.violations == ["upload: 3 bytes instead of 4"]


def test_a_file_is_fetched_with_the_token_of_who_may_see_it_only(twin: SlackTwin, client: WebClient):
    private = twin.file("U1", "a.pdf", b"abc")
    shared = twin.file("U1", "b.pdf", b"def", size=10**9)
    twin.say("C1", "U1", "質問", files=[shared])

    assert fetched(shared["url_private"], twin.bot_token) == b"def"
    assert client.files_info(file=shared["id"])["file"]["size"] == 10**9
    for url, token in ((private["url_private"], twin.bot_token), (shared["url_private"], "xoxb-other")):
        with pytest.raises(urllib.error.HTTPError) as led_away:  # to the sign-in page, which is not there
            fetched(url, token)
        assert led_away.value.url.endswith("/sign-in")
    assert error_of(lambda: client.files_info(file=private["id"])) == "file_not_found"
    twin.remove_file(shared)
    assert error_of(lambda: client.files_info(file=shared["id"])) == "file_deleted"


def test_what_a_shared_channel_shows_of_a_file_is_next_to_nothing(twin: SlackTwin, client: WebClient):
    foreign = twin.file("U1", "a.pdf", b"abc", file_access="check_file_info")

    [delivery] = twin.say("C1", "U1", "質問", files=[foreign]).deliveries

    assert delivery.event["files"][0].keys() == {"id", "created", "timestamp", "file_access", "mode"}
    assert client.files_info(file=foreign["id"])["file"]["name"] == "a.pdf"


@pytest.mark.parametrize("most", [0, 11, "10"])
def test_a_file_input_takes_one_to_ten(most: object):
    element = {"type": "file_input", "action_id": "f", "max_files": most}
    assert "between 1 and 10" in str(element_problems(element, "/e", frozenset({"file_input"})))


def test_files_need_their_scopes():
    with SlackTwin() as twin:
        client = WebClient(token=twin.bot_token, base_url=f"{twin.url}/api/", retry_handlers=[])
        assert error_of(lambda: client.files_getUploadURLExternal(filename="a", length=1)) == "missing_scope"
        assert error_of(lambda: client.files_info(file="F1")) == "missing_scope"
