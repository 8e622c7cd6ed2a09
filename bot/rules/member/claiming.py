"""Somebody in the chat says to be a member, and the staff agree or not; nobody learns who stands on the roster."""

from uuid import UUID

from bot.rules import invitation
from bot.rules.invitation import UnknownInvitation
from bot.rules.member.limits import ClaimDecided, MemberAlready, MemberGone, MemberNotThere, MemberTaken
from bot.rules.member.roster import masked_name, name_hash, name_of, phone_of
from bot.rules.office import Office
from bot.rules.reach import RESIDENTS
from bot.store import member as rows
from bot.store import outbox
from bot.store.member import MemberState, PartyMember

PURPOSE = "member"  # of an invitation, and of the scene of its code
DIGITS = 4  # of the telephone, that whoever says to be somebody has to know


def invite(office: Office, member_id: UUID) -> str:
    """The scene of a code for one member. Raises MemberGone, MemberTaken where they are somebody already."""
    found = _locked(office, member_id)
    if found.state == MemberState.LEFT:
        raise MemberGone
    if found.state == MemberState.ACTIVE:
        raise MemberTaken
    return invitation.invite(office, PURPOSE, payload={"member": str(member_id)})


def invited(office: Office, resident_id: UUID, scene: str) -> str:
    """Whom the code is for, masked. Raises as `invitation.valid`, MemberAlready, MemberTaken."""
    may_claim(office, resident_id)
    found = _member_of(office, invitation.valid(office, scene, PURPOSE).payload)
    if found.state != MemberState.LISTED and found.claimed_by != resident_id:
        raise MemberTaken
    return masked_name(name_of(office, found))


def accept(office: Office, resident_id: UUID, scene: str) -> None:
    """They say it is them; the staff have to agree. Raises as `invited`; the code is used up.

    A code says more than words: whom they said to be before, they no longer are.
    """
    may_claim(office, resident_id)
    found = _member_of(office, invitation.use(office, scene, PURPOSE, by=resident_id).payload)
    rows.take_back(office.session, resident_id, office.now)
    if not rows.claim(office.session, found.id, resident_id, office.now):
        raise MemberTaken


def say(office: Office, resident_id: UUID, name: str, digits: str) -> None:
    """They tell a name and the last digits. Whether that is anybody is not told: not by what is raised, now or later.

    Where a claim of theirs waits, it stays; they read the same. Raises MemberAlready, which the staff have agreed to.
    """
    may_claim(office, resident_id)
    if rows.claim_of(office.session, resident_id) is not None:
        return
    same = [one for one in rows.named(office.session, name_hash(office, name)) if _ends_so(office, one, digits)]
    if len(same) == 1:
        rows.claim(office.session, same[0].id, resident_id, office.now)


def may_claim(office: Office, resident_id: UUID) -> None:
    """Raises MemberAlready."""
    if rows.of_resident(office.session, resident_id) is not None:
        raise MemberAlready


def agree(office: Office, member_id: UUID, resident_id: UUID) -> None:
    """The staff have made sure: it is them. They are told. Raises ClaimDecided, MemberTaken."""
    found = _claimed(office, member_id, resident_id)
    if rows.of_resident(office.session, resident_id) is not None:
        raise MemberTaken
    found.state, found.resident_id = MemberState.ACTIVE.value, resident_id
    found.claimed_by = found.claimed_at = None
    found.changed_at = office.now
    office.session.flush()
    _tell(office, resident_id, "member_agreed")


def refuse(office: Office, member_id: UUID, resident_id: UUID) -> None:
    """It is not them, or nobody could make sure. Raises ClaimDecided.

    Whoever came by a code is told, and not why. Whoever came by words is told nothing, as if nobody bore that name:
    else anybody could find out who stands on the roster.
    """
    found = _claimed(office, member_id, resident_id)
    found.state, found.changed_at = MemberState.LISTED.value, office.now
    found.claimed_by = found.claimed_at = None
    office.session.flush()
    if invitation.has_used(office, PURPOSE, by=resident_id):
        _tell(office, resident_id, "member_refused")


def release(office: Office, member_id: UUID) -> None:
    """They are nobody in the chat any more, such as after another person was agreed to by mistake."""
    found = _locked(office, member_id)
    if found.state == MemberState.ACTIVE:
        found.state = MemberState.LISTED.value
    found.resident_id, found.changed_at = None, office.now
    office.session.flush()


def _claimed(office: Office, member_id: UUID, resident_id: UUID) -> PartyMember:
    found = _locked(office, member_id)
    if found.state != MemberState.CLAIMED or found.claimed_by != resident_id:
        raise ClaimDecided
    return found


def _locked(office: Office, member_id: UUID) -> PartyMember:
    found = rows.locked(office.session, member_id)
    if found is None:
        raise MemberNotThere
    return found


def _member_of(office: Office, payload: object) -> PartyMember:
    member_id = payload.get("member") if isinstance(payload, dict) else None
    found = office.session.get(PartyMember, UUID(str(member_id))) if member_id else None
    if found is None or found.state == MemberState.LEFT:
        raise UnknownInvitation
    return found


def _ends_so(office: Office, one: PartyMember, digits: str) -> bool:
    phone = "".join(filter(str.isdigit, phone_of(office, one)))
    return len(digits) == DIGITS and len(phone) > DIGITS and phone.endswith(digits)


def _tell(office: Office, resident_id: UUID, kind: str) -> None:
    if outbox.address(office.session, resident_id, RESIDENTS) is None:
        return
    facts = office.seal.close_json({})
    outbox.put(
        office.session,
        resident_id=resident_id,
        channel=RESIDENTS,
        kind=kind,
        facts=facts,
        now=office.now,
        due_at=office.now,
    )
