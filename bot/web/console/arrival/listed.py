"""A list from paper, uploaded: what it would do is shown first, line by line, then all of it is taken in or nothing."""

import base64
import json
import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from bot import sheets
from bot.errors import OperatorError, Refusal
from bot.rules import arrival
from bot.rules.access import WORKERS
from bot.rules.arrival import Became, Said
from bot.sheets.table import Line, NoTable
from bot.store import savepoint
from bot.store.activity import Activity
from bot.web.console.arrival.held import BASES, held, here, moment
from bot.web.console.arrival.roster import page
from bot.web.console.page import Answer, Beside, Go, Handler, Pages, View, Visit
from bot.wording import explain
from bot.wording import sheet as say_sheet
from bot.wording.arrival import console as say

pages = Pages()
MOST_FILE, MOST_CARRIED = 2_000_000, 4_000_000
MOST_SHOWN = 100


class _Trial(Exception):
    """Ends what was only a trial."""


def check(visit: Visit) -> Answer:
    """What the list would do; nothing is kept."""
    its, file = held(visit), visit.asked.files.get("file")
    if file is None or not file.body:
        return page(visit, its, error=say.NO_FILE, status=422)

    def work() -> Handler:
        try:
            lines = sheets.read(file.name, file.body)
        except NoTable as error:
            words = say_sheet.unreadable(error)
            return lambda later: page(later, held(later), error=words, status=422)
        return lambda later: _checked(later, lines)

    return Beside(work)


def take_in(visit: Visit) -> Answer:
    """What was checked."""
    its = held(visit)
    try:
        said = _opened(visit, its, visit.asked.form.get("carried", ""))
    except (ValueError, OperatorError, zlib.error):
        return page(visit, its, error=say.LOST, status=422)
    if problems := _problems(said, _taken(visit, its, said, keep=True)):
        return page(visit, its, error=problems[0], status=409)
    visit.noted("arrival.listed", its.code, lines=len(said))
    return Go(f"{here(its)}/roster", "saved")


def _checked(visit: Visit, lines: Sequence[Line]) -> Answer:
    its = held(visit)
    if len(lines) > say.MOST_LINES + 1:
        return page(visit, its, error=say.too_many(len(lines) - 1), status=422)
    said, problems = _read(visit, its, lines)
    if said is None:
        return page(visit, its, error=say.NO_COLUMNS, status=422)
    became = [] if problems else _taken(visit, its, said, keep=False)
    problems = problems or _problems(said, became)
    counts = Counter(one for one in became if isinstance(one, Became))
    told = json.dumps([str(its.id), [{**asdict(one), "at": _text(one.at)} for one in said]])
    carried = base64.b64encode(visit.office.seal.close_bytes(zlib.compress(told.encode()))).decode()
    facts = {
        "title": its.title,
        "checked": say.checked(counts),
        "problems": problems[:MOST_SHOWN],
        "wrong": say_sheet.wrong(len(problems)),
        "carried": carried,
        "at_here": here(its),
        "words": say,
    }
    return View("roster_checked.html", facts, 422 if problems else 200)


def _taken(visit: Visit, its: Activity, said: Sequence[Said], *, keep: bool) -> list[Became | Refusal]:
    """What the list does; undone unless it is to be kept and nothing in it is wrong."""
    became: list[Became | Refusal] = []
    try:
        with savepoint(visit.office.session):
            became = arrival.take(visit.office, its, said, scope=visit.scope, by=visit.me.title)
            if not keep or _problems(said, became):
                raise _Trial
    except _Trial:
        return became
    return became


def _problems(said: Sequence[Said], became: Sequence[Became | Refusal]) -> list[str]:
    """The lines that cannot be taken."""
    both = zip(said, became, strict=True)
    return [say.row_wrong(line.line, explain(one)) for line, one in both if isinstance(one, Refusal)]


def _read(visit: Visit, its: Activity, lines: Sequence[Line]) -> tuple[list[Said] | None, list[str]]:
    """The lines as they were meant, and what is wrong with them; None where the headings are none of ours."""
    headings = {heading: name for name, heading in say.LIST_COLUMNS.items()}
    columns = [headings.get(cell.strip(), "") for cell in lines[0].cells] if lines else []
    if not set(columns) & {"number", "code", "phone", "name"}:
        return None, []
    said, problems = [], []
    for line in lines[1:]:
        cells = {name: cell.strip() for name, cell in zip(columns, line.cells, strict=False) if name}
        try:
            at = moment(visit, its, cells.pop("at", ""))
        except ValueError:
            problems.append(say.row_wrong(line.number, say.NO_SUCH_TIME))
            continue
        said.append(Said(**cells, at=at, line=line.number))
    return said, problems


def _opened(visit: Visit, its: Activity, carried: str) -> list[Said]:
    """What a page of ours carried. Raises ValueError, OperatorError or zlib.error for anything else."""
    raw = zlib.decompress(visit.office.seal.open_bytes(base64.b64decode(carried, validate=True)))
    of, lines = json.loads(raw)
    if of != str(its.id):
        raise ValueError(of)
    return [Said(**{**one, "at": datetime.fromisoformat(one["at"]) if one["at"] else None}) for one in lines]


def _text(at: datetime | None) -> str:
    return at.isoformat() if at else ""


for base in BASES:
    pages.post(base + "/{id}/roster/check", roles=WORKERS, most_bytes=MOST_FILE)(check)
    pages.post(base + "/{id}/roster/import", roles=WORKERS, most_bytes=MOST_CARRIED)(take_in)
