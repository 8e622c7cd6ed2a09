"""A session with customer service: entered, taken by people in the WeCom client, and back with the bot."""

from datetime import datetime, timedelta
from uuid import UUID

from bot.errors import Refusal
from bot.rules import post
from bot.rules.hand_over import duty
from bot.rules.office import Office
from bot.store import hand_over, kf, outbox, resident, staff
from bot.store.hand_over import Owner
from bot.store.kf import KfSession, State
from bot.store.kf.session import CHANNEL

CODE_LASTS = timedelta(seconds=20)
PAUSE = timedelta(minutes=1)  # before it is tried once more to bring a session to another state
BACK = "kf_back"  # the notice to the resident at the end of a session with a person
STAFF_TOLD = "kf_staff"
TAKES = {1: State.PERSON, 2: State.PERSON, 3: State.ENDED, 4: State.PERSON}  # by the platform's change_type


class NoSession(Refusal):
    """The resident does not talk to us through customer service, or people have them there already."""


class NotInWeCom(Refusal):
    """The account has no name in WeCom, so that nobody could take the session there."""


def entered(
    office: Office, *, sender: str, open_kfid: str, code: str = "", at: datetime, worth_saying: bool = False
) -> None:
    """Somebody opened the chat. `code` lets us greet them, once and soon; `worth_saying`: later would do as well."""
    row = kf.opened(office.session, sender, open_kfid, at)
    row.open_kfid = open_kfid or row.open_kfid
    if code:
        _keep_code(office, row, code, at, only=not worth_saying)
    office.session.add(row)
    office.session.flush()


def changed(
    office: Office, *, sender: str, open_kfid: str, change: int, servicer: str, code: str, at: datetime
) -> None:
    """People took the session, passed it on or ended it; the last the resident hears, and the bot is back."""
    state = TAKES.get(change)
    row = kf.opened(office.session, sender, open_kfid, at)
    if state is None or at < row.changed_at:
        return
    was_theirs = row.is_theirs
    _stands(office, row, state, servicer, at)
    if state is State.ENDED and was_theirs and code:
        _keep_code(office, row, code, at, only=True)
        _say_back(office, sender, at)
    office.session.flush()


def stands(office: Office, *, sender: str, open_kfid: str, state: int, servicer: str) -> None:
    """The platform was asked, and says who has the session."""
    if state in set(State):
        _stands(office, kf.opened(office.session, sender, open_kfid, office.now), State(state), servicer, office.now)


def hand_over_to(office: Office, resident_id: UUID, *, staff_id: UUID) -> None:
    """A member of the staff wants to go on in the WeCom client. Raises NoSession, NotInWeCom."""
    row = kf.of_resident(office.session, resident_id)
    if row is None or row.is_theirs:
        raise NoSession
    account = staff.account(office.session, staff_id)
    if account is None or not account.wecom_userid:
        raise NotInWeCom
    row.wants, row.wants_servicer = State.PERSON.value, account.wecom_userid
    row.wants_at, row.asked_by = office.now, staff_id
    office.session.add(row)
    office.session.flush()


def brought(office: Office, sender: str) -> None:
    """The platform has done it: the session is with people, and nobody waits for an answer in the console any more."""
    row = kf.locked(office.session, sender)
    if row is None or row.wants is None:
        return
    state, servicer, person = State(row.wants), row.wants_servicer, _resident(office, sender)
    _stands(office, row, state, servicer, office.now)
    talk = hand_over.open_of(office.session, person) if person else None
    if talk is not None:
        talk.owner, talk.open_for, talk.live = Owner.BOT.value, None, False
        talk.waits_since = talk.until = None
        talk.changed_at = office.now
        office.session.add(talk)
    office.session.flush()


def not_brought(office: Office, sender: str, *, serving: bool) -> None:
    """It cannot be done; whoever wanted it hears so. `serving`: it was not for want of somebody on duty."""
    row = kf.locked(office.session, sender)
    if row is None or row.wants is None:
        return
    account = staff.account(office.session, row.asked_by) if row.asked_by else None
    row.wants, row.wants_servicer, row.wants_at = None, "", None
    office.session.add(row)
    office.session.flush()
    person = post.person_of(office, account) if account else None
    if person is not None:
        duty.post_one(office, person, post.WECOM, STAFF_TOLD, {"why": "refused" if serving else "not_serving"})


def code_of(row: KfSession | None, made_at: datetime, now: datetime) -> tuple[bytes | None, bool]:
    """The code that the notice made at that moment may use, and whether it is too late to say it at all."""
    if row is None or row.code_at != made_at:
        return None, False
    good = row.code is not None and row.code_until is not None and row.code_until > now
    return (row.code, False) if good else (None, row.code_only)


def _stands(office: Office, row: KfSession, state: State, servicer: str, at: datetime) -> None:
    row.state, row.changed_at = state.value, at
    row.servicer = servicer if state is State.PERSON else ""
    row.wants, row.wants_servicer, row.wants_at = None, "", None
    office.session.add(row)
    office.session.flush()


def _keep_code(office: Office, row: KfSession, code: str, at: datetime, *, only: bool) -> None:
    row.code, row.code_until = office.seal.close(code), at + CODE_LASTS
    row.code_at, row.code_only = at, only


def _say_back(office: Office, sender: str, at: datetime) -> None:
    person = _resident(office, sender)
    if person is None:
        return
    facts = office.seal.close_json({"until": (at + CODE_LASTS).isoformat()})
    outbox.put(office.session, resident_id=person, channel=CHANNEL, kind=BACK, facts=facts, now=at, due_at=office.now)


def _resident(office: Office, sender: str) -> UUID | None:
    return resident.person(office.session, channel=CHANNEL, sender=sender)
