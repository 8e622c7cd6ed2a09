"""A full day: whoever waits first is offered first, has half an hour, and then it is the next one's turn."""

from datetime import datetime, time, timedelta
from uuid import UUID

from sqlmodel import col, select

from bot.channels.official_account import NAME
from bot.rules import booking
from bot.rules.booking import provider as rules
from bot.rules.office import Office
from bot.store import booking as bookings
from bot.store import inbox, resident, transaction
from bot.store.booking import Waiting
from tests.booking.scene import SAID, at, book, office_of, provider, thing
from tests.support.town import CHENGDU, Person, Town


def test_the_first_in_line_is_offered_first_and_books(town: Town) -> None:
    owner = full_tuesday(town)
    wang, li = town.resident("王阿姨"), town.resident("李叔")
    assert "您排第一位" in waits(wang)
    assert "前面还有1位" in waits(li)
    assert "排第2位" in li.says("我的预约")
    frees(town, owner)
    [offer] = town.waiting_words()
    assert "11月24日（周二）9:30" in offer
    assert "给您留到10:3" in offer
    assert "没有给您留着" in li.says("要这个时间")
    said = wang.says("要这个时间")
    assert "约好了：水电维修，11月24日（周二）9:30–10:30" in said
    assert "到访码" in said
    assert history(town, "王阿姨") == ["queued", "offered", "taken"]


def test_an_offer_lapses_and_goes_to_the_next(town: Town) -> None:
    owner = full_tuesday(town)
    wang, li = town.resident("王阿姨"), town.resident("李叔")
    waits(wang)
    waits(li)
    frees(town, owner)
    town.passes(minutes=31)
    with office_of(town) as office:
        booking.offer_all(office)
    words = town.waiting_words()
    assert any("让给后面的人" in one for one in words)
    assert sum("有位置了" in one for one in words) == 2
    assert "没有给您留着" in wang.says("要这个时间")
    assert "约好了" in li.says("要这个时间")
    assert history(town, "王阿姨") == ["queued", "offered", "expired"]
    assert history(town, "李叔") == ["queued", "offered", "taken"]


def test_while_it_is_held_nobody_else_gets_it(town: Town) -> None:
    owner = full_tuesday(town)
    waits(town.resident("王阿姨"))
    frees(town, owner)
    said = town.resident("赵哥").says(f"后天上午九点半修水管，{SAID}")
    assert "约满了" in said
    town.passes(minutes=31)
    assert "9:30–10:30" in town.resident("钱姐").says(f"后天上午九点半修水管，{SAID}")


def test_who_does_not_want_it_makes_way_at_once(town: Town) -> None:
    owner = full_tuesday(town)
    wang, li = town.resident("王阿姨"), town.resident("李叔")
    waits(wang)
    waits(li)
    frees(town, owner)
    assert "让给后面的人" in wang.says("不要这个时间")
    assert "约好了" in li.says("要这个时间")
    assert history(town, "王阿姨") == ["queued", "offered", "declined"]


def test_nobody_is_woken_by_an_offer(town: Town) -> None:
    owner = full_tuesday(town)
    waits(town.resident("王阿姨"))
    town.now = at(22, 23)
    frees(town, owner)
    with office_of(town) as office:
        booking.offer_all(office)
    assert town.waiting_words() == []
    town.now = at(23, 8)
    with office_of(town) as office:
        booking.offer_all(office)
    assert "有位置了" in town.waiting_words()[0]


def test_whom_nothing_was_found_for_hears_of_it(town: Town) -> None:
    full_tuesday(town)
    wang = town.resident("王阿姨")
    waits(wang)
    town.now = at(25, 8)
    with office_of(town) as office:
        booking.offer_all(office)
    assert "没等到空位" in town.waiting_words()[0]
    assert "没有约着" in wang.says("我的预约")


def test_waiting_twice_is_refused_and_leaving_is_one_word(town: Town) -> None:
    full_tuesday(town)
    wang = town.resident("王阿姨")
    waits(wang)
    wang.says(f"后天上午九点半修水管，{SAID}")
    wang.taps("候补后天（周二）")
    assert "已经在候补" in wang.says("确认")
    wang.says("算了")
    assert "候补已经取消" in wang.says("取消预约")
    assert history(town, "王阿姨") == ["queued", "left"]


def test_an_offer_of_somebody_who_has_gone_is_no_booking(town: Town) -> None:
    owner = full_tuesday(town)
    wang = town.resident("王阿姨")
    waits(wang)
    frees(town, owner)
    with office_of(town) as office:
        gone = provider(office.session, "plumbing_electrical")
        rules.remove(office, gone.id)
    assert "已经让出去了" in wang.says("要这个时间")
    with office_of(town) as office:
        assert not rules.to_come(office, gone.id)


def test_of_a_hold_with_a_gap_nothing_is_booked(town: Town) -> None:
    """Somebody whose clock was ahead found a part of it over and took that."""
    owner = full_tuesday(town)
    wang = town.resident("王阿姨")
    waits(wang)
    frees(town, owner)
    with office_of(town) as office:
        place = place_of(office, "王阿姨")
        assert place.offered_resource is not None
        beyond = bookings.held_for(office.session, place.id)[-1] + 2 * bookings.TICK
        held = {"waiting_id": place.id, "held_until": place.held_until, "now": office.now}
        bookings.claim(office.session, resource_id=place.offered_resource, lane=1, times=[beyond], **held)  # type: ignore[arg-type]
    assert "已经让出去了" in wang.says("要这个时间")


def test_leaving_says_every_list_that_was_left(town: Town) -> None:
    full_tuesday(town)
    wang = town.resident("王阿姨")
    waits(wang)
    with office_of(town) as office:
        who = place_of(office, "王阿姨").resident_id
        assert who is not None
        day = at(25, 0)
        booking.join(
            office,
            thing(office.session, "haircut"),
            day,
            day + timedelta(days=1),
            resident_id=who,
            channel=NAME,
            contact={},
        )
    assert "水电维修、理发的候补已经取消" in wang.says("取消预约")


def full_tuesday(town: Town) -> UUID:
    """Everything the plumber has on Tuesday is taken; returns the booking at half past nine."""
    with transaction(town.store) as session:
        people = [resident.register(session, channel=NAME, sender=f"别人{one}", now=town.now) for one in range(20)]
    made = {}
    with office_of(town) as office:
        for clock in (time(hour, 30) for hour in (8, 9, 10, 13, 14, 15, 16, 17)):
            start = datetime.combine(at(24, 0).date(), clock, CHENGDU)
            made[clock] = book(office, "plumbing_electrical", start, people.pop()).id
    return made[time(9, 30)]


def waits(person: Person) -> str:
    person.says(f"后天上午九点半修水管，{SAID}")
    person.taps("候补后天（周二）")
    return person.says("确认")


def frees(town: Town, booking_id: UUID) -> None:
    with office_of(town) as office:
        booking.cancel(office, booking_id)


def history(town: Town, name: str) -> list[str]:
    """What happened to somebody's place in the list, in one word each."""
    with office_of(town) as office:
        return [line.what for line in bookings.waiting_history(office.session, place_of(office, name).id)]


def place_of(office: Office, name: str) -> Waiting:
    who = inbox.opening(office.session, channel=NAME, sender=name, key="none")
    assert who is not None
    found = select(Waiting).where(col(Waiting.resident_id) == who.resident_id)
    place = office.session.scalars(found.order_by(col(Waiting.created_at))).first()
    assert place is not None
    return place
