"""What is put into a cabinet when it is set up."""

import json
from dataclasses import dataclass

from bot.rules.locker import line
from bot.rules.locker.device import Keys
from bot.rules.office import Office
from bot.store.locker import reading


@dataclass(frozen=True, slots=True)
class Provision:
    """A cabinet's keys, how many doors it has, and where it stands."""

    keys: Keys
    doors: int
    name: str

    @property
    def number(self) -> int:
        """Of the newest line key."""
        return max(self.keys.accepted)

    @property
    def line_key(self) -> bytes:
        return self.keys.accepted[self.number]


def provisions(office: Office, most: int | None = None) -> list[Provision]:
    """Of the cabinets in service, the first by their codes."""
    rows = [row for row in reading.cabinets(office.session) if row.active][:most]
    return [
        Provision(
            keys=line.device_keys(office, row.id),
            doors=max((one.door for one in reading.compartments(office.session, row.id)), default=1),
            name=row.name,
        )
        for row in rows
    ]


def written(keys: Keys) -> str:
    """The newest line key and the lock key, as the agent and whoever sets up a cabinet read them."""
    number = max(keys.accepted)
    made = {"serial": keys.cabinet, "key": number, "line": keys.accepted[number].hex(), "lock": keys.lock.hex()}
    return json.dumps(made)
