"""Files of a form, as a browser without JavaScript sends them."""

from typing import Annotated

from fastapi import Depends, Request
from starlette.datastructures import UploadFile

from desk.holding import Upload

FILES = "files"
"""The input's name."""


async def uploads_of(request: Request) -> list[Upload]:
    """Those that were chosen, in order; a form in which none was chosen sends one without a name.

    FastAPI has read the form before it asks us, and keeps it with the request: nothing is read again.
    """
    sent = (await request.form()).getlist(FILES)
    return [Upload(one.filename, one.file) for one in sent if isinstance(one, UploadFile) and one.filename]


Uploads = Annotated[list[Upload], Depends(uploads_of)]
