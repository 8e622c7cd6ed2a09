"""Workbooks in and out: what a file would change is shown before anything is kept, then all of it or nothing."""

import base64
import hashlib
import json
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot import sheets
from bot.errors import OperatorError
from bot.privacy import masked
from bot.rules import grid
from bot.rules.access import LEADS, OnlyAPart, sees_all
from bot.rules.grid import Finding
from bot.sheets import WrongRows
from bot.sheets.difference import Difference
from bot.sheets.row import Problem
from bot.sheets.table import Line, NoTable
from bot.store import savepoint
from bot.store.staff import StaffRole
from bot.web.console.listing import workbook
from bot.web.console.page import Answer, Beside, Go, Handler, NotThere, Pages, View, Visit
from bot.wording import grid as say_grid
from bot.wording import sheet as say

pages = Pages()
SHEETS = "/console/sheets"
KIND = SHEETS + "/{kind}"
ACCOUNTS = "staff"  # among them those of the whole city, which nobody gives who has less
ONLY_ADMINISTRATOR = frozenset({"residents", "party-members", ACCOUNTS})
MOST_FILE, MOST_CARRIED = 5_000_000, 16_000_000
MOST_ROWS = 20_000
MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Tried:
    """What a file would change, or what is wrong in it."""

    told: Difference | None
    findings: Sequence[Finding] = ()
    problems: Sequence[Problem] = ()
    digest: str = ""  # a short name for exactly this outcome


class _Trial(Exception):
    """Ends what was only a trial."""


@pages.get(SHEETS, roles=LEADS)
def show(visit: Visit) -> Answer:
    """Every kind there is."""
    return _page(visit)


@pages.get(KIND + "/table", roles=LEADS)
def table(visit: Visit) -> Answer:
    """All rows as a workbook, people masked; or the headings alone."""
    kind = _kind(visit)
    rows: list[list[str]] = []
    headings = sheets.headings(kind)
    if visit.asked.query.get("template") != "1":
        headings, rows = sheets.rows_of(visit.office, kind)
        visit.noted("sheet.exported", kind, rows=len(rows))
    return Beside(_written(say.KINDS[kind][0], headings, rows))


@pages.post(KIND + "/full", roles={StaffRole.ADMINISTRATOR})
def full(visit: Visit) -> Answer:
    """With all that is known of people, for a reason that is written down."""
    kind, reason = _kind(visit), visit.asked.form.get("reason", "").strip()[:200]
    if not reason:
        return _page(visit, kind, say.NO_REASON, status=422)
    headings, rows = sheets.rows_of(visit.office, kind, full=True)
    visit.noted("sheet.exported_full", kind, reason=reason, rows=len(rows))
    return Beside(_written(say.KINDS[kind][0], headings, rows))


@pages.post(KIND + "/check", roles=LEADS, most_bytes=MOST_FILE)
def check(visit: Visit) -> Answer:
    """What the file would change; nothing is kept."""
    kind, file = _kind(visit), visit.asked.files.get("file")
    if file is None or not file.body:
        return _page(visit, kind, say.NO_FILE, status=422)
    seal = visit.office.seal

    def work() -> Handler:
        try:
            lines = sheets.read(file.name, file.body)
        except NoTable as error:
            words = say.unreadable(error)
            return lambda later: _page(later, kind, words, status=422)
        if len(lines) > MOST_ROWS + 1:
            return lambda later: _page(later, kind, say.too_many(len(lines) - 1, MOST_ROWS), status=422)
        told = json.dumps([kind, file.name[-80:], [(one.number, one.cells, one.formulas) for one in lines]])
        carried = base64.b64encode(seal.close_bytes(zlib.compress(told.encode()))).decode()
        return lambda later: _checked(later, kind, file.name[-80:], lines, carried)

    return Beside(work)


@pages.post(KIND + "/import", roles=LEADS, most_bytes=MOST_CARRIED)
def take_in(visit: Visit) -> Answer:
    """What was checked, if it still has the outcome that was shown."""
    kind = _kind(visit)
    carried = visit.asked.form.get("carried", "")
    try:
        name, lines = _opened(visit, kind, carried)
    except (ValueError, OperatorError, zlib.error):
        return _page(visit, kind, say.LOST, status=422)
    tried = _try(visit, kind, name, lines, keep=visit.asked.form.get("outcome", ""))
    if tried.told is None or tried.digest != visit.asked.form.get("outcome"):
        return _shown(visit, kind, tried, carried, say.ASIDE)
    visit.noted("sheet.imported", kind, rows=tried.told.rows, changed=len(tried.told.changed), file=name)
    return Go(f"{SHEETS}?kind={kind}&rows={tried.told.rows}&changed={len(tried.told.changed)}")


def _checked(visit: Visit, kind: str, name: str, lines: Sequence[Line], carried: str) -> Answer:
    tried = _try(visit, kind, name, lines)
    visit.noted("sheet.checked", kind, file=name)
    return _shown(visit, kind, tried, carried)


def _try(visit: Visit, kind: str, name: str, lines: Sequence[Line], *, keep: str = "") -> Tried:
    """Take it in; it is undone unless its outcome is the one to `keep`."""
    tried = Tried(None)
    try:
        with savepoint(visit.office.session):
            told = sheets.change(visit.office, kind, name, lines)
            found = grid.check(visit.office.session, told.communities, visit.office.today)
            tried = Tried(told, found, digest=_digest(told))
            if tried.digest != keep:
                raise _Trial
    except _Trial:
        return tried
    except WrongRows as error:
        return Tried(None, (), error.problems)
    return tried


def _digest(told: Difference) -> str:
    found = hashlib.sha256("\n".join(told.gone).encode())
    for one in told.changed:
        found.update(json.dumps([one.key, [(cell.heading, cell.old, cell.new) for cell in one.cells]]).encode())
    return found.hexdigest()[:32]


def _shown(visit: Visit, kind: str, tried: Tried, carried: str, meanwhile: str = "") -> View:
    told, hide = tried.told, masked if sheets.is_personal(kind) else str
    facts = {
        "kind": kind,
        "label": say.KINDS[kind][0],
        "words": say,
        "told": told,
        "outcome": tried.digest,
        "carried": carried,
        "meanwhile": meanwhile,
        "problems": [str(one) for one in tried.problems[:MOST_SHOWN]],
        "wrong": len(tried.problems),
        "findings": [say_grid.finding(one) for one in tried.findings[:MOST_SHOWN]],
        "changed": [
            (hide(one.key), one.is_new, [(cell.heading, hide(cell.old), hide(cell.new)) for cell in one.cells])
            for one in (told.changed[:MOST_SHOWN] if told is not None else ())
        ],
        "more": max(len(told.changed) - MOST_SHOWN, 0) if told is not None else 0,
    }
    return View("sheet_checked.html", facts, 200 if told is not None and not meanwhile else 409 if told else 422)


def _page(visit: Visit, kind: str = "", error: str = "", *, status: int = 200) -> View:
    given = visit.asked.query
    imported = ""
    if given.get("kind") in say.KINDS and given.get("rows", "").isdigit() and given.get("changed", "").isdigit():
        imported = f"{say.KINDS[given['kind']][0]}{say.done(given['changed'], given['rows'])}"
    may = [
        (name, *told, sheets.is_personal(name) and visit.me.role is StaffRole.ADMINISTRATOR)
        for name, told in say.KINDS.items()
        if _may(visit, name)
    ]
    facts = {"kinds": may, "words": say, "wrong_kind": kind, "error": error, "imported": imported}
    return View("sheets.html", {**facts, "whole": sees_all(visit.scope)}, status)


def _kind(visit: Visit) -> str:
    """The kind of the address, where they may. Raises OnlyAPart."""
    kind = visit.asked.path["kind"]
    if kind not in say.KINDS or not _may(visit, kind):
        raise NotThere
    if not (visit.scope.everything if kind == ACCOUNTS else sees_all(visit.scope)):
        raise OnlyAPart
    return kind


def _may(visit: Visit, kind: str) -> bool:
    return kind not in ONLY_ADMINISTRATOR or visit.me.role is StaffRole.ADMINISTRATOR


def _written(title: str, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> Callable[[], Handler]:
    """The workbook, made beside the desk."""

    def work() -> Handler:
        file = workbook(title, headings, rows)
        return lambda _later: file

    return work


def _opened(visit: Visit, kind: str, carried: str) -> tuple[str, list[Line]]:
    """What a page of ours carried. Raises ValueError, OperatorError or zlib.error for anything else."""
    raw = zlib.decompress(visit.office.seal.open_bytes(base64.b64decode(carried, validate=True)))
    of, name, lines = json.loads(raw)
    if of != kind:
        raise ValueError(of)
    return str(name), [Line(number, tuple(cells), tuple(formulas)) for number, cells, formulas in lines]
