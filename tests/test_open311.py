"""Open311 over real HTTP: our client against a city's back office, and our own server against other systems."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from xml.etree import ElementTree

import aiohttp
import pytest
from sqlmodel import col, select

from bot.conversation import Conversation
from bot.nlu.kinds import Trouble
from bot.rules import post as staff_post
from bot.rules.forwarding.values import Stage
from bot.simulator.back_office import Fault, Kind
from bot.store import Store, forwarding
from bot.store.forwarding import Form, State
from bot.store.outbox import Outbox
from bot.store.place import Area
from bot.store.staff import Staff as Account
from bot.store.ticket import State as TicketState
from bot.store.ticket import What
from bot.wording import forwarding as say
from tests.conftest import SECRET as OURS
from tests.support.forwarding import FIRST, LAMP, SECRET, TITLE, Outside, Post, post
from tests.support.served import product, serving, store_in
from tests.support.staff import Staff
from tests.support.town import SUNDAY_MORNING, Town

BASE = "/api/v1/open311"


@pytest.fixture
async def city(town: Town) -> AsyncIterator[Post]:
    async with post(town) as running:
        yield running


@pytest.fixture
def on_disk(template: Path, tmp_path: Path) -> Iterator[Store]:
    """A file, where one kind of database is enough."""
    opened = store_in(tmp_path, template)
    yield opened
    opened.close()


# Our client -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", list(Form))
async def test_a_realtime_office_gives_its_number_at_once(city: Post, form: Form) -> None:
    destined(city, form=form, secret=SECRET, jurisdiction="cd")
    city.town.resident("婆婆").says(LAMP)
    await city.send()
    [held] = city.city.books.held
    assert held.fields["api_key"] == SECRET
    assert held.fields["jurisdiction_id"] == "cd"
    assert held.fields["service_code"] == "lamp"
    assert held.fields["attribute[reference]"] == FIRST
    assert held.fields["description"].splitlines()[0] == FIRST
    assert float(held.fields["lat"]) == pytest.approx(30.6234, abs=0.01)
    assert "示例花园2栋" in held.fields["address_string"]
    row = city.outside.forward()
    assert (row.state, row.external_id) == (State.ACCEPTED, held.number)


@pytest.mark.parametrize("form", list(Form))
async def test_a_batch_office_is_asked_until_it_knows_the_number(city: Post, form: Form) -> None:
    destined(city, form=form)
    city.city.books.behave(kind=Kind.BATCH)
    city.city.books.resolves_after = 3
    city.town.resident("婆婆").says(LAMP)
    await city.send()
    assert city.outside.forward().token == "tok-1"
    await city.through(1)
    row = city.outside.forward()
    assert (row.state, row.external_id) == (State.ACCEPTED, "BO-0001")
    assert city.outside.outcomes() == ["sent", "waiting", "waiting", "sent"]
    assert city.city.books.posts == {FIRST: 1}


async def test_a_blackbox_never_gives_a_number(city: Post) -> None:
    destined(city, talks=True)
    city.city.books.behave(kind=Kind.BLACKBOX)
    granny = city.town.resident("婆婆")
    granny.says(LAMP)
    granny.says("两盏都不亮")
    await city.send()
    row = city.outside.forward()
    assert (row.state, row.external_id, row.token) == (State.ACCEPTED, "", "")
    assert city.outside.outcomes() == ["sent", "skipped"]


async def test_what_happens_later_reaches_them_in_order(city: Post) -> None:
    destined(city, talks=True)
    granny = city.town.resident("婆婆")
    granny.says(LAMP)
    granny.says("两盏都不亮")
    Staff(city.town).does(FIRST, What.SOLVED, "换了灯泡")
    await city.send()
    [held] = city.city.books.held
    assert [one["status"] for one in held.heard] == ["INVESTIGATING", "FIXED"]
    assert held.heard[0]["description"] == "居民补充：两盏都不亮"


@pytest.mark.parametrize("form", list(Form))
async def test_their_updates_are_fetched_and_told_once(city: Post, form: Form) -> None:
    destined(city, talks=True, form=form)
    city.town.resident("婆婆").says(LAMP)
    await city.send()
    city.passes(minutes=1)
    await city.city.say("BO-0001", "IN_PROGRESS", "师傅下午到")
    city.passes(minutes=1)
    await city.city.say("BO-0001", "FIXED", "换好了")
    for _ in range(3):
        city.passes(minutes=6)
        await city.listen()
    words = [one for one in city.town.waiting_words() if TITLE in one]
    assert len(words) == 2
    assert "换好了" in words[1]
    assert Staff(city.town).ticket(FIRST).state == TicketState.SOLVED
    await city.send()
    assert city.city.books.held[0].heard == []  # what it told us does not go back to it


async def test_an_office_without_updates_is_asked_how_it_stands(city: Post) -> None:
    destined(city)
    city.town.resident("婆婆").says(LAMP)
    await city.send()
    await city.city.say("BO-0001", "CLOSED")
    city.passes(minutes=6)
    await city.listen()
    assert city.outside.forward().state == State.CLOSED
    assert any("示例市政后台说办好了" in one for one in city.town.waiting_words())


async def test_a_refusal_is_on_record_with_its_reason(city: Post) -> None:
    destined(city, services={"lamp": ""})
    city.town.resident("婆婆").says(LAMP)
    await city.send()
    row = city.outside.forward()
    assert row.state == State.FAILED
    assert not row.unsure


async def test_the_control_api_switches_and_watches(city: Post) -> None:
    root = city.city.root
    destined(city)
    city.town.resident("婆婆").says(LAMP)
    await city.send()
    async with aiohttp.ClientSession() as session:
        async with session.post(f"{root}/_office/mode", json={"kind": "batch", "fault": "broken"}) as response:
            assert response.status == 200
        assert (city.city.books.kind, city.city.books.fault) == (Kind.BATCH, Fault.BROKEN)
        async with session.post(f"{root}/_office/mode", json={"fault": "nonsense"}) as response:
            assert response.status == 400
        async with session.post(f"{root}/_office/say", json={"request": FIRST, "status": "FIXED"}) as response:
            assert response.status == 200
        async with session.post(f"{root}/_office/say", json={"request": "x", "status": "FIXED"}) as response:
            assert response.status == 400
        async with session.get(f"{root}/_office/state") as response:
            state = await response.json()
        assert state["posts"] == {FIRST: 1}
        assert state["requests"][0]["status"] == "closed"
        async with session.get(f"{root}/_office/events") as response:
            lines = [await response.content.readline() for _ in range(3)]
        assert lines[1] == b"event: office\n"
        assert json.loads(lines[2].removeprefix(b"data: "))["posts"] == {FIRST: 1}


def destined(city: Post, **how: object) -> None:
    city.outside.destination(address=city.city.address, **how)  # type: ignore[arg-type]


# Our server -----------------------------------------------------------------------------------------------------------


class Other:
    """Another system with its key."""

    def __init__(self, base: str, session: aiohttp.ClientSession, key: str) -> None:
        self._base, self._session, self.key = f"{base}{BASE}", session, key

    async def get(self, path: str, **query: str) -> tuple[int, bytes, str]:
        async with self._session.get(f"{self._base}/{path}", params={"api_key": self.key, **query}) as response:
            return response.status, await response.read(), response.content_type

    async def rows(self, path: str, **query: str) -> list[dict[str, object]]:
        """The rows of a JSON answer."""
        status, body, _ = await self.get(path, **query)
        assert status == 200, body
        found: list[dict[str, object]] = json.loads(body)
        return found

    async def post(self, path: str, *, named: str = "", **form: str) -> tuple[int, bytes]:
        """Send a form; `named`: under which key."""
        data, headers = {"api_key": self.key, **form}, {"Idempotency-Key": named} if named else {}
        async with self._session.post(f"{self._base}/{path}", data=data, headers=headers) as response:
            return response.status, await response.read()


@asynccontextmanager
async def other(store: Store, talk: Conversation, folder: Path, **key: object) -> AsyncIterator[tuple[Other, Town]]:
    """The product behind HTTP, and somebody with a key; the town's residents talk beside it."""
    town = Town(store, talk)
    secret = Outside(town).key("other", **key)
    served = product(store, talk, folder, now=lambda: town.now, secret_key=OURS)
    async with serving(served) as line:
        yield Other(line.base, line.session, secret), town


def parsed(body: bytes) -> ElementTree.Element:
    return ElementTree.fromstring(body)  # noqa: S314 - our own server's answer


async def test_services_and_their_definitions(store: Store, talk: Conversation, tmp_path: Path) -> None:
    async with other(store, talk, tmp_path) as (city, _):
        services = await city.rows("S01/services.json")
        assert {one["service_code"] for one in services} == set(Trouble)
        status, body, kind = await city.get("SQ01/services.xml")
        assert (status, kind) == (200, "text/xml")
        assert len(parsed(body).findall("service")) == len(Trouble)
        _, body, _ = await city.get("S01/services/lamp.json")
        assert json.loads(body)["attributes"][0]["code"] == "reference"
        assert (await city.get("S01/services/nonsense.xml"))[0] == 404
        _, body, _ = await city.get("discovery.json")
        assert json.loads(body)["endpoints"][0]["url"].endswith(BASE)


async def test_tickets_are_read_masked_in_both_forms(store: Store, talk: Conversation, tmp_path: Path) -> None:
    async with other(store, talk, tmp_path) as (city, town):
        town.resident("婆婆").says(LAMP + "，电话13800000000")
        [row] = await city.rows("S01/requests.json")
        assert row["service_request_id"] == FIRST
        assert row["status"] == "open"
        assert row["requested_datetime"] == "2026-11-22T10:00:01+08:00"
        assert "13800000000" not in json.dumps(row, ensure_ascii=False)
        _, body, _ = await city.get(f"S01/requests/{FIRST}.xml")
        request = parsed(body).find("request")
        assert request is not None
        assert request.findtext("service_request_id") == FIRST
        assert request.findtext("extended_attributes/reference") == FIRST
        assert (await city.rows(f"S01/tokens/{FIRST}.json"))[0]["service_request_id"] == FIRST


async def test_lists_are_paged_and_bounded(store: Store, talk: Conversation, tmp_path: Path) -> None:
    async with other(store, talk, tmp_path) as (city, town):
        granny = town.resident("婆婆")
        for number in (1, 2, 3, 4, 5):
            granny.says(f"花园{number}栋的路灯不亮")
            granny.says("不是同一件")
        everything = await city.rows("S01/requests.json")
        numbers = [row["service_request_id"] for row in everything]
        assert numbers == sorted(numbers, key=str, reverse=True)
        paged = []
        for page in ("1", "2", "3"):
            paged += await city.rows("S01/requests.json", page=page, page_size="2")
        assert [row["service_request_id"] for row in paged] == numbers
        assert await city.rows("S01/requests.json", status="closed") == []
        assert await city.rows("S01/requests.json", service_code="noise") == []
        assert len(await city.rows("S01/requests.json", service_request_id=f"{FIRST},x")) == 1
        town.passes(days=91)
        assert await city.rows("S01/requests.json") == []
        assert len(await city.rows("S01/requests.json", start_date="2026-11-01T00:00:00+08:00")) == len(numbers)


async def test_a_posted_request_becomes_a_ticket_once(store: Store, talk: Conversation, tmp_path: Path) -> None:
    async with other(store, talk, tmp_path, may_post=True) as (city, town):
        form = {"service_code": "lamp", "description": "路灯不亮", "address_string": "示例花园2栋"}
        status, body = await city.post("S01/requests.json", named="CITY-1", **form)
        assert status == 200, body
        number = json.loads(body)[0]["service_request_id"]
        again = await city.post("S01/requests.xml", **form, **{"attribute[reference]": "CITY-1"})
        assert again[0] == 200
        assert parsed(again[1]).findtext("request/service_request_id") == number
        assert len(await city.rows("S01/requests.json")) == 1
        [found] = await city.rows("S01/requests.json", reference="CITY-1")
        assert found["service_request_id"] == number
        assert "示例花园2栋" in str(found["address"])
        assert Staff(town).ticket(str(number)).holder == "示例花园物业服务中心"


async def test_where_only_the_community_is_known_its_manager_hears_of_it(
    on_disk: Store, talk: Conversation, tmp_path: Path
) -> None:
    async with other(on_disk, talk, tmp_path, may_post=True) as (city, town):
        with Outside(town).office() as office:
            here = forwarding.area_coded(office.session, "SQ01")
            office.session.add(Area(code="SQ02", level="community", name="示例二社区"))
            boss = Account(login="boss", name="示例社区管理员", role="manager", area_id=here, created_at=office.now)
            boss.wecom_userid = "BOSS"
            office.session.add(boss)
            office.session.flush()
            staff_post.enrol(office)
        form = {"service_code": "lamp", "description": "路灯不亮", "address_string": "河边"}
        status, body = await city.post("SQ01/requests.json", **form)
        assert status == 200, body
        with Outside(town).office() as office:
            told = office.session.scalars(select(Outbox).where(col(Outbox.kind) == "staff_news")).all()
            assert len(told) == 1


async def test_a_point_alone_finds_its_compound(store: Store, talk: Conversation, tmp_path: Path) -> None:
    async with other(store, talk, tmp_path, may_post=True) as (city, _):
        form = {"service_code": "lamp", "description": "路灯不亮", "lat": "30.62338", "long": "104.11038"}
        status, body = await city.post("S01/requests.json", **form)
        assert status == 200, body
        [row] = await city.rows("S01/requests.json")
        assert "示例花园" in str(row["address"])


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({"description": "路灯不亮", "address_string": "花园2栋"}, 400),
        ({"service_code": "lamp", "address_string": "花园2栋"}, 400),
        ({"service_code": "lamp", "description": "路灯不亮"}, 400),
        ({"service_code": "nonsense", "description": "路灯不亮", "address_string": "花园2栋"}, 404),
        ({"service_code": "lamp", "description": "长" * 4001, "address_string": "花园2栋"}, 400),
        ({"service_code": "lamp", "description": "路灯不亮", "lat": "here", "long": "104"}, 400),
        ({"service_code": "lamp", "description": "路灯不亮", "lat": "91", "long": "104"}, 400),
        ({"service_code": "lamp", "description": "路灯不亮", "lat": "nan", "long": "104"}, 400),
        ({"service_code": "lamp", "description": "路灯不亮", "lat": "30.6"}, 400),
    ],
)
async def test_a_request_that_cannot_be_taken_says_why(
    on_disk: Store, talk: Conversation, tmp_path: Path, form: dict[str, str], status: int
) -> None:
    async with other(on_disk, talk, tmp_path, may_post=True) as (city, _):
        told, body = await city.post("S01/requests.json", **form)
        assert told == status
        assert json.loads(body)[0]["code"] == status
        told, body = await city.post("S01/requests.xml", **form)
        assert told == status
        error = parsed(body).find("error")
        assert error is not None
        assert error.findtext("description")


async def test_who_may_what(on_disk: Store, talk: Conversation, tmp_path: Path) -> None:
    async with other(on_disk, talk, tmp_path) as (city, town):
        town.resident("婆婆").says(LAMP)
        assert (await city.get("nowhere/requests.json"))[0] == 404
        assert (await city.post("S01/requests.json", service_code="lamp", description="x", address_string="y"))[
            0
        ] == 403
        for query in ({"page": "0"}, {"page_size": "1001"}, {"page": "x"}, {"start_date": "gestern"}):
            assert (await city.get("S01/requests.json", **query))[0] == 400
        assert (await city.get("S01/requests/T000000-0000.json"))[0] == 404
        city.key = "wrong"
        assert (await city.get("S01/requests.json"))[0] == 403
        city.key = ""
        assert (await city.get("S01/requests.xml"))[0] == 403


async def test_what_happened_can_be_pulled(on_disk: Store, talk: Conversation, tmp_path: Path) -> None:
    async with other(on_disk, talk, tmp_path) as (city, town):
        town.resident("婆婆").says(LAMP)
        Staff(town).does(FIRST, What.SOLVED, "换了灯泡，电话13800000000")
        rows = await city.rows("S01/servicerequestupdates.json")
        assert rows[0]["status"] == "OPEN"
        assert rows[-1]["status"] == "FIXED"
        assert "13800000000" not in str(rows[-1]["description"])
        assert len({row["update_id"] for row in rows}) == len(rows)
        assert (await city.get("S01/servicerequestupdates.xml"))[1].count(b"<request_update>") == len(rows)


async def test_a_destination_reports_on_what_it_was_sent(on_disk: Store, talk: Conversation, tmp_path: Path) -> None:
    town = Town(on_disk, talk)
    Outside(town).destination()
    async with other(on_disk, talk, tmp_path, destination="city") as (city, _):
        town.resident("婆婆").says(LAMP)
        update = {
            "service_request_id": FIRST,
            "update_id": "u-1",
            "updated_datetime": SUNDAY_MORNING.isoformat(),
            "status": "FIXED",
            "description": "换好了",
        }
        for _ in range(2):
            status, body = await city.post("S01/servicerequestupdates.json", **update)
            assert (status, json.loads(body)) == (200, [{"update_id": "u-1"}])
        assert sum("换好了" in one for one in town.waiting_words()) == 1
        assert (await city.post("S01/servicerequestupdates.json", **{**update, "service_request_id": "x"}))[0] == 404
        for missing in update:
            less = {name: value for name, value in update.items() if name != missing}
            if missing != "description":
                assert (await city.post("S01/servicerequestupdates.xml", **less))[0] == 400
        assert (await city.post("S01/servicerequestupdates.json", **{**update, "status": "IN_LIMBO"}))[0] == 400


async def test_another_system_adds_to_its_own_requests_only(on_disk: Store, talk: Conversation, tmp_path: Path) -> None:
    async with other(on_disk, talk, tmp_path, may_post=True) as (city, town):
        town.resident("婆婆").says(LAMP)
        form = {"service_code": "noise", "description": "施工吵", "address_string": "示例新村1栋"}
        _, body = await city.post("S01/requests.json", **form, **{"attribute[reference]": "CITY-1"})
        number = json.loads(body)[0]["service_request_id"]
        update = {"update_id": "u-1", "updated_datetime": SUNDAY_MORNING.isoformat(), "status": "OPEN"}
        update["description"] = "夜里更吵"
        for _ in range(2):
            status, _ = await city.post("S01/servicerequestupdates.json", service_request_id=number, **update)
            assert status == 200
        assert Staff(town).history(number).count("added") == 1
        assert (await city.post("S01/servicerequestupdates.json", service_request_id=FIRST, **update))[0] == 404


async def test_what_a_destination_posts_does_not_come_back_to_it(
    on_disk: Store, talk: Conversation, tmp_path: Path
) -> None:
    outside = Outside(Town(on_disk, talk))
    outside.destination(talks=True)
    async with other(on_disk, talk, tmp_path, destination="city", may_post=True) as (city, town):
        form = {"service_code": "noise", "description": "施工吵", "address_string": "示例新村1栋"}
        _, body = await city.post("S01/requests.json", named="CITY-9", **form)
        number = json.loads(body)[0]["service_request_id"]
        row = outside.forward(number)
        assert (row.state, row.external_id, row.next_try) == (State.ACCEPTED, "CITY-9", None)
        Staff(town).does(number, What.SOLVED, "劝过了")
        assert outside.forward(number).next_try is not None


def test_every_stage_has_a_name_and_a_sentence() -> None:
    assert set(say.STAGES) == set(say.SENTENCES) == set(Stage)
    assert all(say.stage_named(name) is stage for stage, name in say.STAGES.items())
