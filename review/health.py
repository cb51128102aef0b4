"""Whether the desk is well: for whoever watches it, without signing in."""

from fastapi import APIRouter
from starlette.responses import JSONResponse

from consultation.errors import Unavailable
from records.accounts import Accounts
from review.parts import Parts

router = APIRouter()


@router.get("/healthz")
def healthz(parts: Parts) -> JSONResponse:
    """503 while the database is away; an index that is still computed is well."""
    index = "preparing" if parts.index_state() else "ready"
    try:
        parts.ledger.read(lambda session: Accounts(session).has_people())
    except Unavailable:
        return JSONResponse({"status": "unavailable", "database": "unavailable", "index": index}, 503)
    return JSONResponse({"status": "ok", "database": "ok", "index": index})
