"""What is sent in has a number at once, is looked at before anybody sees it, and hears how it ended, once."""

import io
from datetime import timedelta

from PIL import Image
from sqlmodel import col, select

from bot.messages import Kind
from bot.rules import contest, picture, privacy
from bot.rules.office import Office
from bot.rules.picture import clean
from bot.store import transaction
from bot.store.contest import Contest, ContestEntry, EntryPicture
from tests.support.console import Browser, House
from tests.support.town import CHENGDU, Person, Town

TITLE = "红色书画大赛（示例）"


def painted() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (1200, 900), "maroon").save(file, "JPEG")
    return file.getvalue()


def fetched(town: Town) -> None:
    """The worker has fetched what was sent."""
    with transaction(town.store) as session:
        office = Office(session, town.talk.seal, CHENGDU, town.now)
        for one in picture.claim(session, town.now, 9):
            picture.keep(office, one, clean(painted()))


def sends_in(person: Person, title: str = "竹石图", name: str = "3栋的夕阳红") -> str:
    """Everything up to the number, in the chat; returns what is read with it."""
    person.says("我要参加书画大赛")
    person.says(title)
    person.says(name)
    return person.says("确认")


def its(town: Town) -> Contest:
    with transaction(town.store) as session:
        return session.scalars(select(Contest).where(col(Contest.title) == TITLE)).one()


def entries(town: Town) -> list[ContestEntry]:
    with transaction(town.store) as session:
        return list(session.scalars(select(ContestEntry).order_by(col(ContestEntry.number))))


def test_a_number_at_once_then_the_pictures(town: Town) -> None:
    wang = town.resident("王阿姨")
    assert "12月22日" in wang.says("有啥子征集")
    assert "作品叫什么名字" in wang.taps("我要参加")
    wang.says("竹石图")
    assert "不要写电话" in wang.says("打13800000000找我")
    assert "署名：夕阳红" in wang.says("夕阳红")
    said = wang.says("确认")
    assert "1号" in said
    assert "第1张" in wang.sends(Kind.PICTURE)
    assert "等工作人员看" in wang.says("我的作品")
    [entry] = entries(town)
    assert entry.said is not None
    assert "竹石图".encode() not in entry.said


def test_one_person_has_so_many_and_may_take_one_back(town: Town) -> None:
    wang = town.resident("王阿姨")
    assert "1号" in sends_in(wang)
    assert "2号" in sends_in(wang, "兰")
    assert "最多2件" in sends_in(wang, "梅")
    wang.says("算了")
    wang.says("我的作品")
    assert "撤回来了" in wang.taps("撤回1号")
    assert "3号" in sends_in(wang, "梅")


async def test_looked_at_shown_awarded_and_told_once(house: House, clerk: Browser) -> None:
    wang, li = house.town.resident("王阿姨"), house.town.resident("李叔")
    for one in (wang, li):
        sends_in(one)
        one.sends(Kind.PICTURE)
    fetched(house.town)
    here = f"/console/contests/{its(house.town).id}"
    first, second = entries(house.town)
    words = await clerk.opens(here)
    assert "1号《竹石图》 署名：3栋的夕阳红" in words
    assert "请写上要告诉投稿人的话" in await clerk.sends(f"{here}/entries/{first.id}/send-back", {"reason": ""})
    await clerk.sends(f"{here}/entries/{first.id}/send-back", {"reason": "照片太暗"})
    assert any("照片太暗" in words for words in house.town.waiting_words())
    assert "退回了" in wang.says("我的作品")
    wang.taps("给1号发照片")
    wang.sends(Kind.PICTURE)
    fetched(house.town)
    for entry in (first, second):
        assert "已展出" in await clerk.sends(f"{here}/entries/{entry.id}/show")
    assert "已经撤回或者处理过" in await clerk.sends(f"{here}/entries/{first.id}/show")
    await clerk.sends(f"{here}/entries/{first.id}/award", {"prize": "一等奖"})
    assert "还在收作品" in await clerk.sends(f"{here}/announce", {"results": "谢谢大家"})
    house.passes(days=31)
    await clerk.signs_in("clerk")
    await clerk.opens(here)
    assert "结果已公布" in await clerk.sends(f"{here}/announce", {"results": "谢谢大家"})
    assert "只公布一次" in await clerk.sends(f"{here}/announce", {"results": "谢谢大家"})
    told = [words for words in house.town.waiting_words() if "出结果了" in words]
    assert sorted("一等奖" in words for words in told) == [False, True]
    assert "没有正在征集" in wang.says("我要参赛")
    assert (await clerk.fetches(f"{here}?as=xlsx"))[:2] == b"PK"
    assert any("contest.viewed" in one for one in house.acts("contest."))
    house.change("clerk", area_id=None, station_id=None, grid_id=house.account("grid3").grid_id)
    with house.transaction() as session:
        kept = session.scalars(select(EntryPicture)).all()
    for path in ("", f"/entries/{first.id}/pictures/{kept[0].id}"):
        await clerk.opens(here + path)
        assert clerk.status == 404


def test_a_picture_that_cannot_be_had_is_asked_for_again(town: Town) -> None:
    wang = town.resident("王阿姨")
    sends_in(wang)
    wang.sends(Kind.PICTURE)
    wang.says("没有了")
    with transaction(town.store) as session:
        office = Office(session, town.talk.seal, CHENGDU, town.now)
        [claimed] = picture.claim(session, town.now, 9)
        picture.failed(office, claimed, "gone", for_good=True)
    assert any("请再发一次" in words for words in town.waiting_words())
    assert "第1张" in wang.sends(Kind.PICTURE)


def test_who_is_forgotten_takes_the_entry_along(town: Town) -> None:
    wang = town.resident("王阿姨")
    sends_in(wang)
    wang.sends(Kind.PICTURE)
    [entry] = entries(town)
    red = its(town)
    with transaction(town.store) as session:
        office = Office(session, town.talk.seal, CHENGDU, town.now)
        contest.show(office, entry.id)
        assert entry.resident_id is not None
        assert len(contest.on_show(office, red)) == 1
        privacy.forget(session, entry.resident_id)
    with transaction(town.store) as session:
        office = Office(session, town.talk.seal, CHENGDU, town.now + timedelta(hours=1))
        assert contest.on_show(office, red) == []
        assert not session.scalars(select(EntryPicture)).all()
    assert [(one.resident_id, one.said) for one in entries(town)] == [(None, None)]
