"""An invitation's code as a picture, or the reason why there is none."""

from __future__ import annotations

import base64
import io
import re

import pytest
from PIL import Image

from bot.channels.answer import Answer, Errcode, Reaction
from tests.support.console import Browser, House
from tests.support.members import Roster

CODES = "/console/codes"
FINE = Answer(Errcode(0, "", Reaction.DONE), {"url": "http://weixin.qq.com/q/example"})


@pytest.fixture
def scene_of(house: House) -> str:
    roster = Roster(house.town)
    roster.has("DY1", "示例甲", "13800000001")
    return roster.invites("DY1")


async def test_the_code_of_an_invitation_is_drawn(house: House, clerk: Browser, scene_of: str) -> None:
    asked: list[tuple[str, int]] = []

    async def code_for(scene: str, seconds: int) -> Answer:
        asked.append((scene, seconds))
        return FINE

    house.code_for = code_for
    await clerk.opens("/console/members")
    await clerk.sends(CODES, {"scene": scene_of})
    drawn = re.search(r'src="data:image/png;base64,([^"]+)"', clerk.page)
    assert drawn
    Image.open(io.BytesIO(base64.b64decode(drawn[1]))).verify()
    assert asked == [(scene_of, 30 * 24 * 3600)]


async def test_without_a_picture_the_reason_is_read(clerk: Browser, scene_of: str) -> None:
    await clerk.opens("/console/members")
    assert "48001" in await clerk.sends(CODES, {"scene": scene_of})
    assert "不认识" in await clerk.sends(CODES, {"scene": "member-" + "0" * 40})
    await clerk.sends(CODES, {"scene": "desk-1"})
    assert clerk.status == 404


async def test_a_grid_worker_draws_no_code_of_a_member(worker: Browser, scene_of: str) -> None:
    await worker.opens("/console/people")
    await worker.sends(CODES, {"scene": scene_of})
    assert worker.status == 404
