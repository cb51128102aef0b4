"""The second step: what waits for a reviewer is looked at, and goes live at once."""

from collections.abc import Iterator, Mapping, Sequence

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
    }


def _words(passage: Passage) -> tuple[str, ...]:
    return (passage.locator, *passage.heading, passage.text)


def _shown(passage: Passage) -> dict[str, str]:
    return {"locator": passage.locator, "text": passage.text}


def _not_waiting(path: str) -> BadInput:
    return BadInput(f"「{path}」は公開を待っていません。madoguchi staged で一覧をご確認ください。")
