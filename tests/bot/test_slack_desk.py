"""The Slack side from end to end: the stand-in for Slack, the real Bolt, the real engine and log, in both modes."""

import pytest

from consultation.inquiry import Channel, Place
from records.pages import LogFilter, Pages
from tests.bot.bench import (
    BODY,
    COLLEAGUE,
    CONSULTANTS,
    KATO,
    MINATO,
    OTHER_STAFF,
    QUOTE,
    SATO,
    SHINGU,
    STAFF,
    STRANGER,
    TEAM,
    Bench,
    running_bench,
)


@pytest.fixture(params=["socket", "http"])
def bench(request, tmp_path):
    with running_bench(tmp_path, request.param) as running:
        yield running
        assert running.twin.violations == []


def test_a_mention_is_answered_in_its_thread_with_sources(bench: Bench):
    ts = bench.ask("保育所の入所選考AIの効果は？")

    bench.says(SHINGU, ts)

    answers = bench.twin.answers(SHINGU, ts)
    assert len(answers) == 1
    assert QUOTE in answers[0].text
    assert answers[0].metadata["event_type"] == "madoguchi_delivery"
    assert bench.button(SHINGU, answers[0].ts, "feedback")
    assert bench.button(SHINGU, answers[0].ts, "handoff.request")
    assert str(answers[0].blocks).count("source.show") == 2
    assert "R" in str(answers[0].blocks)
