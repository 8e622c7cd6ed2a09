"""Media, scene codes, followers and their tags."""

from __future__ import annotations

import aiohttp
import pytest

from bot.simulator import Platform
from bot.simulator.echo import Echo
from tests.simulator.client import HOUR, PNG, Api


async def test_media_live_for_three_days(platform: Platform, api: Api) -> None:
    form = aiohttp.FormData()
    form.add_field("media", PNG, filename="a.png", content_type="image/png")
    url, query = f"{api.base}/cgi-bin/media/upload", {"access_token": api.token, "type": "image"}
    async with api.session.post(url, params=query, data=form) as response:
        media_id = (await response.json(content_type=None))["media_id"]
    get = {"access_token": api.token, "media_id": media_id}
    async with api.session.get(f"{api.base}/cgi-bin/media/get", params=get) as response:
        assert (response.content_type, await response.read()) == ("image/png", PNG)
    platform.clock.advance(3 * 24 * HOUR)
    await api.sign_in()
    assert (await api.get("/cgi-bin/media/get", media_id=media_id))["errcode"] == 40007
    for kind, code in (("statue", 40004), ("voice", 40005)):
        form = aiohttp.FormData()
        form.add_field("media", PNG, filename="a.png", content_type="image/png")
        query = {"access_token": api.token, "type": kind}
        async with api.session.post(url, params=query, data=form) as response:
            assert (await response.json(content_type=None))["errcode"] == code


async def test_what_people_send_can_be_fetched(platform: Platform, api: Api, echo: Echo) -> None:
    granny = platform.person("granny")
    await platform.picture(granny, PNG)
    await platform.video(granny)
    async with api.session.get(echo.heard[0]["PicUrl"]) as response:
        assert await response.read() == PNG
    assert "video_url" in await api.get("/cgi-bin/media/get", media_id=echo.heard[1]["MediaId"])


async def test_scene_codes(platform: Platform, api: Api, echo: Echo) -> None:
    scene = {"action_info": {"scene": {"scene_str": "bind-1"}}, "action_name": "QR_STR_SCENE"}
    made = await api.post("/cgi-bin/qrcode/create", scene)
    assert made["expire_seconds"] == 60
    async with api.session.get(f"{api.base}/cgi-bin/showqrcode", params={"ticket": made["ticket"]}) as response:
        assert (await response.read()).startswith(b"\x89PNG")
    granny = platform.person("granny")
    await platform.scan(granny, ticket=made["ticket"])
    assert (echo.heard[0]["EventKey"], echo.heard[0]["Ticket"]) == ("bind-1", made["ticket"])
    platform.clock.advance(60)
    with pytest.raises(Exception, match="code_expired"):
        await platform.scan(granny, ticket=made["ticket"])
    assert await api.code("/cgi-bin/qrcode/create", {**scene, "action_name": "QR_SCENE"}) == 40053
    assert await api.code("/cgi-bin/qrcode/create", {**scene, "action_name": "QR"}) == 40052


async def test_followers_and_their_tags(platform: Platform, api: Api) -> None:
    granny = platform.person("granny")
    told = await api.get("/cgi-bin/user/info", openid=granny.openid)
    assert (told["subscribe"], told["nickname"]) == (1, "")
    tag = (await api.post("/cgi-bin/tags/create", {"tag": {"name": "党员"}}))["tag"]
    assert await api.code("/cgi-bin/tags/create", {"tag": {"name": "党员"}}) == 45157
    wear = {"openid_list": [granny.openid], "tagid": tag["id"]}
    assert await api.code("/cgi-bin/tags/members/batchtagging", wear) == 0
    assert await api.code("/cgi-bin/tags/members/batchtagging", {**wear, "openid_list": ["o"] * 51}) == 40032
    listed = await api.post("/cgi-bin/tags/getidlist", {"openid": granny.openid})
    assert listed["tagid_list"] == [tag["id"]]
    await platform.unfollow(granny)
    assert (await api.get("/cgi-bin/user/info", openid=granny.openid))["subscribe"] == 0
    assert (await api.get("/cgi-bin/user/get"))["total"] == len(platform.people) - 1
