"""One person in two channels: joined where the platform gives both the same unionid, of which a keyed hash is kept."""

from collections.abc import Mapping

from bot.rules import resident
from bot.rules.office import Office
from bot.rules.resident import NotOnePerson
from bot.store import kf

HASHED_FOR = "unionid"


def joined(office: Office, channel: str, unionids: Mapping[str, str]) -> int:
    """Keep what the platform said of these names ("" where it gives none), and join who is one; returns how many were.

    Two who both have what one may have once stay two.
    """
    hashes = {sender: hashed(office, unionid) if unionid else "" for sender, unionid in unionids.items()}
    kf.keep_names(office.session, channel, hashes, office.now)
    together = 0
    for people in kf.same_person(office.session, [one for one in hashes.values() if one]).values():
        first, *others = people
        for other in others:
            try:
                resident.merge(office, into=first, other=other)
            except NotOnePerson:
                continue
            together += 1
    return together


def hashed(office: Office, unionid: str) -> str:
    return office.seal.keyed_hash(unionid, HASHED_FOR)
