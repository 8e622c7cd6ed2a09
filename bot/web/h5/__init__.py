"""The residents' pages, opened from the chat: every route of them on one page. How to add one: docs/h5.md."""

from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path

from aiohttp import web

from bot.privacy import Seal
from bot.rules.office import Office
from bot.store import Session
from bot.store.runs import Runs
from bot.web import static
from bot.web.h5 import activity, arrival, booking, contest, course, heard, home, poll, push, station, study, volunteer
from bot.web.h5.oauth import OAuth
from bot.web.h5.page import Route
from bot.web.h5.serve import PATH, Front
from bot.web.h5.templates import environment

__all__ = ["add_h5", "routes"]

PAGES = (
    home.pages,
    station.pages,
    *booking.PAGES,
    activity.pages,
    course.pages,
    volunteer.pages,
    arrival.pages,
    *study.PAGES,
    heard.pages,
    poll.pages,
    push.pages,
    contest.pages,
)


def routes() -> Iterable[Route]:
    """Every page."""
    return (route for pages in PAGES for route in pages.routes)


def add_h5(
    app: web.Application,
    *,
    desk: Runs,
    office: Callable[[Session], Office],
    now: Callable[[], datetime],
    seal: Seal,
    https: bool,
    oauth: OAuth | None = None,
    public_url: str = "",
) -> Front:
    """Serve `/h5/`."""
    files = static.read(Path(__file__).parent / "static")
    front = Front(desk, office, now, seal, environment(static.addresses(PATH, files)), https, oauth, public_url)
    static.add_static(app, PATH, files)
    app.router.add_get(f"{PATH}/in/{{name}}", front.enter)
    app.router.add_get(f"{PATH}/size", front.size)
    app.router.add_get(f"{PATH}/oauth", front.arrive)
    for route in routes():
        app.router.add_route(route.verb.value, route.path, front.handler(route))
    return front
