"""The roster in the back office: written down, looked up masked, claims agreed to by a person."""

from tests.support.console import Browser, House
from tests.support.members import Roster

MEMBERS = "/console/members"


async def test_somebody_new_is_written_down_masked_and_found_by_the_whole_name(house: House, clerk: Browser) -> None:
    await clerk.opens("/console/branches")
    await clerk.sends("/console/branches", {"code": "ZB1", "name": "示例第一支部", "area": _area(clerk)})
    await clerk.opens(MEMBERS + "/new")
    branch = clerk.page.split('name="branch"')[1].split('<option value="')[2].split('"')[0]
    new = {
        "code": "DY1",
        "name": "示例甲",
        "phone": "13800000001",
        "branch": branch,
        "kind": "double",
        "tags": "流动、骨干",
    }
    assert "示**" in await clerk.sends(MEMBERS, new)
    assert "示例甲" not in clerk.words
    for words in ("示例甲", "13800000001", "DY1"):
        assert "138****01" in await clerk.opens(f"{MEMBERS}?q={words}")
    assert "没有找到" in await clerk.opens(f"{MEMBERS}?q=示例乙")
    assert "DY1" in await clerk.opens(f"{MEMBERS}?tag=骨干")
    assert "DY1" not in await clerk.opens(f"{MEMBERS}?tag=别的")
    assert "已经有别的党员" in await clerk.sends(MEMBERS, new)
    assert house.acts("member.")[:2] == ["clerk member.added DY1", "clerk member.viewed DY1"]


async def test_a_claim_waits_first_and_is_agreed_to(house: House, clerk: Browser, other: Browser) -> None:
    roster = Roster(house.town)
    roster.has("DY1", "示例甲", "13800000001")
    member_id = roster.has("DY2", "示例乙", "13800000002")
    wang = house.town.resident("王阿姨")
    wang.says("我是党员")
    wang.says("示例乙 0002")
    page = await clerk.opens(MEMBERS)
    assert "有 1 位等核对" in page
    assert page.index("DY2") < page.index("DY1")
    await clerk.opens(f"{MEMBERS}/{member_id}")
    claimant = {"claimant": clerk.page.split('name="claimant" value="')[1].split('"')[0]}
    await other.signs_in("manager")
    await other.opens(f"{MEMBERS}/{member_id}")
    assert "已绑定" in await clerk.sends(f"{MEMBERS}/{member_id}/agree", claimant)
    assert "别人刚刚处理过" in await other.sends(f"{MEMBERS}/{member_id}/refuse", claimant)
    assert house.acts("member.agreed") == ["clerk member.agreed DY2"]
    assert "核对好了" in house.town.waiting_words()[0]


async def test_the_whole_name_is_seen_once_for_a_reason(house: House, clerk: Browser) -> None:
    member_id = Roster(house.town).has("DY1", "示例甲", "13800000001")
    at = f"{MEMBERS}/{member_id}"
    assert "13800000001" not in await clerk.opens(at)
    assert "13800000001" in await clerk.sends(at + "/reveal", {"reason": "组织生活会前联系"})
    assert "13800000001" not in await clerk.opens(at)
    saved = {
        "code": "DY1",
        "branch": _branch(clerk),
        "kind": "community",
        "secretary": "1",
        "_version": _version(clerk),
    }
    assert "书记" in await clerk.sends(at, saved)
    assert "13800000001" in await clerk.sends(at + "/reveal", {"reason": "组织生活会前联系"})


def _area(browser: Browser) -> str:
    """The first community of the form."""
    return browser.page.split('name="area"')[1].split('<option value="')[1].split('"')[0]


def _branch(browser: Browser) -> str:
    return browser.page.split('name="branch"')[1].split("selected")[0].rsplit('value="', 1)[1].split('"')[0]


def _version(browser: Browser) -> str:
    """Of the form that changes them, which is the last one."""
    return browser.page.rsplit('name="_version" value="', 1)[1].split('"')[0]
