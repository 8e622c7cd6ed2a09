"""A city's inbox: ten thousand open tickets, and the page is there at once."""

import statistics
import time
from datetime import timedelta

from sqlalchemy import insert

from bot.conversation import Conversation
from bot.rules import inbox
from bot.rules.access import Me, scope_of
from bot.rules.office import Office
from bot.store import Session, Store, station, transaction
from bot.store.contact import Role
from bot.store.ids import new_id
from bot.store.staff import StaffRole, by_login
from bot.store.ticket import State, Ticket, listing
from bot.store.ticket.listing import View
from tests.support.console import take_on
from tests.support.town import CHENGDU, SUNDAY_MORNING

MANY = 10_000
SECONDS = 0.2


def crowd(office: Office) -> None:
    """So many open tickets, most of them due within the week, some overdue."""
    [first, *_] = station.everywhere(office.session)
    words = office.seal.close("新村1栋楼上半夜吵得睡不着")
    rows = [
        {
            "id": new_id(),
            "number": f"T26{number:06d}",
            "channel": "official_account",
            "kind": "noise",
            "urgency": "normal",
            "state": State.ASSIGNED.value,
            "words": words,
            "unit": "",
            "area_id": first.area_id,
            "holder_role": Role.COMMUNITY.value,
            "holder": "示例社区党群服务中心",
            "created_at": office.now - timedelta(hours=number % 200),
            "changed_at": office.now,
            "due_at": office.now + timedelta(minutes=number % 9000 - 500),
        }
        for number in range(MANY)
    ]
    office.session.execute(insert(Ticket), rows)


def test_ten_thousand_open_tickets_are_read_within_the_time(store: Store, talk: Conversation) -> None:
    with transaction(store) as session:
        office = Office(session, talk.seal, CHENGDU, SUNDAY_MORNING)
        take_on(session, office.now)
        crowd(office)
    with transaction(store) as session:
        office = Office(session, talk.seal, CHENGDU, SUNDAY_MORNING)
        me = clerk(session)
        took = []
        for _ in range(5):
            started = time.perf_counter()
            page = inbox.read(office, me, View.ALL)
            counted = inbox.counts(office, me)
            inbox.waiting(office, me)
            inbox.read(office, me, View.ALL, after=page.next)
            took.append(time.perf_counter() - started)
        assert counted[View.ALL] == MANY
        assert counted[View.OVERDUE] == listing.count(
            session, me.scope, View.OVERDUE, holder=inbox.holder_of(me), now=office.now
        )
        assert statistics.median(took) < SECONDS


def clerk(session: Session) -> Me:
    account = by_login(session, "clerk")
    assert account is not None
    return Me(
        staff_id=account.id,
        session_id=new_id(),
        login=account.login,
        title=account.name,
        role=StaffRole(account.role),
        post=Role.STATION,
        scope=scope_of(session, account),
        contact_id=None,
        must_change=False,
        ip="",
    )
