"""What is known of residents' groups, and what newcomers and passers-by read there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.errors import Refusal
from bot.rules import group, kf
from bot.rules.group import Draft
from bot.rules.office import Office
from bot.store import customer_group as rows
from bot.store.customer_group import CustomerGroup
from bot.store.group import Audience, GroupChat, GroupKind

AGAIN = timedelta(days=1)  # a group is read anew once a day, and whenever something happens there
MOST_SHOWN = 500
MOST_WELCOME = 3000  # bytes
LINK = "{link}"  # in a text: where the assistant is found


class NoWelcome(Refusal):
    """The text is empty, or too long for the platform."""


class CustomerGroupGone(Refusal):
    """The group was dismissed, or nobody knows it."""


@dataclass(frozen=True, slots=True)
class Line:
    """A group in the list; `code` is that of our own group where it was taken up."""

    chat_id: str
    name: str
    owner: str
    members: int
    code: str
    trouble: str


def heard(office: Office, chat_id: str, change: str) -> None:
    """The platform says that something happened in a group."""
    if not chat_id:
        return
    if change == "dismiss":
        gone(office, chat_id)
    else:
        rows.heard(office.session, chat_id, office.now)


def known(office: Office, chat_ids: Sequence[str]) -> int:
    """The groups of our members, as the platform lists them; returns how many were new."""
    new = [one for one in chat_ids if rows.of(office.session, one) is None]
    for chat_id in new:
        rows.heard(office.session, chat_id, office.now)
    return len(new)


def seen(office: Office, chat_id: str, *, name: str, owner: str, members: int) -> None:
    """The group as it stands now. Of its members only their number is kept."""
    row = rows.of(office.session, chat_id) or CustomerGroup(chat_id=chat_id)
    row.name, row.owner, row.members = name[:80], owner[:64], members
    row.seen_at, row.due_at, row.dismissed = office.now, office.now + AGAIN, False
    office.session.add(row)
    office.session.flush()


def gone(office: Office, chat_id: str) -> None:
    """The group is no more: nothing is written there from now on."""
    row = rows.of(office.session, chat_id)
    if row is None:
        return
    row.dismissed, row.due_at, row.welcome_due_at, row.join_due_at = True, None, None, None
    office.session.add(row)
    ours = rows.chat_of(office.session, chat_id)
    if ours is not None:
        group.deactivate(office, ours)
    office.session.flush()


def adopt(office: Office, chat_id: str, code: str) -> GroupChat:
    """Take it up among our groups, so that posts may go there. Raises CustomerGroupGone, and as `group.add`."""
    row = _there(office, chat_id)
    draft = Draft(code, row.name or code, GroupKind.CUSTOMER, Audience.RESIDENTS, chat_id=chat_id)
    return group.add(office, draft)


def welcome(office: Office, chat_id: str, text: str) -> str:
    """Set what newcomers read; `{link}` in it is where the assistant is found. Returns the text as it goes out.

    Raises NoWelcome, CustomerGroupGone.
    """
    row = _there(office, chat_id)
    said = _linked(office, row, text.strip())
    if not said or len(said.encode()) > MOST_WELCOME:
        raise NoWelcome
    row.welcome, row.welcome_due_at, row.trouble = said, office.now, ""
    office.session.add(row)
    office.session.flush()
    return said


def welcomed(office: Office, chat_id: str, template_id: str) -> None:
    """The platform has the text."""
    rows.put_off(office.session, chat_id, welcome_id=template_id, welcome_due_at=None, trouble="")


def want_way_in(office: Office, chat_id: str) -> None:
    """Have the platform make a QR code to join by. Raises CustomerGroupGone."""
    row = _there(office, chat_id)
    ours = rows.chat_of(office.session, chat_id)
    row.join_state = (ours.code if ours else chat_id)[:30]
    row.join_due_at, row.trouble = office.now, ""
    office.session.add(row)
    office.session.flush()


def way_in(office: Office, chat_id: str, *, config_id: str, code: str) -> None:
    """The platform has made it; `code` is the address of its picture."""
    rows.put_off(office.session, chat_id, join_id=config_id, join_code=code, join_due_at=None, trouble="")


def refused(office: Office, chat_id: str, reason: str, *, what: str) -> None:
    """The platform did not want it (`welcome` or `join`): the staff read why, and try again."""
    rows.put_off(office.session, chat_id, trouble=reason[:200], **{f"{what}_due_at": None})


def shown(office: Office) -> Sequence[Line]:
    """The groups there are."""
    found = []
    for row in rows.everywhere(office.session, MOST_SHOWN):
        ours = rows.chat_of(office.session, row.chat_id)
        code = ours.code if ours else ""
        found.append(Line(row.chat_id, row.name, row.owner, row.members, code, row.trouble))
    return found


def keywords(office: Office, answers: Sequence[tuple[str, str]], code: str = "") -> Sequence[tuple[str, str]]:
    """Words and the text the platform's own helper answers them with, for the staff to paste: each leads to us."""
    link = kf.link(office, kf.scene(group=code)) if code else kf.link(office)
    return [(word, text.replace(LINK, link)) for word, text in answers] if link else []


def _linked(office: Office, row: CustomerGroup, text: str) -> str:
    ours = rows.chat_of(office.session, row.chat_id)
    scene = kf.scene(group=ours.code) if ours else ""
    return text.replace(LINK, kf.link(office, scene))


def _there(office: Office, chat_id: str) -> CustomerGroup:
    row = rows.of(office.session, chat_id)
    if row is None or row.dismissed:
        raise CustomerGroupGone
    return row
