"""The sandbox over HTTP: its page, the way through to the platform, and the stream of what happened inside."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from threading import Thread

import pytest
from aiohttp import ClientResponse, web
from aiohttp.test_utils import TestClient, TestServer
from yarl import URL

from bot.web import sandbox
from bot.web.guards import HEADERS
from bot.web.sandbox import Device, Inside, add_sandbox

PAGE = Path(sandbox.__file__).parent / "page"
LARGEST_PAGE = 200_000
SECONDS = 5.0


class StandIn:
    """A platform of our own: tells what reached it, and lets a test decide when its stream goes on."""

    def __init__(self) -> None:
        self.root = ""
        self.go_on = asyncio.Event()
        self.looked_on = asyncio.Event()
        self.app = web.Application()
        self.app.router.add_get("/_sim/events", self._events)
        self.app.router.add_get("/_office/events", self._books)
        self.app.router.add_get("/_sim/media/1", self._media)
        self.app.router.add_route("*", "/{tail:.*}", self._mirror)

    async def _mirror(self, request: web.Request) -> web.Response:
        told = {
            "method": request.method,
            "path": request.raw_path,
            "type": request.headers.get("Content-Type"),
            "cookie": request.headers.get("Cookie"),
            "body": await request.text(),
        }
        return web.json_response(told, status=202 if request.method == "POST" else 404)

    async def _events(self, request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(request)
        await response.write(f"id: 1\ndata: after {request.headers.get('Last-Event-ID')}\n\n".encode())
        await self.go_on.wait()
        await response.write(b"id: 2\ndata: later\n\n")
        return response

    async def _books(self, request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(request)
        await response.write(b': still here\n\nid: 1\nevent: office\ndata: {"requests": []}\n\n')
        await self.looked_on.wait()
        return response

    async def _media(self, _request: web.Request) -> web.Response:
        return web.Response(body=b"<script>alert(1)</script>", content_type="text/html")


@pytest.fixture
async def platform() -> AsyncIterator[StandIn]:
    stand_in = StandIn()
    server = TestServer(stand_in.app)
    await server.start_server()
    stand_in.root = str(server.make_url("/"))
    yield stand_in
    stand_in.go_on.set()
    stand_in.looked_on.set()
    await server.close()


@pytest.fixture
def inside() -> Inside:
    return Inside()


@asynccontextmanager
async def serving(
    root: str, inside: Inside, *devices: Device
) -> AsyncIterator[TestClient[web.Request, web.Application]]:
    app = web.Application()
    app.router.add_get("/{page:h5|console}/", page_of_ours)
    add_sandbox(app, platform=root, inside=inside, devices=dict.fromkeys(devices, root))
    async with asyncio.timeout(4 * SECONDS), TestClient(TestServer(app, shutdown_timeout=SECONDS)) as client:
        yield client


async def page_of_ours(_request: web.Request) -> web.Response:
    """A page as the product serves it, with the headers that every one of them has."""
    return web.Response(text="", headers=HEADERS)


@pytest.fixture
async def client(platform: StandIn, inside: Inside) -> AsyncIterator[TestClient[web.Request, web.Application]]:
    async with serving(platform.root, inside) as running:
        yield running


async def block(stream: ClientResponse) -> str:
    """The next event that carries data."""
    async with asyncio.timeout(SECONDS):
        while True:
            text = (await stream.content.readuntil(b"\n\n")).decode()
            if "data:" in text:
                return text


# --- the page


async def test_the_page_comes_with_a_policy_that_lets_nothing_in_from_outside(
    client: TestClient[web.Request, web.Application],
) -> None:
    answer = await client.get("/sandbox/")
    assert answer.status == 200
    assert answer.content_type == "text/html"
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy


async def test_every_file_of_the_page_is_served_with_its_type(client: TestClient[web.Request, web.Application]) -> None:
    types = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".html": "text/html"}
    for path in PAGE.iterdir():
        answer = await client.get(f"/sandbox/static/{path.name}")
        assert (answer.status, answer.content_type) == (200, types[path.suffix]), path.name
        assert await answer.read() == path.read_bytes()


async def test_a_file_that_did_not_change_is_not_sent_again(client: TestClient[web.Request, web.Application]) -> None:
    first = await client.get("/sandbox/static/main.js")
    again = await client.get("/sandbox/static/main.js", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status, await again.read()) == (304, b"")


@pytest.mark.parametrize("name", ["nothing.js", "..%2f__init__.py", "%2e%2e/proxy.py"])
async def test_nothing_but_the_page_is_served(client: TestClient[web.Request, web.Application], name: str) -> None:
    answer = await client.get(URL(f"/sandbox/static/{name}", encoded=True))
    assert answer.status == 404


async def test_the_address_without_its_slash_leads_there(client: TestClient[web.Request, web.Application]) -> None:
    answer = await client.get("/sandbox", allow_redirects=False)
    assert (answer.status, answer.headers["Location"]) == (301, "/sandbox/")


def test_the_page_is_small() -> None:
    assert sum(path.stat().st_size for path in PAGE.iterdir()) < LARGEST_PAGE


def test_the_page_has_no_script_or_style_within_and_needs_nothing_from_outside() -> None:
    markup = (PAGE / "index.html").read_text()
    assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)", markup)
    for path in PAGE.iterdir():
        outside = set(re.findall(r"https?://[\w./-]+", path.read_text())) - {"http://www.w3.org/2000/svg"}
        assert not outside, path.name


def test_every_file_of_the_page_is_used() -> None:
    used, todo = set[str](), ["index.html"]
    while todo:
        name = todo.pop()
        used.add(name)
        found = re.findall(r'"(?:\./|static/)([\w.]+\.(?:js|css|svg))"', (PAGE / name).read_text())
        todo += [other for other in found if other not in used]
    assert used == {path.name for path in PAGE.iterdir()}


# --- the way to the platform


async def test_what_is_posted_reaches_the_platform_as_it_is(client: TestClient[web.Request, web.Application]) -> None:
    answer = await client.post("/sandbox/platform/_sim/people/granny/say?x=1", json={"text": "水管漏水"})
    told = await answer.json()
    assert answer.status == 202
    assert (told["method"], told["path"]) == ("POST", "/_sim/people/granny/say?x=1")
    assert told["type"] == "application/json"
    assert told["body"] == '{"text": "\\u6c34\\u7ba1\\u6f0f\\u6c34"}'


async def test_the_platforms_errors_come_through(client: TestClient[web.Request, web.Application]) -> None:
    answer = await client.get("/sandbox/platform/_sim/nothing")
    assert (answer.status, (await answer.json())["path"]) == (404, "/_sim/nothing")


async def test_our_own_cookies_stay_here(client: TestClient[web.Request, web.Application]) -> None:
    answer = await client.get("/sandbox/platform/_sim/state", headers={"Cookie": "session=1"})
    assert (await answer.json())["cookie"] is None


@pytest.mark.parametrize("tail", ["/other.example/x", "%2F%2Fother.example/x", "http:%2F%2Fother.example/x"])
async def test_the_way_leads_to_the_platform_and_nowhere_else(
    client: TestClient[web.Request, web.Application], tail: str
) -> None:
    answer = await client.get(URL(f"/sandbox/platform/{tail}", encoded=True))
    assert (await answer.json())["path"].endswith("other.example/x")


async def test_what_a_person_sent_cannot_run_as_a_page(client: TestClient[web.Request, web.Application]) -> None:
    answer = await client.get("/sandbox/platform/_sim/media/1")
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


async def test_a_stream_passes_through_piece_by_piece(
    client: TestClient[web.Request, web.Application], platform: StandIn
) -> None:
    stream = await client.get("/sandbox/platform/_sim/events", headers={"Last-Event-ID": "17"})
    assert stream.content_type == "text/event-stream"
    assert "after 17" in await block(stream)
    platform.go_on.set()
    assert "later" in await block(stream)


async def test_a_platform_that_is_gone_is_named(inside: Inside, unused_tcp_port: int) -> None:
    async with serving(f"http://127.0.0.1:{unused_tcp_port}", inside) as client:
        answer = await client.get("/sandbox/platform/_sim/state")
        assert (answer.status, (await answer.json())["error"]) == (502, "platform_unreachable")


async def test_open_streams_do_not_hold_up_the_end(platform: StandIn, inside: Inside) -> None:
    async with serving(platform.root, inside) as client:
        events = await client.get("/sandbox/platform/_sim/events")
        looking = await client.get("/sandbox/inside")
        assert (events.status, looking.status) == (200, 200)
        await block(events)
        asked = asyncio.get_running_loop().time()
        await client.server.close()
        assert asyncio.get_running_loop().time() - asked < SECONDS / 2


# --- what happened inside


async def test_a_report_from_another_thread_reaches_the_page(
    client: TestClient[web.Request, web.Application], inside: Inside
) -> None:
    stream = await client.get("/sandbox/inside")
    assert stream.content_type == "text/event-stream"
    Thread(target=inside.put, args=({"openid": "o1", "key": "m1-2", "reply": "好"},)).start()
    told = await block(stream)
    assert told == 'id: 1\nevent: inside\ndata: {"openid": "o1", "key": "m1-2", "reply": "好"}\n\n'


async def test_a_page_that_comes_again_goes_on_where_it_was(
    client: TestClient[web.Request, web.Application], inside: Inside
) -> None:
    for number in range(3):
        inside.put({"n": number})
    again = await client.get("/sandbox/inside", headers={"Last-Event-ID": "2"})
    assert "id: 3\n" in await block(again)


@pytest.mark.parametrize("seen", [None, "none", "9999999", "-1"])
async def test_a_page_that_is_new_or_from_before_a_restart_is_told_all_that_is_kept(
    client: TestClient[web.Request, web.Application], inside: Inside, seen: str | None
) -> None:
    for number in range(250):
        inside.put({"n": number})
    stream = await client.get("/sandbox/inside", headers={} if seen is None else {"Last-Event-ID": seen})
    told = [await block(stream) for _ in range(200)]
    assert "id: 51\n" in told[0]
    assert "id: 250\n" in told[-1]


async def test_a_quiet_stream_stays_awake() -> None:
    inside = Inside()
    inside.open(asyncio.get_running_loop())
    beats = inside.follow(0, beat_seconds=0.001)
    assert await anext(beats) is None
    await beats.aclose()  # type: ignore[attr-defined]


async def test_a_report_while_nothing_is_served_is_let_go() -> None:
    inside = Inside()
    inside.put({"n": 1})
    inside.open(asyncio.get_running_loop())
    inside.close()
    inside.put({"n": 2})
    assert inside.after(0) == []


# --- the further devices


async def test_the_page_is_told_which_devices_are_on_the_table(platform: StandIn, inside: Inside) -> None:
    async with serving(platform.root, inside, Device.CITY) as client:
        answer = await client.get("/sandbox/devices")
        assert await answer.json() == {"devices": ["city"]}


@pytest.mark.parametrize("device", Device)
async def test_what_is_posted_to_a_device_reaches_it_and_no_other(
    platform: StandIn, inside: Inside, device: Device
) -> None:
    async with serving(platform.root, inside, device) as client:
        answer = await client.post(f"/sandbox/{device}/_sim/members/duty/say", json={"text": "1"})
        assert (answer.status, (await answer.json())["path"]) == (202, "/_sim/members/duty/say")
        for other in set(Device) - {device}:
            assert (await client.post(f"/sandbox/{other}/_sim/members/duty/say", json={})).status == 404


async def test_a_device_that_is_gone_is_named(inside: Inside, unused_tcp_port: int) -> None:
    async with serving(f"http://127.0.0.1:{unused_tcp_port}", inside, Device.WECOM) as client:
        answer = await client.get("/sandbox/wecom/_sim/state")
        assert (answer.status, (await answer.json())["error"]) == (502, "wecom_unreachable")


async def test_the_news_of_a_device_come_beside_the_reports_and_its_loss_too(platform: StandIn, inside: Inside) -> None:
    async with serving(platform.root, inside, Device.CITY) as client:
        stream = await client.get("/sandbox/inside")
        assert await block(stream) == 'event: city\ndata: {"event": "ready", "data": {}}\n\n'
        assert await block(stream) == 'event: city\ndata: {"event": "office", "data": {"requests": []}}\n\n'
        inside.put({"n": 1})
        assert await block(stream) == 'id: 1\nevent: inside\ndata: {"n": 1}\n\n'
        platform.looked_on.set()
        assert await block(stream) == 'event: city\ndata: {"event": "lost", "data": {}}\n\n'


async def test_a_device_that_comes_back_is_followed_again(platform: StandIn, inside: Inside) -> None:
    platform.looked_on.set()  # its stream ends as soon as it has said what it has to say
    async with serving(platform.root, inside, Device.CITY) as client:
        stream = await client.get("/sandbox/inside")
        told = [await block(stream) for _ in range(4)]
        assert [one.split('"')[3] for one in told] == ["ready", "office", "lost", "ready"]


async def test_devices_do_not_hold_up_the_end(platform: StandIn, inside: Inside) -> None:
    async with serving(platform.root, inside, *Device) as client:
        await block(await client.get("/sandbox/inside"))
        asked = asyncio.get_running_loop().time()
        await client.server.close()
        assert asyncio.get_running_loop().time() - asked < SECONDS / 2


async def test_residents_pages_may_stand_in_the_phone_and_nothing_else_may(
    client: TestClient[web.Request, web.Application],
) -> None:
    shown = (await client.get("/h5/")).headers
    assert "frame-ancestors 'self'" in shown["Content-Security-Policy"]
    assert shown["X-Frame-Options"] == "SAMEORIGIN"
    for path in ("/console/", "/sandbox/"):
        assert "frame-ancestors 'none'" in (await client.get(path)).headers["Content-Security-Policy"], path


def test_without_the_sandbox_no_page_may_stand_in_a_frame() -> None:
    assert "frame-ancestors 'none'" in HEADERS["Content-Security-Policy"]
    assert HEADERS["X-Frame-Options"] == "DENY"
