"""The staff write the knowledge base: an entry published, hidden, shown again, or left to the files; never unseen."""

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from bot.errors import Refusal
from bot.nlu import Entry, Live
from bot.rules import knowledge
from bot.rules.office import Office
from bot.store import inbox
from bot.store import knowledge as rows
from bot.store.knowledge import KnowledgeEntry

COUNTED = timedelta(days=30)
OLD = timedelta(days=365)  # since the last review
SOON = timedelta(days=30)
_OWN = re.compile(r"own-[0-9a-f]{8}")


class EditedMeanwhile(Refusal):
    """Somebody else saved this entry while it was written; nothing was overwritten."""


@dataclass(frozen=True, slots=True)
class Known:
    """One entry as the staff see it.

    `own`: they wrote or changed it; `in_files`: it stands in the files; `exported`: the files say the same.
    """

    entry: Entry
    own: bool
    in_files: bool
    hidden: bool
    exported: bool
    version: int
    times: int = 0

    def is_stale(self, today: date) -> bool:
        """Whether somebody should look at it again: expired or soon, or not reviewed for a year."""
        ends, seen = self.entry.expires, self.entry.reviewed
        return (ends is not None and ends < today + SOON) or seen is None or seen < today - OLD


def all_known(office: Office, files: Mapping[str, Entry]) -> list[Known]:
    """Every entry of the staff and of the files, by question, with how often it answered within 30 days."""
    own = {row.id: row for row in rows.entries(office.session)}
    times = inbox.answered_with(office.session, "faq:", office.now - COUNTED)
    return sorted(
        (_known(id_, own.get(id_), files.get(id_), times.get(f"faq:{id_}", 0)) for id_ in own.keys() | files.keys()),
        key=lambda one: one.entry.question,
    )


def known(office: Office, files: Mapping[str, Entry], id: str) -> Known | None:
    """One of them as it stands now, without its count."""
    row, entry = rows.entry(office.session, id), files.get(id)
    return _known(id, row, entry, 0) if row is not None or entry is not None else None


def with_entry(live: Live, entry: Entry) -> Live:
    """What would be live if this entry were."""
    others = tuple(one for one in live.entries if one.id != entry.id)
    return replace(live, entries=(*others, entry), hidden=live.hidden - {entry.id})


def new_id() -> str:
    """The name of a new entry, to which menus and files may refer."""
    return f"own-{secrets.token_hex(4)}"


def is_own(id: str) -> bool:
    """Whether it is such a name."""
    return _OWN.fullmatch(id) is not None


def publish(office: Office, entry: Entry, *, version: int, by: UUID) -> None:
    """Let the assistant answer so. `version` is that of the row that was read, 0 for none. Raises EditedMeanwhile."""
    row = _unchanged(office, entry.id, version)
    if row is None:
        row = KnowledgeEntry(id=entry.id, question="", answer="", version=0, changed_at=office.now)
        _fill(office, row, entry, by)
        if not rows.add(office.session, row):
            raise EditedMeanwhile
        return
    _fill(office, row, entry, by)
    office.session.add(row)
    office.session.flush()


def hide(office: Office, one: Known, *, by: UUID) -> None:
    """It is not answered any more, whatever a file says. Raises EditedMeanwhile."""
    publish(office, one.entry, version=one.version, by=by)
    row = rows.locked(office.session, one.entry.id)
    if row is not None:
        row.hidden = True
        office.session.add(row)
        office.session.flush()


def show_again(office: Office, one: Known, *, by: UUID) -> None:
    """It is answered again. Raises EditedMeanwhile."""
    publish(office, one.entry, version=one.version, by=by)


def leave_to_files(office: Office, one: Known) -> None:
    """Forget what the staff wrote; what stands in the files is answered again. Raises EditedMeanwhile."""
    row = _unchanged(office, one.entry.id, one.version)
    if row is not None:
        rows.drop(office.session, row)


def live(office: Office) -> Live:
    """All that is live now."""
    return knowledge.live(office)


def _unchanged(office: Office, id: str, version: int) -> KnowledgeEntry | None:
    row = rows.locked(office.session, id)
    if (row.version if row is not None else 0) != version:
        raise EditedMeanwhile
    return row


def _fill(office: Office, row: KnowledgeEntry, entry: Entry, by: UUID) -> None:
    row.question, row.ask, row.answer, row.source = entry.question, list(entry.ask), entry.answer, entry.source
    row.reviewed, row.expires, row.topic = entry.reviewed, entry.expires, entry.topic
    row.actions, row.related, row.hidden = list(entry.actions), list(entry.related), False
    row.version, row.changed_at, row.changed_by = row.version + 1, office.now, by


def _known(id: str, row: KnowledgeEntry | None, file: Entry | None, times: int) -> Known:
    entry = knowledge.as_entry(row) if row is not None else file
    if entry is None:
        raise KeyError(id)
    same = file is not None and replace(entry, topic=file.topic) == file
    return Known(
        entry=entry,
        own=row is not None,
        in_files=file is not None,
        hidden=row is not None and row.hidden,
        exported=row is not None and same,
        version=row.version if row is not None else 0,
        times=times,
    )
