"""The entries of a contest: looked at, shown to everybody or sent back with the reason, and what they win."""

from bot.rules import contest, picture
from bot.rules.access import READERS, WORKERS
from bot.store import contest as rows
from bot.store.contest import ALBUM, ContestEntry
from bot.web.console.contests import CONTESTS, ONE, found, refused
from bot.web.console.named import named
from bot.web.console.page import Answer, File, Go, NotThere, Pages, Visit

pages = Pages()
ENTRY = ONE + "/entries/{entry}"
MOST_WORDS = 200


@pages.get(ENTRY + "/pictures/{picture}", roles=READERS)
def picture_of(visit: Visit) -> Answer:
    """One picture of an entry they may see."""
    entry = _entry(visit)
    photos = picture.of(visit.office, entry.id, ALBUM, named(visit, "picture"))
    if not photos:
        raise NotThere
    visit.noted("entry.picture", str(entry.number))
    return File(photos[0].jpeg, "image/jpeg")


@pages.post(ENTRY + "/show", roles=WORKERS, refused=refused)
def show(visit: Visit) -> Answer:
    """Everybody sees it from now on."""
    return _done(visit, contest.show(visit.office, _entry(visit).id), "shown", "entry_shown")


@pages.post(ENTRY + "/send-back", roles=WORKERS, refused=refused)
def send_back(visit: Visit) -> Answer:
    """It is not shown, and its author hears why."""
    reason = visit.asked.form.get("reason", "").strip()[:MOST_WORDS]
    return _done(visit, contest.send_back(visit.office, _entry(visit).id, reason), "sent_back", "entry_sent_back")


@pages.post(ENTRY + "/award", roles=WORKERS, refused=refused)
def award(visit: Visit) -> Answer:
    """What it wins; told with the results."""
    return _done(
        visit, contest.award(visit.office, _entry(visit).id, visit.asked.form.get("prize", "")), "awarded", "saved"
    )


def _entry(visit: Visit) -> ContestEntry:
    """The entry of the address, in a contest they may see."""
    its, entry = found(visit), rows.entry(visit.office.session, named(visit, "entry"))
    if entry is None or entry.contest_id != its.id:
        raise NotThere
    return entry


def _done(visit: Visit, entry: ContestEntry, what: str, said: str) -> Answer:
    visit.noted(f"entry.{what}", str(entry.number))
    return Go(f"{CONTESTS}/{entry.contest_id}", said)
