"""A courier company's system: it holds compartments, opens them and sees what became of its deliveries, and no code."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest

from bot.conversation import Conversation
from bot.rules.forwarding.destinations import add_key
from bot.rules.locker import care
from bot.rules.locker.device import DoorState
from bot.store import transaction
from tests.api.conftest import System
from tests.support.box import Box, heard, last_code, verified
from tests.support.town import Person, Town

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)  # nothing here differs by database

PHONE = "13800000000"


@pytest.fixture
def town(system: System, talk: Conversation) -> Town:
    """The people of the same community, by the same clock."""
    return Town(system.product.store, replace(talk, seal=system.product.seal), system.moment)


@pytest.fixture
def box(town: Town) -> Box:
    return Box(town)


@pytest.fixture
def granny(town: Town) -> Person:
    """Somebody whose telephone is known for certain."""
    found = town.resident("婆婆")
    verified(town, found, PHONE)
    return found


def wanted(**changed: object) -> dict[str, object]:
    return {"cabinet": "G0001", "size": "s", "phone": PHONE, "company": "示例快递", **changed}


async def reserved(system: System, **changed: object) -> dict[str, Any]:
    status, said = await system.posts("/parcels", wanted(**changed), secret=system.secret)
    assert status == 201, said
    return dict(said)


async def does(system: System, parcel: dict[str, Any], what: str) -> tuple[int, Any]:
    return await system.posts(f"/parcels/{parcel['id']}/{what}", {}, secret=system.secret)


async def state(system: System, parcel: dict[str, Any]) -> str:
    status, said = await system.gets(f"/parcels/{parcel['id']}", secret=system.secret)
    assert status == 200
    return str(said["state"])


async def test_a_delivery_from_the_first_call_to_the_open_door(system: System, box: Box, granny: Person) -> None:
    granny.says("以后都可以放柜子")
    _, room = await system.gets("/lockers/G0001", secret=system.secret)
    assert room == {
        "cabinet": "G0001",
        "place": "示例花园2栋1单元门口",
        "is_away": False,
        "free": {"s": 6, "m": 4, "l": 2},
    }
    parcel = await reserved(system)
    assert (parcel["state"], parcel["door"]) == ("reserved", 1)
    status, said = await does(system, parcel, "open")
    assert (status, said["state"]) == (200, "reserved")
    assert box.works() == [1]
    assert await state(system, parcel) == "placed"
    status, said = await does(system, parcel, "confirm")
    assert (status, said["code"]) == (409, "stands_open")
    box.shuts(1, occupied=True)
    status, said = await does(system, parcel, "confirm")
    assert (status, said["state"]) == (200, "stored")
    code = last_code(box.town)
    assert box.types(code)
    box.works()
    assert await state(system, parcel) == "fetched"


async def test_no_answer_holds_a_code_or_a_telephone(system: System, box: Box, granny: Person) -> None:
    granny.says("以后都可以放柜子")
    parcel = await reserved(system)
    await does(system, parcel, "open")
    box.works()
    box.shuts(1, occupied=True)
    code = last_code(box.town)
    _, listed = await system.gets("/parcels", secret=system.secret)
    _, one = await system.gets(f"/parcels/{parcel['id']}", secret=system.secret)
    said = json.dumps([parcel, listed, one])
    assert code not in said
    assert PHONE not in said
    assert not any("code" in name for name in one)


async def test_the_recipient_is_asked_and_has_the_last_word(system: System, box: Box, granny: Person) -> None:
    parcel = await reserved(system)
    assert parcel["state"] == "asked"
    assert heard(box.town, "您同意吗")
    status, said = await does(system, parcel, "open")
    assert (status, said["code"]) == (409, "not_theirs")
    granny.says("同意放柜")
    assert (await does(system, parcel, "open"))[0] == 200
    granny.says("以后都不放")
    status, said = await system.posts("/parcels", wanted(), secret=system.secret)
    assert (status, said["code"]) == (409, "recipient_declines")


async def test_whoever_cannot_be_told_the_code_gets_nothing_put_in(system: System, box: Box) -> None:
    status, said = await system.posts("/parcels", wanted(phone="13900000000"), secret=system.secret)
    assert (status, said["code"]) == (409, "recipient_unknown")


async def test_a_full_or_silent_cabinet_says_so(system: System, box: Box, granny: Person) -> None:
    granny.says("以后都可以放柜子")
    for _ in range(2):
        await reserved(system, size="l")
    status, said = await system.posts("/parcels", wanted(size="l"), secret=system.secret)
    assert (status, said["code"]) == (409, "no_free_compartment")
    system.passes(minutes=5)
    status, said = await system.posts("/parcels", wanted(), secret=system.secret)
    assert (status, said["code"]) == (409, "cabinet_away")


async def test_a_retry_holds_one_compartment(system: System, box: Box, granny: Person) -> None:
    granny.says("以后都可以放柜子")
    first = await system.posts("/parcels", wanted(), secret=system.secret, key="order 17")
    again = await system.posts("/parcels", wanted(), secret=system.secret, key="order 17")
    assert first == again
    status, said = await system.posts("/parcels", wanted(size="m"), secret=system.secret, key="order 17")
    assert (status, said["code"]) == (409, "key_reused")
    _, listed = await system.gets("/parcels", secret=system.secret)
    assert len(listed["parcels"]) == 1


async def test_what_is_given_up_frees_its_compartment_and_may_be_said_twice(
    system: System, box: Box, granny: Person
) -> None:
    granny.says("以后都可以放柜子")
    parcel = await reserved(system)
    for _ in range(2):
        status, said = await does(system, parcel, "cancel")
        assert (status, said["state"]) == (200, "cancelled")
    assert (await reserved(system))["door"] == 1
    opened = await reserved(system)
    await does(system, opened, "open")
    box.works()
    status, said = await does(system, opened, "cancel")
    assert (status, said["code"]) == (409, "not_theirs")


async def test_a_compartment_is_held_for_a_quarter_of_an_hour(system: System, box: Box, granny: Person) -> None:
    granny.says("以后都可以放柜子")
    parcel = await reserved(system)
    box.town.passes(minutes=16)
    with box.office() as office:
        care.tidy(office)
    assert await state(system, parcel) == "cancelled"
    status, said = await does(system, parcel, "open")
    assert (status, said["code"]) == (409, "not_theirs")


async def test_another_client_sees_nothing_of_it(system: System, box: Box, granny: Person) -> None:
    granny.says("以后都可以放柜子")
    parcel = await reserved(system)
    with transaction(system.product.store) as session:
        other = add_key(system.product.office(session), "another", may_post=True)
    assert (await system.gets(f"/parcels/{parcel['id']}", secret=other))[0] == 404
    for what in ("open", "confirm", "cancel"):
        assert (await system.posts(f"/parcels/{parcel['id']}/{what}", {}, secret=other))[0] == 404
    assert (await system.gets("/parcels", secret=other))[1] == {"parcels": [], "next": None}
    token = await system.resident("a")
    assert (await system.gets("/parcels", secret=token))[0] == 403
    assert (await system.gets("/parcels"))[0] == 401
    assert box.works() == []


async def test_ones_own_deliveries_come_page_by_page(system: System, box: Box, granny: Person) -> None:
    granny.says("以后都可以放柜子")
    made = [(await reserved(system))["id"] for _ in range(3)]
    _, first = await system.gets("/parcels", secret=system.secret, limit="2")
    _, rest = await system.gets("/parcels", secret=system.secret, limit="2", after=first["next"])
    assert [one["id"] for one in first["parcels"] + rest["parcels"]] == made[::-1]
    assert rest["next"] is None


@pytest.mark.parametrize(
    "changed", [{"phone": "12"}, {"size": "xl"}, {"kind": "own"}, {"cabinet": ""}, {"has_consent": True}]
)
async def test_a_wrong_field_is_named(system: System, changed: dict[str, object]) -> None:
    status, said = await system.posts("/parcels", wanted(**changed), secret=system.secret)
    assert (status, said["code"]) == (422, "bad_fields")
    assert set(said["fields"]) == set(changed)


@pytest.mark.parametrize("path", ["/lockers/G9999", "/parcels/x", "/parcels/00000000-0000-0000-0000-000000000000"])
async def test_what_is_not_there_is_not_found(system: System, path: str) -> None:
    assert (await system.gets(path, secret=system.secret))[0] == 404


async def test_no_cabinet_of_that_code(system: System, box: Box, granny: Person) -> None:
    status, _ = await system.posts("/parcels", wanted(cabinet="G9999"), secret=system.secret)
    assert status == 404
    assert box.row().heard_at is not None
    box.door(1, DoorState.LOCKED)
    assert not re.search(r"\d{6}", "".join(box.town.waiting_words()))
