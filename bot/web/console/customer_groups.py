"""Residents' WeChat groups looked after: what newcomers read, the code to join by, words to paste."""

import csv
import io

from bot.errors import Refusal
from bot.rules import customer_group as rules
from bot.store import customer_group as rows
from bot.store.customer_group import CustomerGroup
from bot.store.staff import StaffRole
from bot.web.console.page import Answer, File, Go, NotThere, Pages, View, Visit
from bot.wording import customer_group as say
from bot.wording import explain

pages = Pages()
GROUPS = "/console/customer-groups"
ONE = GROUPS + "/at/{chat}"
ADMINISTRATORS = frozenset({StaffRole.ADMINISTRATOR})
MOST_CODE = 32


@pages.get(GROUPS, roles=ADMINISTRATORS)
def show(visit: Visit) -> Answer:
    """All of them, of the whole city: who may see a part of it looks after its groups under groups."""
    _whole_city(visit)
    return View("customer_groups.html", {"groups": rules.shown(visit.office), "words": say, "at_groups": GROUPS})


@pages.get(GROUPS + "/keywords", roles=ADMINISTRATORS)
def keywords(visit: Visit) -> Answer:
    """What is to be pasted into the platform's own answers by keyword, as a sheet."""
    _whole_city(visit)
    found = rules.keywords(visit.office, say.ANSWERS, visit.asked.query.get("group", "")[:MOST_CODE])
    file = io.StringIO()
    csv.writer(file).writerows([(say.WORD, say.ANSWER), *found])
    return File(b"\xef\xbb\xbf" + file.getvalue().encode(), "text/csv", say.KEYWORDS_FILE)


@pages.get(ONE, roles=ADMINISTRATORS)
def one(visit: Visit) -> Answer:
    return _page(visit, _found(visit))


def refused(visit: Visit, refusal: Refusal) -> Answer:
    """The group again, with the reason and with what was typed."""
    return _page(visit, _found(visit), error=explain(refusal), status=409)


@pages.post(ONE + "/welcome", roles=ADMINISTRATORS, refused=refused)
def welcome(visit: Visit) -> Answer:
    row = _found(visit)
    rules.welcome(visit.office, row.chat_id, visit.asked.form.get("welcome", ""))
    return _asked(visit, row, "customer_group.welcome")


@pages.post(ONE + "/code", roles=ADMINISTRATORS, refused=refused)
def code(visit: Visit) -> Answer:
    row = _found(visit)
    rules.want_way_in(visit.office, row.chat_id)
    return _asked(visit, row, "customer_group.code")


@pages.post(ONE + "/adopt", roles=ADMINISTRATORS, refused=refused)
def adopt(visit: Visit) -> Answer:
    """From now on posts may go there; what else can be set of it stands under groups."""
    row = _found(visit)
    ours = rules.adopt(visit.office, row.chat_id, visit.asked.form.get("code", "").strip())
    visit.noted("customer_group.adopted", ours.code)
    return Go(f"/console/groups/at/{ours.id}", "saved")


def _asked(visit: Visit, row: CustomerGroup, what: str) -> Answer:
    visit.noted(what, row.name)
    return Go(f"{GROUPS}/at/{row.chat_id}", "customer_group_asked")


def _whole_city(visit: Visit) -> None:
    """The platform names no part of the city to a group."""
    if not visit.scope.everything:
        raise NotThere


def _found(visit: Visit) -> CustomerGroup:
    _whole_city(visit)
    row = rows.of(visit.office.session, visit.asked.path["chat"])
    if row is None or row.dismissed:
        raise NotThere
    return row


def _page(visit: Visit, row: CustomerGroup, *, error: str = "", status: int = 200) -> View:
    ours = rows.chat_of(visit.office.session, row.chat_id)
    group_code = ours.code if ours else ""
    facts = {
        "one": row,
        "ours": ours,
        "words": say,
        "welcome": visit.asked.form.get("welcome") or row.welcome or say.USUAL_WELCOME,
        "typed_code": visit.asked.form.get("code", ""),
        "keywords": rules.keywords(visit.office, say.ANSWERS, group_code),
        "group_code": group_code,
        "error": error,
        "at_groups": GROUPS,
        "most": rules.MOST_WELCOME,
    }
    return View("customer_group.html", facts, status)
