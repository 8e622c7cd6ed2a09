"""A suggestion has a number at once, an answer to its author, and nothing personal where everybody reads."""

import re
from dataclasses import replace

import pytest
from sqlmodel import col, select

from bot.messages import Kind
from bot.nlu import wishes
from bot.rules import privacy, resident, suggestion
from bot.rules.office import Office
from bot.rules.suggestion import NotPublic, OwnSuggestion
from bot.store import activity, figures, transaction, voices
from bot.store import suggestion as rows
from bot.store.scope import Scope
from bot.store.staff import StaffRole
from bot.store.suggestion import State, Suggestion, SuggestionPicture, SuggestionSupport, What
from bot.store.ticket import Ticket, TicketPicture
from tests.support.console import Browser, House
from tests.support.town import CHENGDU, Person, Town

DESK = "/console/suggestions"
BENCHES = "我建议在东门口的大树下多摆几条凳子"


def number_in(text: str) -> str:
    found = re.search(r"J\d{6}-\d{4}", text)
    assert found, text
    return found[0]


def public(town: Town, number: str, heard: str) -> None:
    """The staff publish it in these words."""
    with transaction(town.store) as session:
        office = Office(session, town.talk.seal, CHENGDU, town.now)
        row = session.scalars(select(Suggestion).where(col(Suggestion.number) == number)).one()
        suggestion.publish(office, row.id, heard=heard, reply="", by="示例社区")


def row_of(town: Town, number: str) -> Suggestion:
    with transaction(town.store) as session:
        return session.scalars(select(Suggestion).where(col(Suggestion.number) == number)).one()


def test_one_message_is_enough_for_a_number(town: Town) -> None:
    wang = town.resident("王阿姨")
    said = wang.says(BENCHES)
    number = number_in(said)
    assert number == "J261122-0001"
    assert "环境设施" in said
    assert "照片收到" in wang.sends(Kind.PICTURE)
    row = row_of(town, number)
    assert row.words is not None
    assert b"\xe5\x87\xb3" not in row.words
    assert "已收到，等答复" in wang.says("我的建议怎么样了")
    assert "撤回来了" in wang.says("撤回")
    assert row_of(town, number).state == State.WITHDRAWN


def test_what_is_missing_is_asked_and_a_corner_has_a_place_and_a_picture(town: Town) -> None:
    wang = town.resident("王阿姨")
    assert "您有什么建议" in wang.says("我有个建议")
    assert "这条算哪一类" in wang.says("大家见面多笑一笑")
    assert "归到“服务”" in wang.taps("服务")
    wang.says("没有")
    wang.sends(Kind.PICTURE)
    said = wang.says("这块空地建议拿来做小花园")
    assert "照片也一起收下了" in said
    assert "在哪里" in said
    assert "示例花园3栋" in wang.says("花园3栋旁边")
    row = row_of(town, number_in(said))
    assert row.kind == wishes.Wish.SPACE
    assert row.building_id is not None
    with transaction(town.store) as session:
        assert [one.suggestion_id for one in session.scalars(select(SuggestionPicture))] == [row.id]
        assert not session.scalars(select(TicketPicture)).all()


def test_in_a_group_nothing_is_taken_down(town: Town) -> None:
    wang = town.resident("王阿姨")
    heard = wang.last(replace(wang.message(text=BENCHES), channel="group")).reply.text
    assert "私聊" in heard
    with transaction(town.store) as session:
        assert rows.waiting(session, Scope(StaffRole.ADMINISTRATOR, everything=True)) == 0


def test_a_neighbours_is_supported_once_in_place_of_ones_own(town: Town) -> None:
    li, wang = town.resident("李叔"), town.resident("王阿姨")
    first = number_in(li.says(BENCHES))
    public(town, first, "东门大树下多摆几条凳子")
    said = wang.says("希望东门口大树下摆几条凳子")
    own = number_in(said)
    assert "有邻居也提过" in said
    assert "现在有1人支持" in wang.taps("支持这一条")
    assert row_of(town, own).state == State.WITHDRAWN
    assert "已经支持过" in wang.says(f"支持{first}")
    assert "自己提的" in li.says(f"支持{first.lower()}")
    assert "1人支持" in town.resident("赵哥").says(first)
    with transaction(town.store) as session:
        office = Office(session, town.talk.seal, CHENGDU, town.now)
        row = rows.public(session, first)
        assert row is not None
        suggestion.decide(office, row.id, What.ADOPTED, by="示例社区", note="李叔，周五就摆")
    told = town.waiting_words()
    assert [words for words in told if "李叔，周五就摆" in words] == [
        words for words in told if words.startswith("您的建议")
    ][-1:]
    assert any("您支持的建议" in words and "采纳" in words for words in told)


def test_what_is_not_public_cannot_be_supported_or_read(town: Town) -> None:
    li, wang = town.resident("李叔"), town.resident("王阿姨")
    number = number_in(li.says(BENCHES))
    assert "没查到" in wang.says(number)
    assert "没查到" in wang.says(f"支持{number}")
    row = row_of(town, number)
    with transaction(town.store) as session:
        office = Office(session, town.talk.seal, CHENGDU, town.now)
        with pytest.raises(NotPublic):
            suggestion.support(office, row, resident_id=row.id, channel="official_account")
    public(town, number, "多摆凳子")
    with transaction(town.store) as session:
        office = Office(session, town.talk.seal, CHENGDU, town.now)
        assert row.resident_id is not None
        with pytest.raises(OwnSuggestion):
            suggestion.support(office, row, resident_id=row.resident_id, channel="official_account")


async def test_the_desk_answers_adopts_publishes_and_says_what_became_of_it(house: House, clerk: Browser) -> None:
    wang = house.town.resident("王阿姨")
    number = number_in(wang.says(f"我叫张小花，住3栋2单元501，电话13800000000，{BENCHES}"))
    here = f"{DESK}/{number}"
    house.passes(days=3)
    await clerk.signs_in("clerk")
    words = await clerk.opens(DESK)
    assert "1条等答复" in words
    assert "3天" in words
    assert "13800000000" not in words
    assert "张小花" in await clerk.opens(here)
    assert '<textarea id="heard"' in clerk.page
    draft = clerk.page.partition('id="heard"')[2].partition("</textarea>")[0]
    assert "13800000000" not in draft
    assert "张小花" not in draft
    assert "501" not in draft
    assert "请先写几句话" in await clerk.sends(f"{here}/decide", {"what": "answered", "note": " "})
    assert "答复已发给" in await clerk.sends(f"{here}/decide", {"what": "answered", "note": "谢谢您，正在量尺寸。"})
    assert "已采纳" in await clerk.sends(f"{here}/decide", {"what": "adopted", "note": "下周五摆四条。"})
    assert "还有电话或者门牌" in await clerk.sends(f"{here}/publish", {"heard": "找13800000000", "reply": ""})
    assert "已公开" in await clerk.sends(f"{here}/publish", {"heard": "东门大树下多摆凳子", "reply": "下周五摆四条"})
    assert "没找到这个编号" in await clerk.sends(f"{here}/done", {"outcome": "activity", "ref": "没有的"})
    assert "已记办成" in await clerk.sends(f"{here}/done", {"outcome": "activity", "ref": "HD03"})
    told = "\n".join(house.town.waiting_words())
    assert all(words in told for words in ("正在量尺寸", "下周五摆四条", "您说我办", "办成了：旧书换绿植（示例）"))
    assert "采纳了" in wang.says(number) or "办成了" in wang.reply.text
    assert "这一步办不了" in await clerk.sends(f"{here}/decide", {"what": "adopted", "note": "再来"})
    assert house.acts("suggestion.viewed")
    assert (await clerk.fetches(f"{DESK}?view=published&as=xlsx"))[:2] == b"PK"


async def test_supporters_hear_what_becomes_of_it_and_the_author_once_that_it_is_public(
    house: House, clerk: Browser
) -> None:
    number = number_in(house.town.resident("李叔").says(BENCHES))
    here = f"{DESK}/{number}"
    await clerk.opens(here)
    await clerk.sends(f"{here}/publish", {"heard": "多摆凳子", "reply": ""})
    house.town.resident("王阿姨").says(f"支持{number}")
    await clerk.sends(f"{here}/unpublish")
    await clerk.sends(f"{here}/publish", {"heard": "多摆凳子", "reply": ""})
    assert [("您说我办" in words, "支持的建议" in words) for words in house.town.waiting_words()] == [(True, False)]
    await clerk.sends(f"{here}/pass-on")
    told = [words for words in house.town.waiting_words() if "您支持的建议" in words]
    assert ["转给负责的人去办了" in words for words in told] == [True]


async def test_what_it_became_points_to_nobody_and_to_no_draft(house: House, clerk: Browser) -> None:
    number = number_in(house.town.resident("李叔").says(BENCHES))
    here = f"{DESK}/{number}"
    await clerk.opens(here)
    await clerk.sends(f"{here}/decide", {"what": "adopted", "note": "下周摆"})
    assert "还有电话或者门牌" in await clerk.sends(f"{here}/done", {"outcome": "words", "ref": "找13800000000领"})
    with house.transaction() as session:
        its = activity.coded(session, "HD03")
        assert its is not None
        its.state = activity.State.DRAFT.value
    assert "没找到这个编号" in await clerk.sends(f"{here}/done", {"outcome": "activity", "ref": "HD03"})


async def test_a_complaint_and_a_suggestion_go_over_with_one_click(house: House, clerk: Browser) -> None:
    wang = house.town.resident("王阿姨")
    number = number_in(wang.says("我建议给花园3栋换个好点的电梯"))
    wang.sends(Kind.PICTURE)
    await clerk.opens(f"{DESK}/{number}")
    await clerk.sends(f"{DESK}/{number}/pass-on")
    with house.transaction() as session:
        ticket = session.scalars(select(Ticket)).one()
        assert [one.ticket_id for one in session.scalars(select(TicketPicture))] == [ticket.id]
        assert not session.scalars(select(SuggestionPicture)).all()
    assert any(ticket.number in words for words in house.town.waiting_words())
    await clerk.opens(f"/console/tickets/{ticket.number}")
    words = await clerk.sends(f"/console/tickets/{ticket.number}/as-suggestion")
    again = number_in(words)
    assert again != number
    assert "换个好点的电梯" in words
    assert any(again in words for words in house.town.waiting_words())


async def test_what_belongs_to_another_community_is_not_there(house: House, clerk: Browser) -> None:
    number = number_in(house.town.resident("王阿姨").says(BENCHES))
    assert number in await clerk.opens(DESK)
    with house.transaction() as session:
        row = session.scalars(select(Suggestion).where(col(Suggestion.number) == number)).one()
        row.area_id = None
        session.add(row)
    house.change("clerk", area_id=None, station_id=None, grid_id=house.account("grid3").grid_id)
    assert number not in await clerk.opens(DESK)
    for path in ("", "/pictures/00000000-0000-0000-0000-000000000000"):
        await clerk.opens(f"{DESK}/{number}{path}")
        assert clerk.status == 404


def test_who_is_forgotten_takes_the_words_along_and_what_was_published_stays(town: Town) -> None:
    li, wang = town.resident("李叔"), town.resident("王阿姨")
    number = number_in(li.says(BENCHES))
    li.sends(Kind.PICTURE)
    public(town, number, "多摆凳子")
    wang.says(f"支持{number}")
    other = number_in(li.says("希望周末也开老年课"))
    with transaction(town.store) as session:
        row = rows.public(session, number)
        assert row is not None
        assert row.resident_id is not None
        one = session.scalars(select(SuggestionSupport)).one()
        privacy.forget(session, row.resident_id)
        privacy.forget(session, one.resident_id)
    with transaction(town.store) as session:
        row = session.scalars(select(Suggestion).where(col(Suggestion.number) == number)).one()
        assert (row.resident_id, row.words, row.place, row.heard) == (None, None, None, "多摆凳子")
        unread = session.scalars(select(Suggestion).where(col(Suggestion.number) == other)).one()
        assert (unread.words, unread.state) == (None, State.WITHDRAWN)
        assert not session.scalars(select(SuggestionPicture)).all()
        assert not session.scalars(select(SuggestionSupport)).all()


def test_of_two_who_are_one_person_a_support_counts_once(town: Town) -> None:
    li, wang, zhao = (town.resident(name) for name in ("李叔", "王阿姨", "赵哥"))
    number = number_in(li.says(BENCHES))
    public(town, number, "多摆凳子")
    for one in (wang, zhao):
        one.says(f"支持{number}")
    with transaction(town.store) as session:
        first, second = (one.resident_id for one in session.scalars(select(SuggestionSupport)))
        resident.merge(Office(session, town.talk.seal, CHENGDU, town.now), into=first, other=second)
    with transaction(town.store) as session:
        assert len(session.scalars(select(SuggestionSupport)).all()) == 1


def test_the_figures_count_what_came_was_answered_and_published(town: Town) -> None:
    number = number_in(town.resident("王阿姨").says(BENCHES))
    public(town, number, "多摆凳子")
    part, since, until = figures.Part(everything=True), town.now.replace(hour=0), town.now.replace(hour=23)
    with transaction(town.store) as session:
        counted = [
            figures.count(session, source, part, since, until, apart=False)
            for source in (voices.suggestions, voices.answered, voices.adopted, voices.published, voices.polls)
        ]
    assert counted == [1, 0, 0, 1, 1]


@pytest.mark.parametrize(
    "said",
    ["我的投诉到哪一步了", "业委会选举怎么投票", "我要参加活动", "我要参加厨艺大赛", "支持老年卡吗", "意见箱在哪"],
)
def test_what_others_answer_is_not_taken_from_them(town: Town, said: str) -> None:
    wang: Person = town.resident("王阿姨")
    wang.says(BENCHES)
    asked = ("suggestion.which", "suggestion.public", "poll.vote", "poll.which", "contest.look", "contest_entry.title")
    wang.says(said)
    assert wang.reply.asks not in asked
