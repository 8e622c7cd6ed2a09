"""The interface's front: who may call, what comes of a retry, what goes wrong and how it is said."""

from __future__ import annotations

import asyncio

import pytest
from openapi_spec_validator import validate

from tests.api.conftest import System

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)  # nothing here differs by database


async def test_it_describes_itself_as_openapi_says(system: System) -> None:
    status, document = await system.gets("/openapi.json")
    assert status == 200
    validate(document)
    assert document["openapi"] == "3.1.0"
    assert {"/api/v1/stations", "/api/v1/residents/token"} <= set(document["paths"])


async def test_every_described_operation_answers(system: System) -> None:
    _, document = await system.gets("/openapi.json")
    for path, verbs in document["paths"].items():
        for verb in verbs:
            address = path.replace("{", "").replace("}", "")
            async with system.client.request(verb.upper(), address, json={} if verb == "post" else None) as answer:
                assert answer.status in (200, 401, 404, 422), (verb, path)
                assert answer.content_type == "application/json"


async def test_stations_need_no_key_and_say_whether_they_are_open(system: System) -> None:
    status, said = await system.gets("/stations")
    assert status == 200
    assert {one["code"]: one["is_open"] for one in said["stations"]} == {"C01": False, "L01": True, "S01": True}


async def test_stations_around_a_point_come_with_the_walk(system: System) -> None:
    _, said = await system.gets("/stations", lat="30.6212", lon="104.1131", limit="2")
    assert next((one["code"], one["walk_minutes"]) for one in said["stations"]) == ("S01", 1)
    assert len(said["stations"]) == 2


async def test_what_is_not_there_is_not_found(system: System) -> None:
    status, said = await system.gets("/stations/S99")
    assert (status, said["code"]) == (404, "not_found")


@pytest.mark.parametrize("query", [{"lat": "100", "lon": "0"}, {"lat": "north"}, {"limit": "0"}, {"colour": "red"}])
async def test_a_wrong_query_is_named_by_its_field(system: System, query: dict[str, str]) -> None:
    status, said = await system.gets("/stations", **query)
    assert (status, said["code"]) == (422, "bad_fields")
    assert set(said["fields"]) <= set(query)


@pytest.mark.parametrize("body", [{}, {"sender": ""}, {"sender": 7}, {"sender": "a", "more": 1}, [], "x"])
async def test_a_wrong_body_is_named_by_its_field(system: System, body: object) -> None:
    status, said = await system.posts("/residents/token", body, secret=system.secret)
    assert (status, said["code"]) == (422, "bad_fields")


async def test_a_token_for_a_resident_takes_a_key(system: System) -> None:
    assert (await system.posts("/residents/token", {"sender": "a"}))[0] == 401
    assert (await system.posts("/residents/token", {"sender": "a"}, secret="made up"))[0] == 401
    status, said = await system.posts("/residents/token", {"sender": "a"}, secret=system.secret)
    assert (status, said["seconds"]) == (201, 3600)


async def test_a_residents_token_is_no_clients_key(system: System) -> None:
    token = await system.resident("a")
    status, said = await system.posts("/residents/token", {"sender": "b"}, secret=token)
    assert (status, said["code"]) == (403, "other_key_needed")


async def test_a_token_ends_after_its_hour(system: System) -> None:
    token = await system.resident("a")
    system.passes(hours=1, seconds=1)
    assert (await system.posts("/residents/token", {"sender": "b"}, secret=token))[0] == 401


async def test_a_forged_token_opens_nothing(system: System) -> None:
    token = await system.resident("a")
    forged = token[:-4] + ("AAAA" if not token.endswith("AAAA") else "BBBB")
    assert (await system.posts("/residents/token", {"sender": "b"}, secret=forged))[0] == 401


async def test_the_same_key_gets_the_same_answer(system: System) -> None:
    first = await system.posts("/residents/token", {"sender": "a"}, secret=system.secret, key="k1")
    system.passes(minutes=5)
    assert await system.posts("/residents/token", {"sender": "a"}, secret=system.secret, key="k1") == first
    status, said = await system.posts("/residents/token", {"sender": "b"}, secret=system.secret, key="k1")
    assert (status, said["code"]) == (409, "key_reused")


async def test_twenty_at_once_under_one_key_get_one_answer(system: System) -> None:
    body = {"sender": "somebody new"}
    answers = await asyncio.gather(
        *(system.posts("/residents/token", body, secret=system.secret, key="k") for _ in range(20))
    )
    assert {status for status, _ in answers} == {201}
    assert len({said["token"] for _, said in answers}) == 1


async def test_a_key_too_long_and_a_body_too_long_are_refused(system: System) -> None:
    assert (await system.posts("/residents/token", {"sender": "a"}, secret=system.secret, key="k" * 121))[0] == 422
    status, said = await system.posts("/residents/token", {"sender": "a" * 70_000}, secret=system.secret)
    assert (status, said["code"]) == (413, "too_long")


async def test_whoever_asks_too_often_is_told_when_to_come_again(system: System) -> None:
    answers = [await system.gets("/stations") for _ in range(61)]
    assert [status for status, _ in answers].count(429) == 1
    system.passes(seconds=1)
    assert (await system.gets("/stations"))[0] == 200
