"""The web application: its routes, the guard in front of them, and what every response carries."""

from fastapi import APIRouter, Depends, FastAPI
from fastapi.routing import APIRoute
from starlette.middleware import Middleware
from starlette.staticfiles import StaticFiles

from desk.holding import MOST_FILES
from review import articles, asking, casework, control, files, health, people, reading, signing, team, weekly
from review.access import guard, unruled
from review.headers import Secured
from review.parts import WebParts
from review.refusals import refuse_politely, too_large
from review.rendering import HERE
from review.throttle import Throttle

FACES = (health, control, signing, asking, casework, files, articles, reading, team, weekly, people)
ROUTERS: tuple[APIRouter, ...] = tuple(module.router for module in FACES)


def web_app(parts: WebParts) -> FastAPI:
    """The whole web. Raises LookupError where a route has no rule: it is never served unguarded."""
    missing = unruled(routes())
    if missing:
        raise LookupError(f"rules and routes differ: {sorted(missing)}")
    app = FastAPI(
        title="Madoguchi",
        dependencies=[Depends(guard)],
        middleware=[Middleware(Secured, files=parts.files.holding.largest * MOST_FILES, refuse=too_large)],
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
    )
    app.state.parts = parts
    app.state.throttle = Throttle()
    for router in ROUTERS:
        app.include_router(router)
    app.mount("/static", StaticFiles(directory=HERE / "static"), name="static")
    refuse_politely(app)
    return app


def routes() -> set[tuple[str, str]]:
    """Every (method, path) that is served."""
    return {
        (method, route.path)
        for router in ROUTERS
        for route in router.routes
        if isinstance(route, APIRoute)
        for method in route.methods or ()
    }
