"""One ticket: read it, answer, take, solve, pass it on, hand it back, put it with its twin."""

from bot.errors import Refusal
from bot.rules import desk, picture, resident_report, ticket
from bot.rules.access import READERS, WORKERS
from bot.rules.desk import OnDesk
from bot.rules.ticket import working
from bot.store.ticket import Ticket, What, listing
from bot.web.console.page import Answer, File, Go, NotThere, Pages, View, Visit
from bot.wording import customer_group as say_reported
from bot.wording import explain
from bot.wording import inbox as words
from bot.wording import reach as say_reach

pages = Pages()
TICKET = "/console/tickets/{number}"
MOST_WORDS = 600
STEPS = {name: What(name) for name, _, _ in words.KINDS}


@pages.get(TICKET, roles=READERS)
def show(visit: Visit) -> Answer:
    """All of it; that somebody looked is written down."""
    row = found(visit)
    visit.noted("ticket.viewed", row.number)
    return _page(visit, row)


@pages.get(TICKET + "/pictures/{picture}", roles=READERS)
def picture_of(visit: Visit) -> Answer:
    """One picture of a ticket they may see."""
    row = found(visit)
    for photo in picture.of(visit.office, row.id):
        if str(photo.id) == visit.asked.path["picture"]:
            visit.noted("ticket.picture", row.number)
            return File(photo.jpeg, "image/jpeg")
    raise NotThere


@pages.post(TICKET + "/here", roles=READERS, by_itself=True)
def here(visit: Visit) -> Answer:
    """The page is still open; who else has it open comes back."""
    others = desk.here(visit.office, visit.me, found(visit).id)
    return View("ticket_here.html", {"here": words.here(others)})


@pages.get(TICKET + "/replies", roles=READERS)
def replies(visit: Visit) -> Answer:
    """Ready replies for what is typed in the search."""
    on_desk = desk.read(visit.office, visit.me, found(visit))
    return View(
        "ticket_replies.html", {"replies": desk.replies(on_desk, visit.asked.query.get("reply", "").strip()[:60])}
    )


def refused(visit: Visit, refusal: Refusal) -> Answer:
    """The ticket again, with the reason and with what was typed."""
    return _page(visit, found(visit), error=explain(refusal), status=409)


@pages.post(TICKET + "/take", roles=WORKERS, refused=refused)
def take(visit: Visit) -> Answer:
    row = ticket.tell(visit.office, found(visit).id, What.TAKEN, by=desk.in_name_of(visit.me))
    return _done(visit, row, "taken")


@pages.post(TICKET + "/tell", roles=WORKERS, refused=refused)
def tell(visit: Visit) -> Answer:
    """Answer, ask, plan, solve, decline; or a note that stays in the house."""
    row = found(visit)
    name, note = visit.asked.form.get("what", ""), visit.asked.form.get("note", "").strip()[:MOST_WORDS]
    if name not in STEPS:
        raise NotThere
    if (meanwhile := _meanwhile(visit, row)) is not None:
        return meanwhile
    by = desk.in_name_of(visit.me)
    if STEPS[name] is What.NOTED:
        ticket.note_inside(visit.office, row.id, by=by, note=note)
    else:
        ticket.tell(visit.office, row.id, STEPS[name], by=by, note=note)
    return _done(visit, row, name)


@pages.post(TICKET + "/pass-on", roles=WORKERS, refused=refused)
def pass_on(visit: Visit) -> Answer:
    """To another post of the community."""
    row = found(visit)
    to = visit.asked.form.get("to", "")
    owner = next((one for one in working.may_go_to(visit.office, row) if str(one.contact_id) == to), None)
    if owner is None:
        raise ticket.NobodyThere
    if (meanwhile := _meanwhile(visit, row)) is not None:
        return meanwhile
    ticket.pass_on(visit.office, row.id, owner, by=desk.in_name_of(visit.me))
    return _done(visit, row, "passed_on", to=owner.title)


@pages.post(TICKET + "/hand-back", roles=WORKERS, refused=refused)
def hand_back(visit: Visit) -> Answer:
    """It is not theirs, and why."""
    row = found(visit)
    reason = visit.asked.form.get("reason", "").strip()[:MOST_WORDS]
    ticket.hand_back(visit.office, row.id, by=desk.in_name_of(visit.me), reason=reason)
    return _done(visit, row, "handed_back")


@pages.post(TICKET + "/merge", roles=WORKERS, refused=refused)
def merge(visit: Visit) -> Answer:
    """It is the same as another one that they may see."""
    row = found(visit)
    other = listing.within(visit.office.session, visit.scope, visit.asked.form.get("into", "").strip().upper())
    if other is None:
        raise ticket.NoTwin
    ticket.merge(visit.office, row.id, other.id, by=desk.in_name_of(visit.me))
    visit.noted("ticket.merged", row.number, into=other.number)
    return Go(TICKET.format(number=other.number), "merged")


def found(visit: Visit) -> Ticket:
    """The ticket of the address, within what they may see."""
    row = listing.within(visit.office.session, visit.scope, visit.asked.path["number"])
    if row is None:
        raise NotThere
    return row


def _done(visit: Visit, row: Ticket, what: str, **details: object) -> Answer:
    visit.noted(f"ticket.{what}", row.number, **details)
    return Go(TICKET.format(number=row.number), what)


def _meanwhile(visit: Visit, row: Ticket) -> Answer | None:
    """Where the ticket went on while they wrote, both are shown; what they send next counts."""
    seen = visit.asked.form.get("step", "")
    new = desk.events(visit.office, row.id, int(seen)) if seen.isascii() and seen.isdigit() else []
    return _page(visit, row, meanwhile=words.meanwhile(new), status=409) if new else None


def _page(visit: Visit, row: Ticket, *, error: str = "", meanwhile: str = "", status: int = 200) -> View:
    on_desk = desk.read(visit.office, visit.me, row)
    others = desk.here(visit.office, visit.me, row.id)
    source = resident_report.source(visit.office, row.id)
    facts = {
        "one": on_desk,
        "source": say_reported.from_report(source) if source else "",
        "words": words,
        "reach": _reach(visit, on_desk),
        "replies": desk.replies(on_desk),
        "here": words.here(others),
        "error": error,
        "meanwhile": meanwhile,
        "typed": visit.asked.form.get("note") or visit.asked.form.get("reason", ""),
        "what": visit.asked.form.get("what") or "answered",
        "most": MOST_WORDS,
        "may_work": visit.me.role in WORKERS,
        "done": visit.asked.query.get("said", ""),
    }
    return View("ticket.html", facts, status)


def _reach(visit: Visit, on_desk: OnDesk) -> str:
    """How an answer would arrive, in words."""
    return say_reach.how(on_desk.author.reach, visit.office.now) if on_desk.author is not None else words.GONE
