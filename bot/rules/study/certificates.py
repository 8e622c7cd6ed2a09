"""Certificates of a year's study: the same person, year and hours have the same one, which anybody can check."""

import base64
import hmac
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bot.rules.office import Office
from bot.rules.study import record
from bot.rules.study.limits import NameNeeded, NothingStudied
from bot.store import study
from bot.store.study import StudyCertificate
from bot.store.study import people as members

NAME_MOST = 20
_BYTES = 10  # of the keyed number: 16 letters and digits


@dataclass(frozen=True, slots=True)
class Checked:
    """What anybody reads who checks a certificate."""

    number: str
    name: str  # masked
    year: int
    minutes: int
    issued_at: datetime
    is_valid: bool
    self_named: bool


def issue(office: Office, resident_id: UUID, year: int, name: str = "") -> StudyCertificate:
    """The certificate of that year as it stands; the roster's name goes before what they write themselves.

    Raises NothingStudied, NameNeeded.
    """
    its = record.of_resident(office, resident_id, year)
    if not its.totals.minutes:
        raise NothingStudied
    member = members.by_residents(office.session, [resident_id]).get(resident_id)
    before = study.certificates_of(
        office.session, resident_id=resident_id, member_id=member.id if member else None, year=year
    )
    withdrawn = sum(one.withdrawn_at is not None for one in before)
    number = _number(office, member.id if member else resident_id, its, withdrawn)
    found = study.certificate(office.session, number)
    if found is not None:
        return found
    known = office.seal.open(member.name) if member else ""
    name = known or name.strip()[:NAME_MOST]
    if not name:
        raise NameNeeded
    fresh = StudyCertificate(
        number=number,
        resident_id=resident_id,
        member_id=member.id if member else None,
        year=year,
        attended=its.totals.attended,
        replayed=its.totals.replayed,
        approved=its.totals.approved,
        name=office.seal.close(name),
        self_named=not known,
        issued_at=office.now,
    )
    study.add(office.session, fresh)
    return fresh


def roster_name(office: Office, resident_id: UUID) -> str:
    """What the roster calls a resident, "" for whoever is not on it."""
    member = members.by_residents(office.session, [resident_id]).get(resident_id)
    return office.seal.open(member.name) if member else ""


def check(office: Office, number: str) -> Checked | None:
    """What a certificate is worth, for anybody; None where there is none of that number."""
    found = study.certificate(office.session, number)
    if found is None:
        return None
    return Checked(
        number=found.number,
        name=masked_name(office.seal.open(found.name)),
        year=found.year,
        minutes=found.minutes,
        issued_at=found.issued_at.astimezone(office.zone),
        is_valid=found.withdrawn_at is None,
        self_named=found.self_named,
    )


def withdraw(office: Office, found: StudyCertificate) -> None:
    """It is worth nothing any more; with the same hours a new one can be made."""
    found.withdrawn_at = found.withdrawn_at or office.now


def masked_name(name: str) -> str:
    """The first character, and a star for each other."""
    return name[:1] + "*" * max(1, len(name) - 1)


def _number(office: Office, person: UUID, its: record.Record, withdrawn: int) -> str:
    """Sixteen letters and digits that nobody can make up."""
    its_totals = (its.totals.attended, its.totals.replayed, its.totals.approved)
    said = ":".join(map(str, (person, its.year, *its_totals, withdrawn)))
    drawn = hmac.digest(office.seal.key("study certificate"), said.encode(), "sha256")[:_BYTES]
    return base64.b32encode(drawn).decode()
