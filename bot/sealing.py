"""The seal on Slack's tokens: Fernet, with the keys of MADOGUCHI_SLACK_KEY, else one key made in MADOGUCHI_HOME."""

import os
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from bot import wording
from bot.settings import SlackSettings
from consultation.errors import WrongSetting

KEY_FILE = "slack.key"


class Seal:
    """Seals with the first key; opens what any of them has sealed."""

    def __init__(self, keys: list[bytes]) -> None:
        """Raises ValueError for a key that is none."""
        self._first = Fernet(keys[0])
        self._any = MultiFernet([Fernet(key) for key in keys])

    def closed(self, secret: str) -> str:
        return self._any.encrypt(secret.encode()).decode()

    def opened(self, sealed: str) -> str:
        """Raises WrongSetting where no key fits."""
        try:
            return self._any.decrypt(sealed.encode()).decode()
        except InvalidToken:
            raise WrongSetting(wording.WRONG_KEY) from None

    def renewed(self, sealed: str) -> str:
        """The same under the first key; as it is where it stands under that already. Raises WrongSetting."""
        try:
            self._first.decrypt(sealed.encode())
        except InvalidToken:
            return self.closed(self.opened(sealed))
        return sealed


def seal_from(settings: SlackSettings, *, is_needed: bool) -> Seal:
    """The seal of the settings. `is_needed`: something is sealed already, so that a new key would not open it."""
    keys = [key.strip().encode() for key in settings.slack_key.get_secret_value().split(",") if key.strip()]
    try:
        return Seal(keys or [_kept(settings.home / KEY_FILE, is_needed=is_needed)])
    except ValueError:
        raise WrongSetting(wording.NO_KEY_AT_ALL) from None


def _kept(path: Path, *, is_needed: bool) -> bytes:
    """The key in the file, made the first time; only its own user can read it."""
    try:
        return path.read_bytes().strip()
    except FileNotFoundError:
        if is_needed:
            raise WrongSetting(wording.KEY_LOST.format(path=path)) from None
    except OSError as error:
        raise WrongSetting(wording.KEY_UNREADABLE.format(path=path, why=error.strerror)) from None
    key = Fernet.generate_key()
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(key)
    except FileExistsError:
        return path.read_bytes().strip()
    except OSError as error:
        raise WrongSetting(wording.KEY_UNREADABLE.format(path=path, why=error.strerror)) from None
    return key
