"""How groups and what was written in them are shown; a key is shown once, by whoever has just made it."""

from bot.privacy import masked
from bot.rules import group as rules
from bot.store import group as rows
from bot.store.group import Audience, GroupChat, GroupKind, GroupPost, PostState
from bot.web.console.form import Filled
from bot.web.console.group.forms import TERMS, saved
from bot.web.console.page import View, Visit
from bot.wording import groups as say

GROUPS = "/console/groups"
NEW = GROUPS + "/new"
MOST_SHOWN, MOST_WAITING, EXCERPT = 20, 50, 40
WAITS = (PostState.UNSURE.value, PostState.AWAITING_STAFF.value)


def all_of_them(visit: Visit, *, error: str = "", status: int = 200) -> View:
    found = [one for one in rows.seen_by(visit.office.session, visit.scope) if one.active]
    names = {one.id: one.name for one in found}
    waiting = rows.in_state(visit.office.session, WAITS, visit.scope, MOST_WAITING)
    facts = {
        "groups": [_shown(one) for one in found],
        "waiting": [{**_post(visit, one), "group": names.get(one.group_id, "")} for one in waiting],
        "words": say,
        "error": error,
    }
    return View("groups.html", facts, status)


def _shown(row: GroupChat) -> dict[str, object]:
    return {
        "at": f"{GROUPS}/at/{row.id}",
        "name": row.name,
        "code": row.code,
        "kind": say.KINDS[GroupKind(row.kind)],
        "audience": say.AUDIENCES[Audience(row.audience)],
        "can": say.can(row.can_receive_at, row.can_push, row.needs_human_confirm),
        "trouble": say.reason(row.trouble) if row.trouble else "",
    }


def posts(visit: Visit, row: GroupChat) -> list[dict[str, object]]:
    return [_post(visit, one) for one in rows.latest(visit.office.session, row.id, MOST_SHOWN)]


def _post(visit: Visit, row: GroupPost) -> dict[str, object]:
    words = masked(_words(visit, row))
    label, colour = say.STATES[PostState(row.state)]
    return {
        "id": str(row.id),
        "words": words if len(words) <= EXCERPT else words[: EXCERPT - 1] + "…",
        "state": label,
        "colour": colour,
        "unsure": row.state == PostState.UNSURE,
        "reason": say.reason(row.reason) if row.reason else "",
        "at": row.sent_at or row.changed_at,
    }


def _words(visit: Visit, row: GroupPost) -> str:
    """In one line; nothing where nobody can read it."""
    try:
        return " ".join(rules.as_text(rules.content_of(visit.office, row)).split())
    except rules.UNREADABLE:
        return say.UNREADABLE


def new_one(visit: Visit, filled: Filled, *, error: str = "") -> View:
    facts = {"filled": filled, "words": say, "error": error, "at_new": NEW}
    return View("group_new.html", facts, 422 if filled.wrong or error else 200)


def one_of_them(
    visit: Visit,
    row: GroupChat,
    *,
    filled: Filled | None = None,
    secret: str = "",
    error: str = "",
    status: int = 200,
) -> View:
    facts = {
        "one": _shown(row),
        "about": say.ABOUT_KINDS[GroupKind(row.kind)],
        "filled": filled or TERMS.shown(saved(visit, row)),
        "posts": posts(visit, row),
        "is_gateway": row.kind == GroupKind.GATEWAY,
        "can_push": row.can_push,
        "inbox": f"/api/v1/groups/{row.id}/messages",
        "secret": secret,
        "error": error,
        "words": say,
    }
    return View("group.html", facts, status)
