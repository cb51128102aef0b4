"""What the commands about who leaves, and about posts that did not arrive, do on the log alone; rounds do the rest."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from consultation.errors import BadInput, NotFound
from consultation.municipality import municipality_code
from desk import wording
from records.ledger import Ledger, Session
from records.pages import Pages
from records.postbook import PostBook
from records.registry import Registry
from records.rows import DeliveryRow

Said = dict[str, object]


def leave_municipality(ledger: Ledger, said: Mapping[str, object]) -> Iterator[Said]:
    """Arguments: code. Its open cases are closed by the running desk on its next round."""
    code = municipality_code(str(said["code"]))
    body = ledger.write(lambda session: Registry(session).leave(code, datetime.now(UTC)))
    yield {"result": {"code": code, "name": body.name}}


def leave_consultant(ledger: Ledger, said: Mapping[str, object]) -> Iterator[Said]:
    """Arguments: slack_user. What they leave behind is turned to others by the running desk on its next round."""
    user = str(said["slack_user"])
    gone = ledger.write(lambda session: Registry(session).dismiss(user, datetime.now(UTC)))
    if gone is None:
        raise BadInput(f"Slackユーザー {user} は、担当コンサルタントとして登録されていません。")
    yield {"result": {"name": gone.name, "slack_user": user}}


def list_posts(ledger: Ledger, _said: Mapping[str, object]) -> Iterator[Said]:
    """What did not arrive."""
    yield {"result": ledger.read(lambda session: [_shown(session, row) for row in PostBook(session).undelivered()])}


def retry_posts(ledger: Ledger, said: Mapping[str, object]) -> Iterator[Said]:
    """Arguments: id (or empty: all). The running desk posts it within a minute, one that does not run at its start."""
    only = str(said["id"]) if said.get("id") else None
    again = ledger.write(lambda session: PostBook(session).retry(only))
    if only is not None and not again:
        raise NotFound(f"届けられなかった投稿に「{only}」はありません。")
    yield {"result": {"count": len(again)}}


def undelivered(session: Session) -> list[str]:
    """Each in a sentence, for `doctor`."""
    shown = [_shown(session, row) for row in PostBook(session).undelivered()]
    return [f"{one['number']}（{one['body']}）への{one['what']}：{one['why']}" for one in shown]


def _shown(session: Session, row: DeliveryRow) -> dict[str, str]:
    pages = Pages(session)
    if row.case_id:
        consultation = pages.case(row.case_id).consultation
    elif row.inquiry_id:
        consultation = pages.consultation(pages.inquiry(row.inquiry_id).consultation_id)
    else:
        consultation = None
    return {
        "id": row.id,
        "number": consultation.number if consultation else "―",
        "body": consultation.municipality.name if consultation else "―",
        "what": wording.undelivered(row.purpose),
        "why": wording.why_undelivered(row.failure),
    }
