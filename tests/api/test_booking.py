"""Bookings from another system: what is free, booked once under one key, moved, cancelled; and 200 at once."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.rules import link
from bot.rules.link import Purpose
from bot.store import resident, transaction
from bot.store.booking import Booking, BookingClaim
from tests.api.conftest import System

NINE = "2026-11-23T09:00:00+08:00"
TEN = "2026-11-23T10:00:00+08:00"
VISIT = {"service": "cleaning", "start": TEN, "place": "示例花园3栋2单元501", "phone": "13800000000"}


async def books(system: System, token: str, start: str = TEN, service: str = "haircut", key: str = "") -> Any:
    return await system.posts("/bookings", {"service": service, "start": start}, secret=token, key=key)


async def test_services_and_rooms_need_no_key_and_say_what_they_need(system: System) -> None:
    status, said = await system.gets("/services")
    found = {one["title"]: one for one in said["services"]}
    assert status == 200
    assert (found["保洁"]["id"], found["保洁"]["needs"]) == ("cleaning", ["place", "phone"])
    assert found["理发"]["needs"] == []
    assert (found["舞蹈室"]["kind"], found["舞蹈室"]["needs"]) == ("room", ["phone", "purpose"])
    assert (await system.gets(f"/services/{found['舞蹈室']['id']}"))[1] == found["舞蹈室"]


async def test_free_times_have_their_zone_and_a_state_for_each_day(system: System) -> None:
    status, said = await system.gets("/services/haircut/slots", **{"from": "2026-11-23", "to": "2026-11-24"})
    assert (status, said["minutes"], [one["date"] for one in said["days"]]) == (200, 30, ["2026-11-23", "2026-11-24"])
    assert TEN in said["days"][0]["starts"]
    _, past = await system.gets("/services/haircut/slots", **{"from": "2026-11-01", "to": "2026-11-01"})
    assert past["days"] == [{"date": "2026-11-01", "state": "closed", "starts": []}]
    assert len((await system.gets("/services/haircut/slots"))[1]["days"]) == 7


@pytest.mark.parametrize(
    "query",
    [
        {"from": "2026-11-23", "to": "2026-11-22"},
        {"from": "2026-01-01", "to": "2027-01-01"},
        {"from": "soon"},
        {"from": "9999-12-31"},
    ],
)
async def test_days_that_are_none_are_named(system: System, query: dict[str, str]) -> None:
    status, said = await system.gets("/services/haircut/slots", **query)
    assert (status, said["code"]) == (422, "bad_fields")


@pytest.mark.parametrize("start", ["9999-12-31T23:59:59Z", "0001-01-01T00:00:00+14:00"])
async def test_a_moment_at_the_end_of_all_days_is_a_wrong_field(system: System, start: str) -> None:
    token = await system.resident("婆婆")
    status, said = await books(system, token, start)
    assert (status, list(said["fields"])) == (422, ["start"])


@pytest.mark.parametrize("path", ["/services/flying", "/services/venue:x/slots", "/services/flying/slots"])
async def test_a_service_that_is_not_there_is_not_found(system: System, path: str) -> None:
    assert (await system.gets(path))[0] == 404


async def test_a_booking_from_the_first_to_the_last(system: System) -> None:
    token = await system.resident("婆婆")
    status, made = await system.posts("/bookings", VISIT, secret=token)
    assert status == 201
    assert (made["state"], made["starts_at"], made["place"]) == ("booked", TEN, "示例花园3栋2单元501")
    assert len(made["arrival_code"]) == 4
    assert (await system.gets(f"/bookings/{made['number']}", secret=token))[1] == made
    assert (await system.gets("/bookings", secret=token))[1] == {"coming": [made], "past": []}
    status, moved = await system.posts(f"/bookings/{made['number']}/reschedule", {"start": NINE}, secret=token)
    assert (status, moved["number"], moved["starts_at"]) == (200, made["number"], NINE)
    status, gone = await system.posts(f"/bookings/{made['number']}/cancel", {"reason": "临时有事"}, secret=token)
    assert (status, gone["state"], gone["arrival_code"]) == (200, "cancelled", "")
    assert [one["number"] for one in (await system.gets("/bookings", secret=token))[1]["past"]] == [made["number"]]
    status, said = await system.posts(f"/bookings/{made['number']}/cancel", {}, secret=token)
    assert (status, said["code"]) == (409, "over_already")


async def test_the_same_key_books_once(system: System) -> None:
    token = await system.resident("婆婆")
    first = await books(system, token, key="k")
    assert first[0] == 201
    assert await books(system, token, key="k") == first
    status, said = await books(system, token)
    assert (status, said["code"]) == (409, "has_it_then")


async def test_a_refusal_is_not_kept_under_its_key(system: System) -> None:
    mine, other = await system.resident("婆婆"), await system.resident("李叔")
    _, his = await books(system, other)
    assert (await books(system, mine, key="k"))[0] == 409
    await system.posts(f"/bookings/{his['number']}/cancel", {}, secret=other)
    assert (await books(system, mine, key="k"))[0] == 201


async def test_a_time_that_is_taken_comes_back_with_the_nearest_that_are_free(system: System) -> None:
    await books(system, await system.resident("李叔"))
    token = await system.resident("婆婆")
    status, said = await books(system, token)
    assert (status, said["code"]) == (409, "slot_taken")
    assert "刚刚被别人约走了" in said["message"]
    assert "2026-11-23T10:30:00+08:00" in said["alternatives"]
    _, mine = await books(system, token, said["alternatives"][0])
    status, said = await system.posts(f"/bookings/{mine['number']}/reschedule", {"start": TEN}, secret=token)
    assert (status, said["code"], len(said["alternatives"])) == (409, "slot_taken", 5)


@pytest.mark.parametrize("start", ["2026-11-23T03:00:00+08:00", "2026-11-20T10:00:00+08:00", "2027-03-01T10:00:00Z"])
async def test_a_time_at_which_nobody_is_there_comes_back_with_others(system: System, start: str) -> None:
    status, said = await books(system, await system.resident("婆婆"), start)
    assert (status, said["code"]) == (409, "not_then")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({**VISIT, "place": ""}, "place"),
        ({**VISIT, "place": "示例花园99栋1单元101"}, "place"),
        ({**VISIT, "phone": "12"}, "phone"),
        ({**VISIT, "service": "flying"}, "service"),
        ({**VISIT, "start": "2026-11-23T10:00:00"}, "start"),
        ({**VISIT, "colour": "red"}, "colour"),
    ],
)
async def test_what_cannot_be_used_is_named_by_its_field(system: System, body: dict[str, str], field: str) -> None:
    status, said = await system.posts("/bookings", body, secret=await system.resident("婆婆"))
    assert (status, said["code"], list(said["fields"])) == (422, "bad_fields", [field])


async def test_somebody_elses_booking_does_not_exist(system: System) -> None:
    _, his = await books(system, await system.resident("李叔"))
    token, at = await system.resident("婆婆"), f"/bookings/{his['number']}"
    assert (await system.gets(at, secret=token))[0] == 404
    assert (await system.posts(f"{at}/cancel", {}, secret=token))[0] == 404
    assert (await system.posts(f"{at}/reschedule", {"start": NINE}, secret=token))[0] == 404
    assert (await system.gets("/bookings", secret=token))[1] == {"coming": [], "past": []}
    assert (await system.gets("/bookings", secret=system.secret))[0] == 403
    assert (await system.gets("/bookings"))[0] == 401


async def test_two_hundred_at_once_for_twenty_times(system: System) -> None:
    """Exactly as many bookings as there are times; everybody else is told no, with times that are free."""
    starts = await free_starts(system, 20)
    tokens = crowd(system, 200)
    answers = await asyncio.gather(*(books(system, token, starts[n % 20]) for n, token in enumerate(tokens)))
    assert Counter(status for status, _ in answers) == {201: 20, 409: 180}
    refused = [said for status, said in answers if status == 409]
    assert {said["code"] for said in refused} == {"slot_taken"}
    assert all(said["alternatives"] for said in refused)
    assert {said["starts_at"] for status, said in answers if status == 201} == set(starts)
    with transaction(system.product.store) as session:
        assert session.scalar(select(func.count()).select_from(Booking)) == 20
        assert session.scalar(select(func.count()).select_from(BookingClaim)) == 20


async def free_starts(system: System, count: int) -> list[str]:
    """The first times of a barber who serves one at a time."""
    days = {"from": date(2026, 11, 23).isoformat(), "to": (date(2026, 11, 23) + timedelta(days=6)).isoformat()}
    _, said = await system.gets("/services/haircut/slots", **days)
    found = [start for day in said["days"] for start in day["starts"]][:count]
    assert len({datetime.fromisoformat(one) for one in found}) == count
    return found


def crowd(system: System, count: int) -> list[str]:
    """The tokens of so many residents."""
    with transaction(system.product.store) as session:
        people = [
            resident.register(session, channel="mini_program", sender=f"p{n}", now=system.moment) for n in range(count)
        ]
    return [link.sign(system.product.seal, Purpose.API, one, system.moment) for one in people]
