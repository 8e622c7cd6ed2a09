"""What is done once or rarely at a cabinet: the self-test when it is set up, and new keys."""

from bot.cabinets.provisioning import written
from bot.errors import Refusal
from bot.rules.access import READERS, WORKERS
from bot.rules.locker import commission, line
from bot.rules.locker.device import Polarity
from bot.web.console.locker.cabinet import KEEPERS, page
from bot.web.console.locker.common import CABINET, address, by, found
from bot.web.console.page import Answer, Go, Pages, View, Visit
from bot.wording import explain
from bot.wording.locker import console as say

pages = Pages()
TEST = f"{CABINET}/self-test"


@pages.get(TEST, roles=READERS)
def show(visit: Visit) -> Answer:
    return _test(visit)


@pages.get(f"{TEST}/state", roles=READERS, by_itself=True)
def state(visit: Visit) -> Answer:
    """How the test stands, asked for again and again by the page."""
    return _test(visit, template="locker_test_state.html")


def refused(visit: Visit, refusal: Refusal) -> Answer:
    return _test(visit, error=explain(refusal), status=409)


@pages.post(TEST, roles=WORKERS, refused=refused)
def begin(visit: Visit) -> Answer:
    """All doors are shut, they say."""
    row = found(visit)
    commission.begin(visit.office, row.id, by=by(visit), words=say.SELF_TEST)
    visit.noted("locker.self_test", row.code)
    return Go(TEST.format(code=row.code))


@pages.post(f"{TEST}/keep", roles=WORKERS, refused=refused)
def keep(visit: Visit) -> Answer:
    """The cabinet's record says from now on what the test has shown."""
    row = found(visit)
    verdict = commission.keep(visit.office, row.id)
    visit.noted("locker.tested", row.code, verdict=verdict.value)
    return Go(address(row.code), "saved")


@pages.post(f"{CABINET}/key", roles=KEEPERS)
def key(visit: Visit) -> Answer:
    """A new line key, shown once; with `revoke` the one before is worth nothing from now on."""
    row = found(visit)
    keys, revoke = line.rotate_key(visit.office, row.id), visit.asked.form.get("revoke") == "1"
    if revoke:
        keys = line.drop_previous_key(visit.office, row.id)
    visit.noted("locker.key", row.code, number=max(keys.accepted), revoked=revoke)
    return page(visit, shown=(say.new_key(max(keys.accepted)), written(keys), say.KEY_HOW))


def _test(visit: Visit, *, template: str = "locker_test.html", error: str = "", status: int = 200) -> View:
    row = found(visit)
    test = commission.stands(visit.office, row)
    facts = {
        "code": row.code,
        "name": row.name,
        "test": test,
        "verdict": say.VERDICTS[test.verdict],
        "polarity": say.POLARITIES[Polarity(row.polarity)],
        "may_work": visit.me.role in WORKERS,
        "may_keep": test.verdict in commission.FINAL,
        "error": error,
    }
    return View(template, facts, status)
