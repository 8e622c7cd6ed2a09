"""Tickets go to other offices: to whom, in which order, how often, what leaves, who hears when it fails."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlmodel import col, select

from bot.errors import OperatorError
from bot.messages import Spot
from bot.rules import post, ticket
from bot.rules.forwarding import deciding, destinations, hearing, sending, telling
from bot.rules.forwarding.backoff import pause
from bot.rules.forwarding.deciding import BeingSent, NoWhy
from bot.rules.forwarding.destinations import Draft
from bot.rules.forwarding.hearing import Heard
from bot.rules.forwarding.values import Accepted, Act, Failed, Job, News, NotYet, Outcome, Point, Skipped, Stage
from bot.rules.forwarding.wgs84 import gcj02, wgs84
from bot.store import forwarding
from bot.store import ticket as tickets
from bot.store.contact import Contact
from bot.store.forwarding import Destination, State, Way
from bot.store.outbox import Outbox
from bot.store.place import Area
from bot.store.staff import Staff as Account
from bot.store.station import Station
from bot.store.ticket import State as TicketState
from bot.store.ticket import What
from bot.wording import explain
from bot.wording import forwarding as say
from tests.support.forwarding import FIRST, LAMP, SECRET, TITLE, Outside
from tests.support.staff import Staff
from tests.support.town import Town


@pytest.fixture
def outside(town: Town) -> Outside:
    return Outside(town)


def broken(_job: Job) -> Outcome:
    return Failed("answered 500", unsure=True)


def test_a_ticket_is_on_its_way_in_the_turn_that_opens_it(outside: Outside) -> None:
    outside.destination()
    outside.town.resident("婆婆").says(LAMP)
    assert outside.forward().state == State.PENDING
    [job] = outside.round()
    assert (job.act, job.key, job.ask_first) == (Act.REQUEST, FIRST, False)
    row = outside.forward()
    assert (row.state, row.external_id, row.next_try) == (State.ACCEPTED, f"BO-{FIRST}", None)
    assert outside.round() == []


def test_without_a_destination_nothing_is_planned(outside: Outside) -> None:
    outside.town.resident("婆婆").says(LAMP)
    with outside.office() as office:
        assert forwarding.by_state(office.session) == {}


def test_each_destination_hears_of_its_own_kinds_and_places(outside: Outside) -> None:
    outside.destination("everything")
    outside.destination("lamps", kinds=["lamp"])
    outside.destination("noise", kinds=["noise"])
    outside.destination("here", within="S01")
    outside.town.resident("婆婆").says(LAMP)
    assert {job.target.code for job in outside.round()} == {"everything", "lamps", "here"}


def test_the_code_of_the_other_office_goes_along(outside: Outside) -> None:
    outside.destination(services={"lamp": "0412"})
    outside.town.resident("婆婆").says(LAMP)
    assert outside.round()[0].record.service == "0412"


def test_the_person_does_not_leave(outside: Outside) -> None:
    outside.destination()
    outside.town.resident("婆婆").says("花园2栋的路灯不亮，我住2单元501，电话13800000000")
    [job] = outside.round()
    text = say.description(job.record)
    assert "13800000000" not in text
    assert "501" not in text
    assert text.splitlines()[0] == FIRST
    assert "示例花园2栋" in text
    assert job.record.contact is None


def test_a_contact_leaves_where_it_is_needed_and_the_resident_agreed(outside: Outside) -> None:
    outside.destination("needs", contact_leaves=True)
    outside.destination("does-not")
    outside.town.resident("婆婆").says(LAMP)
    with outside.office() as office:
        row = tickets.numbered(office.session, FIRST)
        assert row is not None
        deciding.agree(office, row, name="示例居民", phone="028-0000-0099")
    contacts = {job.target.code: job.record.contact for job in outside.round()}
    assert contacts["needs"] is not None
    assert contacts["needs"].phone == "028-0000-0099"
    assert contacts["does-not"] is None


def test_words_leave_whole_where_the_operator_says_so(outside: Outside) -> None:
    outside.destination(words_leave=True)
    outside.town.resident("婆婆").says("花园2栋的路灯不亮，电话13800000000")
    assert "13800000000" in outside.round()[0].record.words


def test_what_happens_later_follows_in_order(outside: Outside) -> None:
    outside.destination(talks=True)
    staff = Staff(outside.town)
    granny = outside.town.resident("婆婆")
    granny.says(LAMP)
    granny.says("两盏都不亮")
    staff.does(FIRST, What.SOLVED, "换了灯泡")
    told = []
    while jobs := outside.round():
        told += [(job.act, job.update.what if job.update else None) for job in jobs]
    assert told == [(Act.REQUEST, None), (Act.UPDATE, What.ADDED), (Act.UPDATE, What.SOLVED)]
    assert [job.key for job in outside.sent] == [FIRST, f"{FIRST}-3", f"{FIRST}-4"]


def test_updates_wait_for_the_number_behind_a_token(outside: Outside) -> None:
    outside.destination(talks=True)
    granny = outside.town.resident("婆婆")
    granny.says(LAMP)
    outside.round(lambda _job: Accepted(token="tok-1"))
    granny.says("两盏都不亮")
    [job] = outside.round(lambda _job: NotYet())
    assert (job.act, job.token) == (Act.RESOLVE, "tok-1")
    assert outside.round() == []
    outside.town.passes(minutes=2)
    assert outside.round(lambda job: Accepted("BO-7", job.token))[0].act is Act.RESOLVE
    [job] = outside.round()
    assert (job.act, job.external_id) == (Act.UPDATE, "BO-7")


def test_a_place_said_later_finds_the_destination_of_that_place(outside: Outside) -> None:
    with outside.office() as office:  # a second community: a ticket without a place is nobody's yet
        office.session.add(Area(code="SQ02", level="community", name="示例二社区"))
    outside.destination("here", within="SQ01")
    granny = outside.town.resident("婆婆")
    granny.says("路灯不亮，我要投诉")
    assert outside.round() == []
    granny.says("花园2栋")
    [job] = outside.round()
    assert job.act is Act.REQUEST
    assert "示例花园2栋" in say.where(job.record)


def test_whoever_reopens_sends_it_again(outside: Outside) -> None:
    outside.destination(talks=True)
    staff = Staff(outside.town)
    outside.town.resident("婆婆").says(LAMP)
    outside.round()
    staff.does(FIRST, What.SOLVED, "换了灯泡")
    outside.round()
    outside.town.resident("婆婆").says("没修好")
    assert outside.forward().state == State.PENDING
    [job] = outside.round()
    assert (job.act, job.key, job.record.round) == (Act.REQUEST, f"{FIRST}-R2", 2)
    assert outside.forward().external_id == f"BO-{FIRST}-R2"


def test_withdrawing_ends_it_there_too_and_is_never_dropped_unsent(outside: Outside) -> None:
    outside.destination(talks=True)
    granny = outside.town.resident("婆婆")
    granny.says(LAMP)
    with outside.office() as office:
        row = tickets.numbered(office.session, FIRST)
        assert row is not None
        ticket.withdraw(office, row)
    outside.round()
    [job] = outside.round()
    assert job.update is not None
    assert job.update.stage is Stage.WITHDRAWN
    assert outside.forward().state == State.CLOSED


def test_what_cannot_be_told_is_skipped_and_on_record(outside: Outside) -> None:
    outside.destination()
    granny = outside.town.resident("婆婆")
    granny.says(LAMP)
    outside.round()
    granny.says("两盏都不亮")
    outside.round(lambda _job: Skipped("takes no updates"))
    assert outside.outcomes() == ["sent", "skipped"]
    assert outside.round() == []


def test_the_pauses_grow_and_never_end() -> None:
    one = UUID(int=7)
    minutes = [pause(tries, one) / timedelta(minutes=1) for tries in range(1, 5)]
    assert minutes == [1, 5, 15, 60]
    later = [pause(tries, one) for tries in range(5, 200)]
    assert all(timedelta(minutes=54) <= wait <= timedelta(minutes=66) for wait in later)
    assert later == [pause(tries, one) for tries in range(5, 200)]
    assert len(set(later)) > 100


def test_a_failure_is_tried_again_after_its_pause(outside: Outside) -> None:
    outside.destination()
    outside.town.resident("婆婆").says(LAMP)
    outside.round(broken)
    row = outside.forward()
    assert (row.state, row.tries, row.reason) == (State.FAILED, 1, "answered 500")
    outside.town.passes(seconds=59)
    assert outside.round() == []
    outside.town.passes(seconds=1)
    [job] = outside.round()
    assert job.ask_first
    assert outside.outcomes() == ["unsure", "sent"]
    assert outside.forward().tries == 0


def test_the_staff_hear_of_it_after_three_failures_and_the_manager_after_a_day(outside: Outside) -> None:
    outside.destination()
    staffed(outside)
    outside.town.resident("婆婆").says(LAMP)
    before = notices(outside)
    for wait in (0, 1, 5):
        outside.town.passes(minutes=wait)
        outside.round(broken)
    assert outside.forward().told == 1
    assert notices(outside)[len(before) :] == ["forward_stuck"]
    for _ in range(30):
        outside.town.passes(hours=1, minutes=7)
        outside.round(broken)
    assert outside.forward().told == 2
    assert notices(outside)[len(before) :] == ["forward_stuck", "forward_stuck_long"]
    outside.town.passes(hours=2)
    outside.round()
    assert outside.forward().state == State.ACCEPTED


def test_two_workers_do_not_send_the_same(outside: Outside) -> None:
    outside.destination()
    outside.town.resident("婆婆").says(LAMP)
    assert len(outside.claim()) == 1
    assert outside.claim() == []


def test_what_was_being_sent_when_its_process_died_is_asked_about_first(outside: Outside) -> None:
    outside.destination()
    outside.town.resident("婆婆").says(LAMP)
    [job] = outside.claim()
    with outside.office() as office:
        assert sending.sweep(office) == 0
    outside.town.passes(minutes=6)
    with outside.office() as office:
        assert sending.sweep(office) == 1
    [again] = outside.claim()
    assert again.ask_first
    assert again.key == job.key
    outside.mark(job, Failed("too late"))  # the first worker was only slow: its failure is no news
    assert outside.forward().state == State.SENDING
    outside.mark(job, Accepted("BO-1"))  # and its success is
    assert outside.forward().external_id == "BO-1"


def test_what_was_claimed_and_not_tried_goes_back(outside: Outside) -> None:
    outside.destination()
    outside.town.resident("婆婆").says(LAMP)
    [job] = outside.claim()
    with outside.office() as office:
        sending.put_back(office, job)
    [again] = outside.claim()
    assert not again.ask_first


def test_parked_stays_until_somebody_says_otherwise(outside: Outside) -> None:
    outside.destination(talks=True)
    granny = outside.town.resident("婆婆")
    granny.says(LAMP)
    one = outside.forward().id
    with outside.office() as office:
        deciding.park(office, one, by="示例社区管理员", why="这件不归市政管")
    granny.says("两盏都不亮")
    outside.town.passes(days=3)
    assert outside.round() == []
    row = outside.forward()
    assert (row.state, row.parked_by, row.parked_why) == (State.PARKED, "示例社区管理员", "这件不归市政管")
    with outside.office() as office:
        deciding.retry(office, one, by="示例社区管理员")
    assert [job.act for job in outside.round()] == [Act.REQUEST]
    assert [job.act for job in outside.round()] == [Act.UPDATE]
    assert outside.outcomes()[:2] == ["parked", "retried"]


def test_parking_needs_a_reason_and_a_still_moment(outside: Outside) -> None:
    outside.destination()
    outside.town.resident("婆婆").says(LAMP)
    one = outside.forward().id
    with outside.office() as office, pytest.raises(NoWhy) as refused:
        deciding.park(office, one, by="示例社区管理员", why=" ")
    assert "为什么" in explain(refused.value)
    outside.claim()
    with outside.office() as office, pytest.raises(BeingSent):
        deciding.park(office, one, by="示例社区管理员", why="不发了")


def test_a_destination_that_is_dropped_gets_nothing_more(outside: Outside) -> None:
    outside.destination(secret=SECRET)
    outside.town.resident("婆婆").says(LAMP)
    with outside.office() as office:
        destinations.drop(office, "city")
    assert outside.round() == []
    with outside.office() as office:
        [kept] = forwarding.destinations(office.session)
        assert kept.secret is None
    outside.destination()  # its code is free again


def test_what_they_say_reaches_the_resident_in_the_communitys_words(outside: Outside) -> None:
    outside.destination()
    outside.town.resident("婆婆").says(LAMP)
    outside.round()
    assert hears(outside, "u1", Stage.RECEIVED) is Heard.APPLIED
    assert outside.forward().state == State.ACKNOWLEDGED
    assert hears(outside, "u2", Stage.WORKING, "明天来修") is Heard.APPLIED
    assert hears(outside, "u3", Stage.DONE, "换好了") is Heard.APPLIED
    assert outside.forward().state == State.CLOSED
    words = outside.town.waiting_words()
    assert any("示例市政后台已经受理" in one for one in words)
    assert any("示例市政后台已经接单，正在处理：明天来修" in one for one in words)
    assert any("示例市政后台说办好了。换好了" in one and "满意" in one for one in words)
    assert Staff(outside.town).ticket(FIRST).state == TicketState.SOLVED


@pytest.mark.parametrize("stage", list(Stage))
def test_every_stage_has_a_sentence_and_moves_the_ticket(outside: Outside, stage: Stage) -> None:
    outside.destination()
    outside.town.resident("婆婆").says(LAMP)
    outside.round()
    before = len(outside.town.waiting_words())
    assert hears(outside, "u1", stage) is Heard.APPLIED
    told = outside.town.waiting_words()[before:]
    assert any(TITLE in one for one in told), told


def test_the_same_update_is_heard_once(outside: Outside) -> None:
    outside.destination()
    outside.town.resident("婆婆").says(LAMP)
    outside.round()
    hears(outside, "u1", Stage.SCHEDULED, "周三来")
    before = outside.town.waiting_words()
    assert hears(outside, "u1", Stage.SCHEDULED, "周三来") is Heard.BEFORE
    assert outside.town.waiting_words() == before


def test_the_same_words_with_another_change_are_told_once(outside: Outside) -> None:
    outside.destination()
    granny = outside.town.resident("婆婆")
    granny.says(LAMP)
    outside.round()
    hears(outside, "u1", Stage.NEEDS_MORE, "哪一盏不亮？")
    before = outside.town.waiting_words()
    assert hears(outside, "u2", Stage.NEEDS_MORE, "哪一盏不亮？", minutes=1) is Heard.APPLIED
    assert outside.town.waiting_words() == before
    granny.says("靠车棚那一盏")
    hears(outside, "u3", Stage.NEEDS_MORE, "哪一盏不亮？", minutes=2)  # the answer did not help them
    assert len(outside.town.waiting_words()) == len(before) + 1


def test_a_manager_of_one_station_is_not_asked_about_the_whole_city(outside: Outside) -> None:
    with outside.office() as office:
        here = office.session.scalars(select(Station)).first()
        assert here is not None
        one = Account(login="one", name="示例站长", role="manager", station_id=here.id, created_at=office.now)
        every = Account(login="all", name="示例社区管理员", role="manager", created_at=office.now)
        office.session.add_all([one, every])
        office.session.flush()
        assert [one.login for one in telling.managers(office, None)] == ["all"]


def test_an_older_update_that_comes_late_changes_nothing(outside: Outside) -> None:
    outside.destination()
    outside.town.resident("婆婆").says(LAMP)
    outside.round()
    hears(outside, "u2", Stage.DONE, "换好了")
    assert hears(outside, "u1", Stage.WORKING, minutes=-30) is Heard.TOO_LATE
    assert outside.forward().state == State.CLOSED
    assert Staff(outside.town).ticket(FIRST).state == TicketState.SOLVED


def test_a_state_nobody_has_heard_of_is_on_record_and_changes_nothing(outside: Outside) -> None:
    outside.destination()
    outside.town.resident("婆婆").says(LAMP)
    outside.round()
    assert hears(outside, "u1", None) is Heard.UNKNOWN
    assert outside.forward().state == State.ACCEPTED
    assert outside.outcomes()[-1] == "heard"


def test_not_theirs_goes_back_to_the_community(outside: Outside) -> None:
    outside.destination()
    outside.town.resident("婆婆").says(LAMP)
    outside.round()
    hears(outside, "u1", Stage.NOT_OURS, "归物业管")
    staff = Staff(outside.town)
    assert staff.ticket(FIRST).holder == "示例社区党群服务中心"
    assert "handed_back" in staff.history(FIRST)


def test_what_they_told_us_does_not_go_back_to_them(outside: Outside) -> None:
    outside.destination("city", talks=True)
    outside.town.resident("婆婆").says(LAMP)
    outside.round()
    hears(outside, "u1", Stage.DONE, "换好了")
    assert outside.round() == []
    hears(outside, "u2", Stage.REOPENED, minutes=5)
    assert Staff(outside.town).ticket(FIRST).state == TicketState.REOPENED
    assert outside.round() == []


def test_two_offices_hear_of_each_other(outside: Outside) -> None:
    outside.destination("city", talks=True)
    with outside.office() as office:
        destinations.add(office, Draft("other", "示例区后台", Way.OPEN311, "https://other.example/open311", talks=True))
    outside.town.resident("婆婆").says(LAMP)
    outside.round()
    hears(outside, "u1", Stage.DONE, "换好了")
    [job] = outside.round()
    assert (job.target.code, job.update.stage if job.update else None) == ("other", Stage.DONE)


def test_a_forgotten_persons_words_do_not_leave(outside: Outside) -> None:
    outside.destination(words_leave=True)
    granny = outside.town.resident("婆婆")
    granny.says(LAMP + "，电话13800000000")
    granny.does("unsubscribe")
    [job] = outside.round()
    assert job.record.words == ""
    assert "示例花园2栋" in say.where(job.record)


@pytest.mark.parametrize(
    ("gcj", "true"),
    [
        ((31.17530398364597, 121.531541859215), (31.1774276, 121.5272106)),  # Shanghai
        ((22.540796131694766, 113.9171764808363), (22.543847, 113.912316)),  # Shenzhen
        ((39.91334545536069, 116.38404722455657), (39.911954, 116.377817)),  # Beijing
    ],
)
def test_points_come_out_where_they_are(gcj: tuple[float, float], true: tuple[float, float]) -> None:
    found = wgs84(Spot(*gcj))
    assert (found.lat, found.lon) == pytest.approx(true, abs=2e-6)
    back = gcj02(Point(*true))
    assert (back.lat, back.lon) == pytest.approx(gcj, abs=2e-6)


def test_abroad_both_are_the_same() -> None:
    assert wgs84(Spot(51.5, -0.12)) == Point(51.5, -0.12)


@pytest.mark.parametrize(
    "wrong",
    [
        {"code": "City!"},
        {"title": " "},
        {"address": "http://city.example/open311"},
        {"way": Way.WEBHOOK, "secret": "short"},
        {"way": Way.EMAIL, "address": "city@example.org"},
        {"way": Way.CSV, "address": "drop"},
        {"kinds": ["nonsense"]},
        {"services": {"nonsense": "1"}},
        {"within": "nowhere"},
    ],
)
def test_a_destination_that_cannot_be_right_is_refused(outside: Outside, wrong: dict[str, object]) -> None:
    right: dict[str, object] = {
        "code": "city",
        "title": TITLE,
        "way": Way.OPEN311,
        "address": "https://city.example/open311",
    }
    with outside.office() as office, pytest.raises(OperatorError):
        destinations.add(office, Draft(**{**right, **wrong}))  # type: ignore[arg-type]


def test_secrets_and_keys_are_not_in_the_database(outside: Outside) -> None:
    outside.destination(secret=SECRET)
    key = outside.key()
    with outside.office() as office:
        [row] = office.session.scalars(select(Destination)).all()
        assert row.secret is not None
        assert SECRET.encode() not in row.secret
        kept = forwarding.key_named(office.session, "city")
        assert kept is not None
        assert key not in kept.digest
        assert forwarding.key(office.session, destinations.digest(office.seal, key)) == kept
        destinations.drop_key(office, "city")
        office.session.flush()
        assert forwarding.key(office.session, destinations.digest(office.seal, key)) is None


def hears(outside: Outside, update_id: str, stage: Stage | None, said: str = "", minutes: int = 0) -> Heard:
    """The destination says something of the first ticket."""
    at = outside.town.now + timedelta(minutes=minutes)
    sentence = say.heard(TITLE, stage, said) if stage else ""
    news = News(update_id, stage.value if stage else "IN_LIMBO", stage, at, sentence, said)
    forward = outside.forward()
    with outside.office() as office:
        return hearing.hear(office, forward, news)


def staffed(outside: Outside) -> None:
    """Whoever has the lamps, and a manager, are in WeCom."""
    with outside.office() as office:
        for contact in office.session.scalars(select(Contact)).all():
            account = Account(
                login=contact.code.lower(),
                name=contact.title,
                role="grid_worker",
                contact_id=contact.id,
                wecom_userid=contact.code,
                created_at=office.now,
            )
            office.session.add(account)
        office.session.add(
            Account(
                login="boss",
                name="示例社区管理员",
                role="manager",
                wecom_userid="BOSS",
                created_at=office.now,
            )
        )
        office.session.flush()
        post.enrol(office)


def notices(outside: Outside) -> list[str]:
    """Why the staff were told, in the order of telling."""
    with outside.office() as office:
        rows = office.session.scalars(select(Outbox).where(col(Outbox.kind) == "staff_news")).all()
        ordered = sorted(rows, key=lambda row: row.created_at)
        return [str(office.seal.open_json(row.facts)["news"]) for row in ordered]
