"""Conversations in the hands of a person: who waits, what was said, the answer, and back to the bot."""

from bot.errors import Refusal
from bot.rules import hand_over, kf, people, reach
from bot.rules.hand_over import SAID, Talk
from bot.store import hand_over as rows
from bot.store.hand_over import Owner
from bot.web.console.listing import Column, Listing, Query, Slice, listed, place_of
from bot.web.console.named import named
from bot.web.console.page import Answer, File, Go, NotThere, Pages, View, Visit
from bot.web.console.people_tabs import SEES_TALKS, SERVES, TALKS, tabs
from bot.wording import explain
from bot.wording import hand_over as say
from bot.wording import kf as say_kf
from bot.wording import reach as say_reach

pages = Pages()
ONE = TALKS + "/{id}"
MOST_WORDS = 600


def fetch(visit: Visit, query: Query) -> Slice[Talk]:
    """Those that go on, or those that ended."""
    found = rows.page(
        visit.office.session,
        visit.scope,
        over=visit.asked.query.get("view") == "over",
        words=query.words,
        after=place_of(query),
        limit=query.limit,
        latest_first=query.descending,
    )
    last = f"{found[-1].began_at.isoformat()}_{found[-1].id.hex}" if len(found) == query.limit else ""
    return Slice([hand_over.read(row) for row in found], last)


LISTING = Listing(
    title=say.LISTED,
    at=TALKS,
    columns=(
        Column(
            "who",
            say.RESIDENT,
            lambda talk: say.code(people.code(talk.resident_id)),
            href=lambda talk: f"{TALKS}/{talk.id}",
        ),
        Column("owner", say.OWNER, say.owner),
        Column("waits", say.WAITS, lambda talk: talk.waits_since),
        Column("began", say.BEGAN, lambda talk: talk.began_at, sorts=True),
    ),
    fetch=fetch,
    hint=say.HINT,
    none=(say.NONE, say.NONE_WORDS, "", ""),
    sort="began",
    descending=True,
    filters=("view",),
)


@pages.get(TALKS, roles=SEES_TALKS)
def show(visit: Visit) -> Answer:
    found = listed(visit, LISTING)
    if isinstance(found, File):
        return found
    view = "over" if visit.asked.query.get("view") == "over" else ""
    views = [(f"{TALKS}?view={key}" if key else TALKS, label, key == view) for key, label in say.VIEWS.items()]
    facts = {"listed": found, "tabs": views, "waiting": _waiting(visit), "people_tabs": tabs(visit, TALKS)}
    return View("talks.html", facts)


@pages.get(TALKS + "/waiting", roles=SEES_TALKS, by_itself=True)
def waiting(visit: Visit) -> Answer:
    """How many wait, asked for by the list while it is open."""
    return View("talks_waiting.html", {"waiting": _waiting(visit)})


@pages.get(ONE, roles=SEES_TALKS)
def one(visit: Visit) -> Answer:
    """All that was said; that somebody looked is written down."""
    talk = _found(visit)
    visit.noted("talk.viewed", str(talk.id))
    return _page(visit, talk)


@pages.get(ONE + "/lines", roles=SEES_TALKS, by_itself=True)
def lines(visit: Visit) -> Answer:
    """What was said up to now, asked for by the page while it is open."""
    talk = _found(visit)
    return View("talk_lines.html", _lines(visit, talk))


def refused(visit: Visit, refusal: Refusal) -> Answer:
    """The conversation again, with the reason and with what was typed."""
    return _page(visit, _found(visit), error=explain(refusal), status=409)


@pages.post(ONE + "/take", roles=SERVES, refused=refused)
def take(visit: Visit) -> Answer:
    talk = _found(visit)
    hand_over.take(visit.office, talk.id, staff_id=visit.me.staff_id, title=visit.me.title)
    return _done(visit, talk, "talk_taken")


@pages.post(ONE + "/say", roles=SERVES, refused=refused)
def answer(visit: Visit) -> Answer:
    talk = _found(visit)
    words = visit.asked.form.get("words", "")[:MOST_WORDS]
    hand_over.say(visit.office, talk.id, staff_id=visit.me.staff_id, title=visit.me.title, words=words)
    return _done(visit, talk, "talk_said")


@pages.post(ONE + "/back", roles=SERVES, refused=refused)
def back(visit: Visit) -> Answer:
    talk = _found(visit)
    hand_over.give_back(visit.office, talk.id, staff_id=visit.me.staff_id)
    return _done(visit, talk, "talk_back")


@pages.post(ONE + "/to-wecom", roles=SERVES, refused=refused)
def to_wecom(visit: Visit) -> Answer:
    """They go on in the WeCom client, with a resident of customer service."""
    talk = _found(visit)
    kf.hand_over_to(visit.office, talk.resident_id, staff_id=visit.me.staff_id)
    return _done(visit, talk, "talk_to_wecom")


def _done(visit: Visit, talk: Talk, what: str) -> Answer:
    visit.noted(what.replace("_", "."), str(talk.id))
    return Go(f"{TALKS}/{talk.id}", what)


def _found(visit: Visit) -> Talk:
    row = rows.within(visit.office.session, visit.scope, named(visit))
    if row is None:
        raise NotThere
    return hand_over.read(row)


def _waiting(visit: Visit) -> str:
    return say.waiting(rows.waiting(visit.office.session, visit.scope))


def _lines(visit: Visit, talk: Talk) -> dict[str, object]:
    return {"lines": hand_over.lines(visit.office, talk), "talk": talk, "words": say}


def _page(visit: Visit, talk: Talk, *, error: str = "", status: int = 200) -> View:
    how = reach.reach(visit.office, talk.resident_id, SAID, channel=talk.channel)
    mine = talk.owner is Owner.PERSON and talk.staff_id == visit.me.staff_id
    facts = {
        **_lines(visit, talk),
        "at_talk": f"{TALKS}/{talk.id}",
        "code": people.code(talk.resident_id),
        "reach": say_reach.how(how, visit.office.now),
        "owner": say.owner(talk),
        "may_serve": visit.me.role in SERVES and not talk.is_over and (mine or talk.owner is Owner.NOBODY),
        "mine": mine,
        "to_wecom": say_kf if talk.channel == kf.CHANNEL else None,
        "error": error,
        "typed": visit.asked.form.get("words", "") if error else "",
        "most": MOST_WORDS,
        "done": visit.asked.query.get("said") == "talk_said" and not error,
    }
    return View("talk.html", facts, status)
