"""Every error of ours, drawn as one tree; adapters translate a vendor's error into one of these.

MadoguchiError
├── BadInput              the caller gave something that cannot be taken; `reason` is Japanese, for the user
│   ├── BadMunicipalityCode
│   ├── MaterialUnreadable    one file cannot be read; the others are
│   └── WrongSetting          a setting stops the start with one line
├── NotFound              no such thing, or not yours: both look the same
├── Unavailable           something outside our walls does not answer; a later try may pass
│   ├── PostUnknown           the post may stand or not: look before posting again
│   └── PostDelayed           Slack asks to wait `retry_after_s`
├── FileUnfit             a file is not passed on; `why` says for what
├── Unwritten             the language model wrote nothing that can be used; the desk quotes instead
├── PostRefused           Slack will never take this post; a person must look
├── ModelMissing          the embedding model's weights are not on disk
└── StoreBusy             another process owns the stores
"""

from consultation.attachment import Unfit


class MadoguchiError(Exception):
    """The root; nothing raises it directly."""


class BadInput(MadoguchiError):
    """The caller's fault. `reason` is a Japanese sentence that the user may read."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class BadMunicipalityCode(BadInput):
    """Not a six-digit code with a right check digit."""


class MaterialUnreadable(BadInput):
    """A material cannot be read, or must not be."""


class WrongSetting(BadInput):
    """A setting is missing or wrong; the desk does not start."""


class NotFound(BadInput):
    """There is no such thing, or the one who asks may not see it."""


class Unavailable(MadoguchiError):
    """Something outside our walls does not answer now."""


class PostUnknown(Unavailable):
    """A post was sent and its result is not known."""


class PostDelayed(Unavailable):
    """The post was not taken; it may be sent again after `retry_after_s` seconds."""

    def __init__(self, retry_after_s: float) -> None:
        super().__init__(f"retry after {retry_after_s} s")
        self.retry_after_s = retry_after_s


class PostRefused(MadoguchiError):
    """The post will never be taken (channel gone, token revoked); `code` is the vendor's word for why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class FileUnfit(MadoguchiError):
    """The file must not be passed on, or cannot be had."""

    def __init__(self, why: Unfit) -> None:
        super().__init__(why.value)
        self.why = why


class Unwritten(MadoguchiError):
    """The language model is down, slow, or wrote what cannot be read; `code` says which, for the log."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class ModelMissing(BadInput):
    """The embedding model's weights are not on this machine."""


class StoreBusy(BadInput):
    """Another process owns the stores in this home."""
