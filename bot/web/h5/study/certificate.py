"""A certificate of the year's hours: made for whoever has them, and checked by anybody who has its number."""

from bot.rules import study
from bot.store import study as kept
from bot.store.study import StudyCertificate
from bot.web import certificate as paper
from bot.web.h5.page import Answer, File, Go, NotThere, Pages, View, Visit
from bot.web.h5.study.learning import LEARNING, year_of
from bot.wording.booking.times import date_of
from bot.wording.study import console as say
from bot.wording.study.dialogue import hours

pages = Pages()
NEW = LEARNING + "/certificate"
ONE = "/h5/certificate/{number}"


@pages.get(NEW)
def ask(visit: Visit) -> View:
    """The name that is to stand on it, where the roster has none."""
    year = year_of(visit)
    its = study.of_resident(visit.office, visit.resident_id, year)
    known = study.roster_name(visit.office, visit.resident_id)
    return View("certificate_new.html", {"year": year, "hours": hours(its.totals.minutes), "known": known})


@pages.post(NEW)
def issue(visit: Visit) -> Answer:
    """The one of these hours, made now or before."""
    asked = visit.form.get("year", "")
    year = int(asked) if asked.isascii() and asked.isdigit() and len(asked) == 4 else visit.office.today.year
    its = study.issue(visit.office, visit.resident_id, year, visit.form.get("name", ""))
    return Go(f"/h5/certificate/{its.number}")


@pages.get(ONE, for_all=True)
def checked(visit: Visit) -> View:
    """What it is worth, with the name masked; its owner can take the paper."""
    its = study.check(visit.office, visit.path["number"][:16].upper())
    if its is None:
        return View("certificate.html", {"its": None, "mine": False, "hours": "", "issued": ""}, status=404)
    facts = {"its": its, "hours": hours(its.minutes), "issued": date_of(its.issued_at)}
    return View("certificate.html", {**facts, "mine": _is_mine(visit, its.number)})


@pages.get(ONE + "/file")
def file(visit: Visit) -> File:
    """The paper, for its owner alone."""
    found = kept.certificate(visit.office.session, visit.path["number"])
    if found is None or found.withdrawn_at is not None or not _is_mine(visit, found.number):
        raise NotThere
    return written(visit.office.seal.open(found.name), found, visit)


def written(name: str, found: StudyCertificate, visit: Visit) -> File:
    """It as a PDF."""
    public = visit.public_url.rstrip("/")
    lines = paper.Lines(
        title=say.PAPER_TITLE,
        body=(
            say.certifies(name, found.year, hours(found.minutes)),
            say.by_kind(hours(found.attended), hours(found.replayed), hours(found.approved)),
            *((say.SELF_NAMED,) if found.self_named else ()),
        ),
        foot=(
            say.ISSUER,
            say.issued(found.issued_at.astimezone(visit.office.zone)),
            say.number(found.number),
            say.CHECK if public else say.NO_ADDRESS,
        ),
        link=f"{public}/h5/certificate/{found.number}" if public else "",
    )
    return File(paper.written(lines), "application/pdf", f"{say.CERTIFICATE}{found.year}.pdf")


def _is_mine(visit: Visit, number: str) -> bool:
    found = kept.certificate(visit.office.session, number)
    return found is not None and visit.resident is not None and found.resident_id == visit.resident
