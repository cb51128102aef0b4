"""The seal on Slack's tokens and on the web's files: Fernet, by the keys of MADOGUCHI_SLACK_KEY or one in a file."""

import os
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from consultation.errors import WrongSetting
from desk import wording
from records.held import is_anything_sealed
from records.ledger import Ledger

KEY_FILE = "slack.key"


class Seal:
    """Seals with the first key; opens what any of them has sealed."""

    def __init__(self, keys: list[bytes]) -> None:
        """Raises ValueError for a key that is none."""
        self._first = Fernet(keys[0])
        self._any = MultiFernet([Fernet(key) for key in keys])
        self.is_changing = len(keys) > 1
        """Whether an older key may have sealed what is kept."""

    def closed(self, secret: str) -> str:
        return self.closed_bytes(secret.encode()).decode()

    def opened(self, sealed: str) -> str:
        """Raises WrongSetting where no key fits."""
        return self.opened_bytes(sealed.encode()).decode()

    def renewed(self, sealed: str) -> str:
        """The same under the first key; as it is where it stands under that already. Raises WrongSetting."""
        return self.renewed_bytes(sealed.encode()).decode()

    def closed_bytes(self, data: bytes) -> bytes:
        return self._first.encrypt(data)

    def opened_bytes(self, sealed: bytes) -> bytes:
        """Raises WrongSetting where no key fits."""
        try:
            return self._any.decrypt(sealed)
        except InvalidToken:
            raise WrongSetting(wording.WRONG_KEY) from None

    def renewed_bytes(self, sealed: bytes) -> bytes:
        """As `renewed`. Raises WrongSetting."""
        try:
            self._first.decrypt(sealed)
        except InvalidToken:
            return self.closed_bytes(self.opened_bytes(sealed))
        return sealed


def seal_from(keys: str, home: Path, ledger: Ledger) -> Seal:
    """The seal of the settings. Raises WrongSetting where a key is none, or lost while something is sealed with it."""
    given = [key.strip().encode() for key in keys.split(",") if key.strip()]
    try:
        return Seal(given or [_kept(home / KEY_FILE, ledger)])
    except ValueError:
        raise WrongSetting(wording.NO_KEY_AT_ALL) from None


def _kept(path: Path, ledger: Ledger) -> bytes:
    """The key in the file, made the first time; only its own user can read it."""
    try:
        return path.read_bytes().strip()
    except FileNotFoundError:
        if ledger.read(is_anything_sealed):  # a new key would not open it
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
