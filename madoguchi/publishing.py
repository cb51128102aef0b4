"""The second step: what waits for a reviewer is looked at, and goes live at once."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from consultation.errors import BadInput
from consultation.passage import Passage
from madoguchi.house import House
from madoguchi.operations import Said, followed
from records.ledger import Ledger
from records.proposals import Proposal, Proposals
from records.staging import Staging


def staged(ledger: Ledger, said: Mapping[str, object]) -> Iterator[Said]:
    """What would change; arguments: path (of one document) or none, for all."""
    found = ledger.read(lambda session: Proposals(session).all())
    path = said.get("path")
    if path and path not in [one.path for one in found]:
        raise _not_waiting(str(path))
    yield {"result": [_told(one) for one in found if not path or one.path == path]}


def publish(house: House, said: Mapping[str, object]) -> Iterator[Said]:
    """Let what waits go live; arguments: paths, or none for all. The paths that were published."""
    named = said.get("paths")
    paths = [str(path) for path in named] if isinstance(named, list) and named else None
    published = house.ledger.write(lambda session: _released(Staging(session), paths))
    yield from followed(house, rebuild=False)
    yield {"result": {"published": published}}


def _released(staging: Staging, paths: Sequence[str] | None) -> list[str]:
    waiting = set(staging.waiting())
    for path in paths or ():
        if path not in waiting:
            raise _not_waiting(path)
    return staging.release(paths)


def _told(proposal: Proposal) -> Said:
    before, after = proposal.before, proposal.after
    stood, comes = {_words(one) for one in before}, {_words(one) for one in after}
    return {
        "path": proposal.path,
        "fate": "added" if not before else "changed" if after else "removed",
        "title": next((one.title for one in (*after, *before)), ""),
        "passages": len(after),
        "added": [_shown(one) for one in after if _words(one) not in stood],
        "removed": [_shown(one) for one in before if _words(one) not in comes],
        "said": _said(proposal) if before and after else [],
    }


def _said(proposal: Proposal) -> list[dict[str, str]]:
    """What is said of the document and would change: who may see it, how long it is in force, what it replaces."""
    (stood, comes), (replaced, replaces) = (proposal.before[0], proposal.after[0]), proposal.replaced
    pairs = {
        "visible_to": (_bodies(stood), _bodies(comes)),
        "valid_from": (_day(stood.valid_from), _day(comes.valid_from)),
        "valid_until": (_day(stood.valid_until), _day(comes.valid_until)),
        "as_of": (_day(stood.as_of), _day(comes.as_of)),
        "supersedes": (replaced, replaces),
        "programme": (stood.programme, comes.programme),
        "title": (stood.title, comes.title),
        "source": (stood.source, comes.source),
        "kind": (stood.kind.value, comes.kind.value),
    }
    return [{"what": what, "before": one, "after": other} for what, (one, other) in pairs.items() if one != other]


def _bodies(passage: Passage) -> str:
    return "all" if passage.visible_to is None else " ".join(sorted(passage.visible_to))


def _day(day: date | None) -> str:
    return day.isoformat() if day is not None else ""


def _words(passage: Passage) -> tuple[str, ...]:
    return (passage.locator, *passage.heading, passage.text)


def _shown(passage: Passage) -> dict[str, str]:
    return {"locator": passage.locator, "text": passage.text}


def _not_waiting(path: str) -> BadInput:
    return BadInput(f"「{path}」は公開を待っていません。madoguchi staged で一覧をご確認ください。")
