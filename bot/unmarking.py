"""What a person wrote, out of Slack's marks: mentions, links, entities, emoji names. Plain words remain."""

import re

_MARK = re.compile(r"<([^<>]*)>")
_EMOJI = re.compile(r"(?<![0-9A-Za-z]):(?:[+-]1|(?=[a-z0-9_+'\-]*[a-z])[a-z0-9_+'\-]+):")
_BLANKS = re.compile(r"[ \t]{2,}")


def mentions(text: str, user: str) -> bool:
    """Whether the text mentions this user."""
    return bool(user) and re.search(rf"<@{re.escape(user)}(?:\|[^<>]*)?>", text) is not None


def begins_to_another(text: str, user: str) -> bool:
    """Whether it is addressed to some other person: it begins with a mention that is not ours."""
    found = re.match(r"\s*<@([A-Z0-9]+)", text)
    return found is not None and found[1] != user


def plain_words(text: str, us: str) -> str:
    """The words without our mention; links as they read, other marks by their names."""
    unmarked = _MARK.sub(lambda mark: _read(mark[1], us), text)
    bare = _EMOJI.sub(" ", unmarked)
    return _BLANKS.sub(" ", _unescaped(bare)).strip()


def _read(mark: str, us: str) -> str:
    target, _, label = mark.partition("|")
    if target.startswith("@"):
        return " " if target[1:] == us else f"@{label or target[1:]}"
    if target.startswith("#"):
        return f"#{label or target[1:]}"
    if target.startswith("!"):
        return label or f"@{target[1:].split('^')[0]}"
    address = target.removeprefix("mailto:").removeprefix("tel:")
    return address if not label or label == address else f"{label}（{address}）"


def _unescaped(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
