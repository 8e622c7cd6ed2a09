"""What the line to the cabinets asks of the rules, in a transaction: which cabinet, what it told, what it is to do."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from bot.rules.locker import codes, hearing, keys, opening
from bot.rules.locker.device import (
    Answer,
    Board,
    CodeRefused,
    CodeTry,
    Event,
    Heartbeat,
    Keys,
    LiveCode,
    OpenCommand,
    Polarity,
    Profile,
    Reason,
    SyncCodes,
    Taken,
)
from bot.rules.locker.machine import Signal
from bot.rules.locker.terms import LIST_AGAIN, LIST_LIVES, SILENT, SOME
from bot.rules.office import Office
from bot.store.locker import Cabinet, beat, reading, writing
from bot.store.locker import codes as kept
from bot.store.locker import commands as doors


class NoSuchCabinet(LookupError):
    """The line speaks of a cabinet that is not in the store."""


def cabinet_of(office: Office, code: str) -> UUID | None:
    """The cabinet with that code on its plate (`G0001`); None for one nobody has entered or that was taken away."""
    found = reading.cabinet_by_code(office.session, code)
    return found.id if found is not None and found.active else None


def cabinet_with_keys(office: Office, code: str) -> tuple[UUID, Keys] | None:
    """`cabinet_of` and `device_keys` at once, for what is asked with every message."""
    found = beat.plate(office.session, code)
    return (found.id, keys.keys(office.seal, found)) if found is not None and found.active else None


def device_keys(office: Office, cabinet_id: UUID) -> Keys:
    """The keys of a cabinet; nothing of them stands in the database but how often they were changed."""
    return keys.keys(office.seal, _cabinet(office, cabinet_id))


def key_used(office: Office, cabinet_id: UUID, number: int) -> None:
    """A message came signed with that line key: from now on we sign with it too. Older than the known one: ignored."""
    found = _cabinet(office, cabinet_id)
    if found.key_seen < number <= found.key_number:
        found.key_seen = number


def rotate_key(office: Office, cabinet_id: UUID) -> Keys:
    """A new line key; the one before stays good until the next change, or `drop_previous_key`."""
    found = writing.locked(office.session, cabinet_id)
    found.key_number += 1
    return keys.keys(office.seal, found)


def drop_previous_key(office: Office, cabinet_id: UUID) -> Keys:
    """The key before the newest is believed no more, as when it may have become known."""
    found = writing.locked(office.session, cabinet_id)
    found.key_least = found.key_seen = found.key_number
    return keys.keys(office.seal, found)


def profile(office: Office, cabinet_id: UUID) -> Profile:
    """What the cabinet is built of."""
    found = _cabinet(office, cabinet_id)
    return Profile(
        board=Board(found.board),
        polarity=Polarity(found.polarity),
        pulse_ms=found.pulse_ms,
        has_feedback=found.has_feedback,
        has_sensor=found.has_sensor,
        has_display=found.has_display,
        works_offline=found.works_offline,
    )


def heard(office: Office, cabinet_id: UUID, event: Event) -> list[Answer]:
    """Take in what a cabinet told; a repeated message changes nothing and gets the same answer.

    Afterwards ask `commands_for` and `lists_for` of this cabinet: what it told may have made some.
    """
    if isinstance(event, Heartbeat) and not event.doors and (code := _beaten(office, cabinet_id, event)):
        return [Taken(code, event.seq)]
    cabinet = writing.locked(office.session, cabinet_id)
    cabinet.heard_at = max(cabinet.heard_at or office.now, office.now)
    cabinet.fault_since = None  # it speaks again
    if isinstance(event, Heartbeat):
        hearing.beat(office, cabinet, event)
        return [Taken(cabinet.code, event.seq)]
    told = beat.told(office.session, cabinet_id, event.seq)
    if told is None:
        told = hearing.take(office, cabinet, event)
        kind, door = type(event).__name__.lower(), hearing.door_of(event)
        hearing.remember(office, cabinet, event.seq, kind, event.at, door=door, told=told)
    if isinstance(event, CodeTry) and told in (hearing.REFUSED, hearing.SHUT):
        return [CodeRefused(cabinet.code, event.seq, codes.is_shut(office, cabinet))]
    return [Taken(cabinet.code, event.seq)]


def commands_for(
    office: Office, cabinet_id: UUID | None = None, limit: int = 100, again_after: timedelta | None = None
) -> Sequence[OpenCommand]:
    """The commands not yet sent and still in their time, oldest first; of one cabinet, or of all.

    With `again_after` also those sent so long ago that the cabinet should have answered. Call `sent` when the broker or
    the long-poll took one. Sent twice it opens once: the cabinet knows its `cmd_id`.
    """
    return [
        OpenCommand(
            cmd_id=command.id,
            cabinet=cabinet.code,
            door=command.door,
            pulse_ms=cabinet.pulse_ms,
            expires_at=command.expires_at,
            reason=Reason(command.reason),
        )
        for command, cabinet in doors.commands_waiting(
            office.session, cabinet_id, office.now, limit, office.now - again_after if again_after else None
        )
    ]


def sent(office: Office, cmd_id: UUID) -> None:
    """The command went out; a repeated call changes nothing."""
    before = doors.command(office.session, cmd_id)
    if before is None:
        return
    cabinet = writing.locked(office.session, before.cabinet_id)
    command = writing.fresh_command(office.session, cmd_id)
    if command is not None:
        opening.happens(office, cabinet, command, Signal.SENT)


def lists_for(office: Office, cabinet_id: UUID | None = None, limit: int = 100) -> Sequence[SyncCodes]:
    """The lists of live codes that are newer than what their cabinet has, or soon too old, of one cabinet or of all.

    Not of those that are silent: they get theirs when they speak again.
    """
    silent = office.now - SILENT
    due = reading.lists_due(
        office.session, cabinet_id, before=office.now - LIST_AGAIN, lost=silent, heard=silent, limit=limit
    )
    return [
        SyncCodes(
            cabinet=one.code,
            version=one.codes_version,
            until=office.now + LIST_LIVES,
            codes=tuple(LiveCode(code.door, code.digest) for code in kept.live_codes(office.session, one.id)),
        )
        for one in due
    ]


def list_sent(office: Office, cabinet_id: UUID, version: int) -> None:
    """The list went out; the cabinet says in its heartbeats whether it came."""
    cabinet = writing.locked(office.session, cabinet_id)
    if version >= cabinet.list_sent:
        cabinet.list_sent, cabinet.list_sent_at = version, office.now


def late(office: Office) -> int:
    """A chore: commands whose time is over get an end, and who waits is told; returns how many."""
    over = doors.commands_over(office.session, office.now, SOME)
    for command_id, cabinet_id in over:
        cabinet = writing.locked(office.session, cabinet_id)
        command = writing.fresh_command(office.session, command_id)
        if command is not None:
            opening.happens(office, cabinet, command, Signal.TIME_OVER)
    return len(over)


def _beaten(office: Office, cabinet_id: UUID, event: Heartbeat) -> str | None:
    return beat.beaten(
        office.session,
        cabinet_id,
        seq=event.seq,
        now=office.now,
        battery=event.battery,
        signal=event.signal,
        list_has=event.codes_version,
    )


def _cabinet(office: Office, cabinet_id: UUID) -> Cabinet:
    found = reading.cabinet(office.session, cabinet_id)
    if found is None:
        raise NoSuchCabinet(str(cabinet_id))
    return found
