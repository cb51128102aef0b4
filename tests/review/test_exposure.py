"""Who may listen where."""

import pytest

from consultation.errors import WrongSetting
from review.exposure import check_exposure
from review.settings import ReviewSettings, is_loopback


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "madoguchi.example.jp", ""])
def test_without_accounts_it_listens_nowhere_but_here(host: str) -> None:
    with pytest.raises(WrongSetting, match="アカウントが1件もない"):
        check_exposure(host, has_accounts=False)
    check_exposure(host, has_accounts=True)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.9.9.9", "::1", "[::1]", "localhost", "LOCALHOST."])
def test_here_is_loopback_by_any_of_its_names(host: str) -> None:
    check_exposure(host, has_accounts=False)


@pytest.mark.parametrize("host", ["localhost.evil.example", "127.0.0.1.evil.example", "2130706433", "0177.0.0.1", "0"])
def test_what_only_looks_like_loopback_is_not(host: str) -> None:
    assert not is_loopback(host)


@pytest.mark.parametrize("url", ["ftp://x", "madoguchi.example.jp", "https://"])
def test_a_public_address_is_a_web_address(url: str) -> None:
    with pytest.raises(ValueError, match="public_url"):
        ReviewSettings(public_url=url)


def test_a_public_address_on_loopback_is_not_public() -> None:
    assert not ReviewSettings(public_url="http://127.0.0.1:8080/").is_public
    assert ReviewSettings(public_url="https://madoguchi.example.jp").is_public
