"""The picture of an invitation's code, for the staff to show to whom it is for."""

from collections.abc import Mapping
from functools import partial
from uuid import UUID

from bot.errors import Refusal
from bot.rules import invitation, member, people, resident
from bot.rules.access import WORKERS
from bot.store import member as members
from bot.web.code import address_of, drawn
from bot.web.console.members import KEEPS
from bot.web.console.page import Answer, Asking, Handler, NotThere, Pages, View, Visit
from bot.wording import code as say
from bot.wording import explain

pages = Pages()


@pages.post("/console/codes", roles=WORKERS, refused=lambda _visit, refusal: _none(refusal))
def show(visit: Visit) -> Answer:
    """The scene comes in a form, for it is a key, and addresses stand in logs."""
    scene = visit.asked.form.get("scene", "")
    if not _is_theirs(visit, scene):
        raise NotThere
    code_for = visit.code_for
    if code_for is None:
        return _shown(reason=say.NO_ACCOUNT)

    async def ask() -> Handler:
        answer = await code_for(scene, int(invitation.CODE_LASTS.total_seconds()))
        address = address_of(answer)
        reason = "" if address else say.refused(answer.errcode.code, answer.errcode.meaning)
        return partial(_drawn, address=address, reason=reason)

    return Asking(ask)


def _is_theirs(visit: Visit, scene: str) -> bool:
    """Whether the invitation is for somebody they may see. Raises as `invitation.valid`."""
    office, purpose = visit.office, scene.partition("-")[0]
    if purpose not in (member.PURPOSE, resident.BIND):
        return False
    found = invitation.valid(office, scene, purpose)
    if purpose == resident.BIND:
        return found.resident_id is not None and people.card(office, visit.scope, found.resident_id) is not None
    whose = _member(found.payload)
    return visit.me.role in KEEPS and members.within(office.session, visit.scope, whose) is not None


def _member(payload: Mapping[str, object]) -> UUID:
    return UUID(str(payload["member"]))


def _drawn(_visit: Visit, *, address: str, reason: str) -> Answer:
    return _shown(picture=drawn(address) if address else "", reason=reason)


def _none(refusal: Refusal) -> Answer:
    return _shown(reason=explain(refusal))


def _shown(*, picture: str = "", reason: str = "") -> View:
    return View("code.html", {"picture": picture, "reason": reason})
