"""CSV files dropped into a folder: one for a batch, there as a whole or not at all, harmless in a spreadsheet."""

import asyncio
import csv
import io
import os
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from bot.rules.forwarding.values import Accepted, Failed, Job, Outcome
from bot.wording import forwarding as say

COLUMNS = (
    "key", "event", "reference", "number", "round", "service_code", "kind", "urgency", "stage", "opened_at",
    "community", "place", "lat", "long", "words", "name", "phone", "updated_at", "said",
)  # fmt: skip
_FORMULAS = ("=", "+", "-", "@", "\t", "\r")


class Files:
    """Sends batches of jobs as files; whether a row was written is looked for in the files that are still there."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now

    async def send(self, jobs: Sequence[Job]) -> list[Outcome]:
        """The jobs of one destination, in one file."""
        return await asyncio.to_thread(self._drop, jobs)

    def _drop(self, jobs: Sequence[Job]) -> list[Outcome]:
        folder = Path(jobs[0].target.address)
        try:
            there = _keys_in(folder) if any(job.ask_first for job in jobs) else frozenset()
            fresh = [job for job in jobs if not (job.ask_first and job.key in there)]
            if fresh:
                self._write(folder, fresh)
        except OSError as error:
            return [Failed(f"cannot write the file: {error.strerror}") for _ in jobs]
        return [Accepted(job.key, found=job not in fresh) for job in jobs]

    def _write(self, folder: Path, jobs: Sequence[Job]) -> None:
        stamp = self._now().strftime("%Y%m%dT%H%M%SZ")
        whole = folder / f"weizhan-{jobs[0].target.code}-{stamp}-{jobs[0].key}.csv"
        part = whole.with_suffix(".part")
        with part.open("wb") as file:
            file.write(written(jobs))
            file.flush()
            os.fsync(file.fileno())
        part.replace(whole)


def written(jobs: Sequence[Job]) -> bytes:
    """The file: UTF-8 with a mark for spreadsheets, a line of headings."""
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(COLUMNS)
    for job in jobs:
        table.writerow([_safe(cell) for cell in _row(job)])
    return text.getvalue().encode("utf-8-sig")


def _row(job: Job) -> Sequence[str]:
    record, update = job.record, job.update
    return (
        job.key,
        update.what.value if update else ("opened" if record.round == 1 else "reopened"),
        record.reference,
        record.number,
        str(record.round),
        record.service,
        record.trouble.value,
        record.urgency.value,
        (update.stage if update else record.stage).value,
        record.opened_at.isoformat(timespec="seconds"),
        record.community,
        say.where(record),
        f"{record.point.lat:.6f}" if record.point else "",
        f"{record.point.lon:.6f}" if record.point else "",
        record.words,
        record.contact.name if record.contact else "",
        record.contact.phone if record.contact else "",
        update.at.isoformat(timespec="seconds") if update else "",
        update.said if update else "",
    )


def _safe(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return "'" + cell if cell.startswith(_FORMULAS) else cell


def _keys_in(folder: Path) -> frozenset[str]:
    """The keys of all rows that nobody has taken away yet."""
    found = set()
    for file in folder.glob("*.csv"):
        with file.open(encoding="utf-8-sig", newline="") as lines:
            found |= {row[0] for row in csv.reader(lines) if row}
    return frozenset(found)
