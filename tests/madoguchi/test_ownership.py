"""One process owns a home, and commands find it."""

import stat

import pytest

from consultation.errors import StoreBusy
from madoguchi.ownership import DOOR, Door, door_of, opened_door, owned


def test_a_second_owner_of_the_same_home_is_refused_in_japanese(tmp_path):
    with owned(tmp_path), pytest.raises(StoreBusy, match="使用中"), owned(tmp_path):
        pass


def test_a_home_is_free_again_after_its_owner(tmp_path):
    for _ in range(2):
        with owned(tmp_path), pytest.raises(StoreBusy), owned(tmp_path):
            pass


def test_the_door_of_a_running_desk_is_found(tmp_path):
    door = Door("http://127.0.0.1:1", "secret")

    with owned(tmp_path), opened_door(tmp_path, door):
        assert door_of(tmp_path) == door


def test_no_door_is_found_where_nobody_owns_the_home(tmp_path):
    with owned(tmp_path), opened_door(tmp_path, Door("http://127.0.0.1:1", "secret")):
        left_over = (tmp_path / DOOR).read_text()
    (tmp_path / DOOR).write_text(left_over)  # as a killed desk leaves it

    assert door_of(tmp_path) is None
    assert door_of(tmp_path / "nowhere") is None


def test_only_its_own_user_can_read_the_token(tmp_path):
    with owned(tmp_path), opened_door(tmp_path, Door("http://127.0.0.1:1", "secret")):
        mode = (tmp_path / DOOR).stat().st_mode

    assert stat.S_IMODE(mode) == 0o600
