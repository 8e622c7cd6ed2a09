"""Every route with every role, and every way of looking beyond one's own part of the city."""

import re

import pytest

from bot.rules.access import EVERYBODY, WORKERS
from bot.samples.staff import LOGINS
from bot.store import ticket as tickets
from bot.store.staff import Staff, StaffRole
from bot.web.console import PLACES, routes
from bot.web.console.frame import MOST_PLACES
from bot.web.console.page import Pages, Route, Verb
from bot.wording.audit import ACTS
from tests.support.console import Browser, House

NOISE = "新村1栋楼上半夜吵得睡不着"
LIFT = "花园3栋电梯坏了"
FIRST, SECOND = "T261122-0001", "T261122-0002"
WITHOUT_SESSION = {"/console", "/console/sign-in", "/console/sign-out", "/console/static/{name}", "/console/live"}
ROLES = {"admin": StaffRole.ADMINISTRATOR, "manager": StaffRole.MANAGER, "clerk": StaffRole.STATION_STAFF}
ROLES |= {"grid3": StaffRole.GRID_WORKER, "auditor": StaffRole.AUDITOR, "merchant": StaffRole.PROVIDER}


@pytest.fixture
def busy(house: House) -> House:
    """Two complaints, of which the worker of the third grid may see the first."""
    house.town.resident("婆婆").says(NOISE)
    house.town.resident("李叔").says(LIFT)
    values = house.account("clerk").model_dump(exclude={"id"})
    with house.transaction() as session:
        session.add(Staff(**{**values, "login": "merchant", "role": StaffRole.PROVIDER.value}))
    return house


def of(path: str) -> str:
    """An address of that route, with something in its braces."""
    return re.sub(r"\{(\w+)\}", lambda m: FIRST if m[1] == "number" else "00000000-0000-0000-0000-000000000000", path)


def test_every_address_of_the_console_is_declared_with_its_roles(house: House) -> None:
    declared = {(route.verb.value, route.path) for route in routes()}
    served = {
        (route.method, route.resource.canonical)
        for route in house.application().router.routes()
        if route.resource is not None and route.method != "HEAD"
    }
    assert {one for one in served if one[1] not in WITHOUT_SESSION} == declared
    assert all(route.roles for route in routes())


def test_a_route_for_nobody_cannot_be_declared() -> None:
    with pytest.raises(ValueError, match="nobody may open"):
        Pages().get("/console/x", roles=())(lambda visit: None)  # type: ignore[arg-type]


def test_looking_changes_nothing_and_the_auditor_changes_nothing() -> None:
    changing = [route for route in routes() if route.verb is Verb.POST]
    own = {"/console/me/sessions/end", "/console/password", "/console/design"}
    for route in changing:
        by_itself = route.path.endswith("/here")
        assert route.path in own or by_itself or StaffRole.AUDITOR not in route.roles, route.path


def test_the_rail_has_at_most_ten_places() -> None:
    assert len(PLACES) <= MOST_PLACES
    assert sum(place.handy for place in PLACES) <= 4


@pytest.mark.parametrize("login", ROLES)
async def test_every_route_with_every_role(busy: House, browser: Browser, login: str) -> None:
    await browser.signs_in(login)
    await browser.opens("/console/me")
    for route in routes():
        await visited(browser, route)
        may = ROLES[login] in route.roles
        assert browser.status < 500, route.path
        assert ("您的账号看不了这一页" in browser.words) != may, route.path
        assert (browser.status == 403) != may, route.path


async def test_no_route_without_a_session(busy: House, browser: Browser) -> None:
    for route in routes():
        await visited(browser, route)
        assert browser.at == "/console/sign-in", route.path


async def visited(browser: Browser, route: Route) -> None:
    """Look at it, or send its form as a page would."""
    if route.verb is Verb.GET:
        await browser.opens(of(route.path))
    else:
        await browser.sends(of(route.path))


async def test_a_grid_worker_sees_their_buildings_only(busy: House, worker: Browser) -> None:
    words = await worker.opens("/console/?view=all")
    assert FIRST in words
    assert SECOND not in words
    for sought in (SECOND, "电梯", "花园"):
        await worker.opens(f"/console/?view=all&q={sought}")
        assert f"/console/tickets/{SECOND}" not in worker.page


@pytest.mark.parametrize("step", ["", "/pictures/00000000-0000-0000-0000-000000000000", "/replies", "/map.svg"])
async def test_another_grids_ticket_is_not_there_by_its_address(busy: House, worker: Browser, step: str) -> None:
    await worker.opens(f"/console/tickets/{SECOND}{step}")
    assert worker.status == 404
    assert "电梯" not in worker.page


@pytest.mark.parametrize("step", ["take", "tell", "pass-on", "hand-back", "merge", "here"])
async def test_another_grids_ticket_is_not_there_for_a_form(busy: House, worker: Browser, step: str) -> None:
    await worker.opens(f"/console/tickets/{FIRST}")
    form = {"what": "solved", "note": "好了", "reason": "x", "into": FIRST, "to": "x", "step": "99"}
    await worker.sends(f"/console/tickets/{SECOND}/{step}", form)
    assert worker.status == 404
    with busy.transaction() as session:
        row = tickets.numbered(session, SECOND)
        assert row is not None
        assert row.state == "assigned"


async def test_a_ticket_is_not_put_together_with_one_that_they_may_not_see(busy: House, worker: Browser) -> None:
    await worker.opens(f"/console/tickets/{FIRST}")
    assert "没有找到要并入的工单" in await worker.sends(f"/console/tickets/{FIRST}/merge", {"into": SECOND})
    assert worker.status == 409


async def test_what_a_post_holds_is_theirs_wherever_it_is(busy: House, worker: Browser, clerk: Browser) -> None:
    await clerk.opens(f"/console/tickets/{SECOND}")
    found = re.search(r'<option value="([^"]+)">第3网格网格员', clerk.page)
    assert found
    await clerk.sends(f"/console/tickets/{SECOND}/pass-on", {"to": found[1], "step": "99"})
    assert SECOND in await worker.opens("/console/?view=mine")


async def test_what_nobody_could_place_is_seen_by_the_only_community(busy: House, clerk: Browser) -> None:
    busy.town.resident("租客").says("我要反映问题")
    busy.town.resident("租客").says("有人一直按我家门铃")
    busy.town.resident("租客").says("跳过")
    assert "T261122-0003" in await clerk.opens("/console/?view=all")


async def test_every_change_and_every_look_is_written_down(busy: House, clerk: Browser) -> None:
    await clerk.opens(f"/console/tickets/{FIRST}")
    await clerk.sends(f"/console/tickets/{FIRST}/take")
    await clerk.sends(f"/console/tickets/{FIRST}/tell", {"what": "answered", "note": "马上去看", "step": "99"})
    assert busy.acts("ticket.")[:2] == [f"clerk ticket.viewed {FIRST}", f"clerk ticket.taken {FIRST}"]
    assert f"clerk ticket.answered {FIRST}" in busy.acts("ticket.")
    assert all(one.split()[1] in ACTS for one in busy.acts())


async def test_who_looked_where_they_may_not_is_written_down_too(busy: House, worker: Browser) -> None:
    await worker.opens("/console/audit")
    assert busy.acts("page.refused") == ["grid3 page.refused /console/audit"]


def test_the_sample_has_somebody_for_every_way_of_working() -> None:
    assert set(LOGINS) | {"merchant"} == set(ROLES)
    assert WORKERS < EVERYBODY
