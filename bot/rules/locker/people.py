"""Whose something is: the person behind a telephone number, and the numbers a person has proved to be theirs."""

from uuid import UUID

from bot.rules import resident
from bot.rules.office import Office
from bot.store import profile


def phone_hash(office: Office, phone: str) -> str:
    """A telephone number as it is compared, the same as in a resident's profile."""
    return office.seal.keyed_hash("".join(filter(str.isdigit, phone)), resident.LOOKUP)


def of_phone(office: Office, phone: str) -> UUID | None:
    """The resident whose number it is for certain."""
    return resident.by_phone(office, phone)


def phones_of(office: Office, resident_id: UUID) -> list[str]:
    """The numbers, as hashes, that are this resident's for certain."""
    found = profile.of(office.session, resident_id)
    return [found.verified_hash] if found and found.verified_hash else []
