"""Where the bot's token may go along."""

import pytest
from slack_sdk import WebClient

from bot.fetching import is_slacks

SLACK = WebClient(base_url="https://slack.com/api/")
OURS = WebClient(base_url="http://127.0.0.1:4000/api/")


@pytest.mark.parametrize(
    "url",
    [
        "",
        "/files-pri/x",
        "file:///etc/passwd",
        "http://files.slack.com/files-pri/x",
        "https://files.slack.com:8443/x",
        "https://files.slack.com:no/x",
        "https://files.slack.com@evil.example/x",
        "https://files.slack.com.evil.example/x",
        "https://evil.example/?https://files.slack.com/",
        "http://127.0.0.1:4000/files-pri/x",
        "http://169.254.169.254/latest/meta-data",
        "https://[::1/x",
    ],
)
def test_no_other_host_is_slacks(url: str):
    assert not is_slacks(SLACK, url)


def test_slacks_file_hosts_are_and_so_is_the_host_that_the_settings_name():
    assert is_slacks(SLACK, "https://files.slack.com/files-pri/T1-F1/a.pdf")
    assert is_slacks(SLACK, "https://files.slack-gov.com/upload/v1/x")
    assert is_slacks(OURS, "http://127.0.0.1:4000/files-pri/T1-F1/a.pdf")
    assert not is_slacks(OURS, "http://127.0.0.1:4001/files-pri/T1-F1/a.pdf")
