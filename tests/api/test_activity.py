"""Activities from another system: what is on, enrolled once under one key, waited for, given up."""

from typing import Any

from tests.api.conftest import System


async def by_title(system: System, title: str) -> dict[str, Any]:
    _, said = await system.gets("/activities")
    return next(one for one in said["activities"] if one["title"].startswith(title))


async def test_what_is_on_needs_no_key(system: System) -> None:
    status, said = await system.gets("/activities")
    assert status == 200
    assert [one["places_left"] for one in said["activities"]] == [20, None, 3]
    first = said["activities"][0]
    assert first["starts_at"] == "2026-11-28T14:30:00+08:00"
    assert (await system.gets(f"/activities/{first['id']}"))[1] == first
    assert (await system.gets("/activities/none"))[0] == 404


async def test_an_enrolment_from_the_first_to_the_last(system: System) -> None:
    token, here = await system.resident("wang"), (await by_title(system, "邻里汤圆会"))["id"]
    for _ in range(2):
        status, said = await system.posts(f"/activities/{here}/enrol", {"persons": 3}, secret=token, key="once")
        assert (status, said["state"], said["number"], said["persons"]) == (201, "enrolled", 1, 3)
    assert (await by_title(system, "邻里汤圆会"))["places_left"] == 17
    status, said = await system.posts(f"/activities/{here}/enrol", {}, secret=token)
    assert (status, said["code"]) == (409, "enrolled_already")
    assert len((await system.gets("/enrolments", secret=token))[1]["enrolments"]) == 1
    assert (await system.posts(f"/activities/{here}/give-up", {}, secret=token))[1]["state"] == "cancelled"
    assert (await system.gets("/enrolments", secret=token))[1]["enrolments"] == []


async def test_a_full_one_is_waited_for_and_what_is_held_is_taken(system: System) -> None:
    wang, li = await system.resident("wang"), await system.resident("li")
    here = (await by_title(system, "旧书换绿植"))["id"]
    await system.posts(f"/activities/{here}/enrol", {"persons": 3}, secret=wang)
    status, said = await system.posts(f"/activities/{here}/enrol", {}, secret=li)
    assert (status, said["code"]) == (409, "no_place_left")
    status, said = await system.posts(f"/activities/{here}/enrol", {"wait": True}, secret=li)
    assert (status, said["state"], said["position"]) == (201, "waiting", 1)
    await system.posts(f"/activities/{here}/give-up", {}, secret=wang)
    held = (await system.gets("/enrolments", secret=li))[1]["enrolments"][0]
    assert (held["state"], held["held_until"]) == ("offered", "2026-11-22T10:30:00+08:00")
    assert (await system.posts(f"/activities/{here}/take", {}, secret=li))[1]["state"] == "enrolled"


async def test_nobody_enrols_without_a_resident_and_too_many_are_named(system: System) -> None:
    here = (await by_title(system, "邻里汤圆会"))["id"]
    assert (await system.posts(f"/activities/{here}/enrol", {}))[0] == 401
    status, said = await system.posts(
        f"/activities/{here}/enrol", {"persons": 11}, secret=await system.resident("wang")
    )
    assert (status, list(said["fields"])) == (422, ["persons"])
