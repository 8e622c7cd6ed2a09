"""What is done with a suggestion: answered, adopted or not, done, published, sorted, passed on to the tickets."""

from bot.nlu.wishes import Wish
from bot.rules import desk, suggestion
from bot.rules.access import WORKERS
from bot.store.suggestion import Outcome, Suggestion, What
from bot.store.ticket import listing
from bot.web.console import ticket
from bot.web.console.page import Answer, Go, NotThere, Pages, Visit
from bot.web.console.suggestions import ONE, found, refused
from bot.wording.suggestion import PASSED_FROM_TICKET

pages = Pages()
DECIDES = {what.value: what for what in (What.ANSWERED, What.ADOPTED, What.NOT_ADOPTED)}
MOST_WORDS = 400


@pages.post(ONE + "/decide", roles=WORKERS, refused=refused)
def decide(visit: Visit) -> Answer:
    """Answer, adopt, or say why not; its author reads the words."""
    row, what = found(visit), DECIDES.get(visit.asked.form.get("what", ""))
    if what is None:
        raise NotThere
    suggestion.decide(visit.office, row.id, what, by=visit.me.title, note=_words(visit, "note"))
    return _done(visit, row, what.value)


@pages.post(ONE + "/done", roles=WORKERS, refused=refused)
def done(visit: Visit) -> Answer:
    """It came true, and as what."""
    row, kind = found(visit), visit.asked.form.get("outcome", "")
    if kind not in set(Outcome):
        raise NotThere
    ref, note = _words(visit, "ref"), _words(visit, "note")
    suggestion.done(visit.office, row.id, Outcome(kind), ref, by=visit.me.title, note=note)
    return _done(visit, row, "done")


@pages.post(ONE + "/publish", roles=WORKERS, refused=refused)
def publish(visit: Visit) -> Answer:
    """Everybody reads these words, which somebody has looked at."""
    row = found(visit)
    heard, reply = _words(visit, "heard"), _words(visit, "reply")
    suggestion.publish(visit.office, row.id, heard=heard, reply=reply, by=visit.me.title)
    return _done(visit, row, "published")


@pages.post(ONE + "/unpublish", roles=WORKERS, refused=refused)
def unpublish(visit: Visit) -> Answer:
    row = found(visit)
    suggestion.unpublish(visit.office, row.id, by=visit.me.title)
    return _done(visit, row, "unpublished")


@pages.post(ONE + "/kind", roles=WORKERS, refused=refused)
def sort(visit: Visit) -> Answer:
    """Of another kind."""
    row, kind = found(visit), visit.asked.form.get("kind", "")
    if kind not in set(Wish):
        raise NotThere
    suggestion.sort(visit.office, row, Wish(kind), by=visit.me.title)
    visit.noted("suggestion.sorted", row.number)
    return Go(ONE.format(number=row.number), "saved")


@pages.post(ONE + "/pass-on", roles=WORKERS, refused=refused)
def pass_on(visit: Visit) -> Answer:
    """It is a complaint: a ticket from now on."""
    row = found(visit)
    suggestion.to_ticket(visit.office, row.id, by=visit.me.title)
    return _done(visit, row, "passed_on")


@pages.post("/console/tickets/{number}/as-suggestion", roles=WORKERS, refused=ticket.refused)
def from_ticket(visit: Visit) -> Answer:
    """A ticket is a suggestion."""
    row = listing.within(visit.office.session, visit.scope, visit.asked.path["number"])
    if row is None:
        raise NotThere
    by = desk.in_name_of(visit.me)
    made = suggestion.from_ticket(visit.office, row.id, by=by, said=PASSED_FROM_TICKET)
    visit.noted("suggestion.from_ticket", made.number, ticket=row.number)
    return Go(ONE.format(number=made.number), "suggestion_from_ticket")


def _words(visit: Visit, name: str) -> str:
    return visit.asked.form.get(name, "").strip()[:MOST_WORDS]


def _done(visit: Visit, row: Suggestion, what: str) -> Answer:
    visit.noted(f"suggestion.{what}", row.number)
    return Go(ONE.format(number=row.number), f"suggestion_{what}")
