"""The back office: its routes and its rail on one page. How to add a page: docs/console.md."""

from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path

from aiohttp import web

from bot.nlu.current import Current
from bot.rules.office import Office
from bot.store import Session
from bot.web import guards, static
from bot.web.code import CodeFor
from bot.web.console import (
    activity,
    aid,
    arrival,
    audit,
    bookings,
    branches,
    bulletin,
    calls,
    circle,
    codes,
    contacts,
    contests,
    course,
    customer_groups,
    design,
    destinations,
    entries,
    figures,
    forwarding,
    group,
    holidays,
    inbox,
    knowledge,
    knowledge_entry,
    knowledge_gaps,
    live,
    locker,
    manage,
    me,
    members,
    offers,
    people,
    places,
    polls,
    push_plans,
    pushes,
    settings,
    sheets,
    staff,
    stations,
    study,
    suggestion_steps,
    suggestions,
    talks,
    ticket,
    ticket_map,
    volunteer,
)
from bot.web.console.page import Place, Route
from bot.web.console.serve import Back, Run
from bot.web.console.signin import add_sign_in
from bot.web.console.templates import environment
from bot.web.guards import Gate

__all__ = ["PLACES", "add_console", "routes"]

PAGES = (
    inbox.pages,
    ticket.pages,
    ticket_map.pages,
    knowledge.pages,
    knowledge_gaps.pages,
    knowledge_entry.pages,
    places.pages,
    circle.pages,
    contacts.pages,
    stations.pages,
    holidays.pages,
    sheets.pages,
    *bookings.PAGES,
    activity.pages,
    *arrival.PAGES,
    *study.PAGES,
    aid.pages,
    bulletin.pages,
    suggestions.pages,
    suggestion_steps.pages,
    polls.pages,
    contests.pages,
    entries.pages,
    *volunteer.PAGES,
    offers.pages,
    *course.PAGES,
    *locker.PAGES,
    talks.pages,
    calls.pages,
    people.pages,
    manage.pages,
    forwarding.pages,
    destinations.pages,
    group.pages,
    branches.pages,
    members.pages,
    codes.pages,
    push_plans.pages,
    pushes.pages,
    customer_groups.pages,
    staff.pages,
    settings.pages,
    figures.pages,
    audit.pages,
    me.pages,
    design.pages,
)
PLACES: tuple[Place, ...] = (
    inbox.PLACE,
    people.PLACE,
    bookings.PLACE,
    knowledge.PLACE,
    activity.PLACE,
    course.PLACE,
    places.PLACE,
    locker.PLACE,
    manage.PLACE,
    me.PLACE,
)


def routes() -> Iterable[Route]:
    """Every page with who may open it."""
    return (route for pages in PAGES for route in pages.routes)


def add_console(
    app: web.Application,
    *,
    run: Run,
    office: Callable[[Session], Office],
    wall: Callable[[], datetime],
    gate: Gate,
    known: Current | None = None,
    code_for: CodeFor | None = None,
    pulse_seconds: float = live.PULSE_SECONDS,
) -> None:
    """Serve `/console/`. `wall` is the machine's clock, whatever the product's own says; `known` what is answered.

    `code_for` asks the account for a QR code.
    """
    files = static.read(Path(__file__).parent / "static")
    back = Back(run, office, wall, gate, environment(static.addresses(guards.PATH, files)), PLACES, known, code_for)
    static.add_static(app, guards.PATH, files)
    add_sign_in(app, back)
    live.add_live(app, back, pulse_seconds)

    async def slash(_request: web.Request) -> web.StreamResponse:
        raise web.HTTPMovedPermanently(f"{guards.PATH}/")

    app.router.add_get(guards.PATH, slash)
    for route in routes():
        app.router.add_route(route.verb.value, route.path, back.handler(route))
