"""Polls: what can be voted on, one's vote by a tap, and how it ended."""

from uuid import UUID

from bot.rules import poll
from bot.rules.poll import Totals
from bot.store.poll import Poll
from bot.web.h5.page import Answer, Go, NotThere, Pages, View, Visit
from bot.wording import poll as say

pages = Pages()
POLLS = "/h5/polls"
ONE = POLLS + "/{id}"


@pages.get(POLLS, for_all=True)
def polls(visit: Visit) -> View:
    """What is open to them, and what has ended."""
    zone = visit.office.zone
    running = [
        {"id": str(one.id), "question": one.question, "until": say.until(one.closes_at.astimezone(zone))}
        for one in poll.open_for(visit.office, visit.resident)
    ]
    ended = [{"id": str(one.id), "question": one.question} for one in poll.ended_for(visit.office, visit.resident)]
    return View("polls.html", {"running": running, "ended": ended})


@pages.get(ONE, for_all=True)
def one(visit: Visit) -> View:
    """The question to vote on, or the sums where they may be read by now."""
    row = found(visit)
    voted = poll.voted(visit.office, row, visit.resident) if visit.resident is not None else None
    is_over = row.is_over(visit.office.now)
    shows = poll.shows_result(visit.office, row, has_voted=voted is not None)
    totals = poll.totals(visit.office, row) if shows else Totals(0, ())
    facts = {
        "id": str(row.id),
        "question": row.question,
        "explained": row.words,
        "until": say.until(row.closes_at.astimezone(visit.office.zone)),
        "options": list(enumerate(row.options)),
        "several": row.most if row.most > 1 else 0,
        "voted": voted or [],
        "known": visit.resident is not None,
        "is_over": is_over,
        "shows": shows,
        "people": totals.people,
        "sums": [(option, count, totals.share(count)) for option, count in totals.options],
    }
    return View("poll.html", facts)


@pages.post(ONE)
def vote(visit: Visit) -> Answer:
    """Their vote, or another one in its place."""
    row = found(visit)
    chosen = [place for place in range(len(row.options)) if visit.form.get(f"choice{place}")]
    single = visit.form.get("choice", "")
    if single.isascii() and single.isdigit():
        chosen.append(int(single))
    poll.vote(visit.office, row.id, visit.resident_id, chosen)
    return Go(f"{POLLS}/{row.id}", "poll_voted")


def found(visit: Visit) -> Poll:
    """The poll of the address, where it is put to them."""
    try:
        row = poll.one(visit.office, UUID(visit.path["id"]), visit.resident)
    except ValueError as error:
        raise NotThere from error
    if row is None:
        raise NotThere
    return row
