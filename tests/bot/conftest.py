"""A running desk for each test: by default in Socket Mode, `either` in both modes."""

import pytest

from tests.bot.bench import running_bench


@pytest.fixture
def bench(tmp_path):
    with running_bench(tmp_path, "socket") as running:
        yield running
        assert running.twin.violations == []


@pytest.fixture(params=["socket", "http"])
def either(request, tmp_path):
    """In Socket Mode, and over HTTP."""
    with running_bench(tmp_path, request.param) as running:
        yield running
        assert running.twin.violations == []
