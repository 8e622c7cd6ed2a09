"""Reports of residents become tickets once, with place and pictures, and one person has one ticket, not two."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import text
from sqlmodel import col, select

from bot.conversation import Conversation
from bot.delivery.pictures import Pictures
from bot.rules import kf, picture, resident_report
from bot.rules.office import Office
from bot.simulator.jsons import Json
from bot.store import Store, connection, resident
from bot.store import resident_report as rows
from bot.store import ticket as tickets_of
from bot.store.place import Building, Compound
from bot.store.resident_report import ResidentReport
from bot.store.ticket import State, Ticket, TicketPicture, Urgency, What
from tests.support.customers import Customers, customers

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
async def line(store: Store, talk: Conversation, tmp_path: Path) -> AsyncIterator[Customers]:
    async with customers(store, talk, tmp_path) as running:
        yield running


def order(number: int = 1, **more: object) -> Json:
    said: dict[str, object] = {
        "order_id": f"order-{number}",
        "desc": "楼下垃圾三天没人收，太臭了",
        "case_name": "环境卫生",
        "grid_name": "第3网格",
        "reporter_name": "示例居民",
        "reporter_mobile": "028-0000-0003",
        "image_urls": [],
        "process_list": [],
    }
    return {**said, **more}  # type: ignore[dict-item]


async def read(line: Customers) -> None:
    side = line.product.by_wecom.groups
    assert side is not None
    while await side.reports.read_page():
        pass


def tickets(line: Customers) -> Sequence[Ticket]:
    """What has become of the reports."""
    return line.looks(
        lambda office: office.session.scalars(
            select(Ticket)
            .join(ResidentReport, col(ResidentReport.ticket_id) == col(Ticket.id))
            .order_by(col(Ticket.number))
        ).all()
    )


def spot(line: Customers) -> dict[str, object]:
    """Where a building of the sample community stands, as the platform names a place."""

    def at(office: Office) -> dict[str, object]:
        found = office.session.execute(
            select(Building, Compound)
            .join(Compound, col(Compound.id) == col(Building.compound_id))
            .where(col(Building.lat).is_not(None))
            .limit(1)
        ).one()
        return {
            "name": f"{found[1].name}{found[0].number}栋",
            "address": "",
            "latitude": str(found[0].lat),
            "longitude": str(found[0].lon),
        }

    return line.looks(at)


async def test_a_report_becomes_a_ticket_once_with_its_place_and_what_was_done_there(line: Customers) -> None:
    groups = line.wecom.customer_groups
    groups.reports(order(location=spot(line)))
    await read(line)
    [found] = tickets(line)
    assert found.building_id is not None
    assert found.holder
    source = line.looks(lambda office: resident_report.source(office, found.id))
    assert source is not None
    assert (source.order_id, source.mobile) == ("order-1", "028-0000-0003")
    line.passes(minutes=3)
    await read(line)  # read again, for the looks overlap
    assert len(tickets(line)) == 1
    step: Json = {"process_type": 1, "solve_userid": "grid-3", "process_desc": "已通知保洁", "status": 1}
    groups.reports(order(location=spot(line), process_list=[step]))
    line.passes(minutes=3)
    await read(line)

    def notes(office: Office) -> list[str]:
        noted = [one for one in tickets_of.history(office.session, found.id) if one.what == What.NOTED]
        return [str(office.seal.open_json(one.facts)["note"]) for one in noted if one.facts]

    assert line.looks(notes) == ["grid-3 已通知保洁"]


async def test_seventy_reports_come_in_page_after_page_and_none_twice_though_one_page_fails(line: Customers) -> None:
    for number in range(70):
        line.wecom.customer_groups.reports(order(number))
    side = line.product.by_wecom.groups
    assert side is not None
    assert await side.reports.read_page() == 1
    assert len(tickets(line)) == 50
    line.wecom.mishaps.on("api_down", 1)
    assert await side.reports.read_page() == 0
    line.passes(minutes=11)
    await read(line)
    assert len(tickets(line)) == 70


async def test_a_cursor_that_the_platform_has_forgotten_is_done_without(line: Customers) -> None:
    for number in range(70):
        line.wecom.customer_groups.reports(order(number))
    side = line.product.by_wecom.groups
    assert side is not None
    assert await side.reports.read_page() == 1
    line.looks(lambda office: rows.moved(office.session, cursor="forgotten"))
    assert await side.reports.read_page() == 0
    line.passes(minutes=11)
    await read(line)
    assert len(tickets(line)) == 70


async def test_one_that_cannot_be_taken_in_keeps_no_other_out_for_long(line: Customers) -> None:
    spoilt = "CREATE TRIGGER spoilt BEFORE INSERT ON residentreport WHEN NEW.order_id = 'order-1'"
    refuses = text(f"{spoilt} BEGIN SELECT RAISE(ABORT, 'spoilt'); END")
    line.looks(lambda office: connection(office.session).execute(refuses))
    for number in (1, 2):
        line.wecom.customer_groups.reports(order(number))
    await read(line)
    assert len(tickets(line)) == 1
    line.wecom.customer_groups.reports(order(3))
    for _ in range(3):
        line.passes(minutes=11)
        await read(line)
    assert len(tickets(line)) == 2
    line.looks(lambda office: connection(office.session).execute(text("DROP TRIGGER spoilt")))


async def test_danger_that_is_reported_is_danger(line: Customers) -> None:
    line.wecom.customer_groups.reports(order(desc="楼道里闻到天然气味"))
    await read(line)
    [found] = tickets(line)
    assert found.urgency == Urgency.DANGER


async def test_its_pictures_are_fetched_from_the_platform(line: Customers) -> None:
    drawn = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(drawn, "PNG")
    line.wecom.world.files["picture-1"] = ("image/png", drawn.getvalue())
    line.wecom.customer_groups.reports(order(image_urls=[f"{line.wecom.api_base}/wework/picture-1"]))
    await read(line)
    [found] = tickets(line)
    files = line.product.by_wecom.files(line.product.client)
    await Pictures(files, desk=line.product.desk, office=line.product.office).fetch_due()
    kept = line.looks(lambda office: office.session.scalars(select(TicketPicture)).all())
    assert [one.state for one in kept] == ["kept"]
    assert len(line.looks(lambda office: picture.of(office, found.id))) == 1


async def test_the_same_person_in_report_and_chat_has_one_ticket(line: Customers) -> None:
    line.kf.resident("wm-granny", unionid="union-1")
    place = spot(line)
    await line.kf.says("wm-granny", f"{place['name']}楼下垃圾三天没人收")
    await line.settled()
    side = line.product.by_wecom.service
    assert side is not None
    await side.names.ask_all()
    line.wecom.customer_groups.reports(order(location=place, unionid="union-1"))
    await read(line)
    [found] = tickets(line)
    assert found.state == State.DUPLICATE
    person = line.looks(lambda office: resident.person(office.session, channel=kf.CHANNEL, sender="wm-granny"))
    assert (found.resident_id, found.channel) == (person, kf.CHANNEL)


async def test_who_complains_in_the_chat_after_a_neighbours_report_is_offered_that_one(line: Customers) -> None:
    place = spot(line)
    line.wecom.customer_groups.reports(order(location=place))
    await read(line)
    await line.kf.says("wm-granny", f"{place['name']}楼下垃圾三天没人收")
    await line.settled()
    [asked] = [one for one in line.kf.known("wm-granny").chat if one.sender == "bot"]
    assert "同一件" in "".join(asked.menu.values()) + asked.text
