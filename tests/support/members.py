"""A roster to test with: branches and members of the Party, by roles and with fictitious numbers."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

from bot.rules import member
from bot.rules.member import Entry
from bot.rules.office import Office
from bot.store import member as rows
from bot.store import transaction
from bot.store.member import MemberState, PartyMember
from tests.support.town import CHENGDU, Town

BRANCH = "ZB1"


@dataclass
class Roster:
    """The roster of a town."""

    town: Town

    @contextmanager
    def office(self) -> Iterator[Office]:
        with transaction(self.town.store) as session:
            yield Office(session, self.town.talk.seal, CHENGDU, self.town.now)

    def has(self, code: str, name: str, phone: str = "", *, branch: str = BRANCH, **more: object) -> UUID:
        """Put somebody down; returns the member's id."""
        with self.office() as office:
            its = member.branch(office, branch, f"示例第{branch[-1]}支部", member.usual_area(office))
            return member.put(office, Entry(code, name, its.id, phone, **more)).id  # type: ignore[arg-type]

    def row(self, code: str) -> PartyMember:
        with self.office() as office:
            found = rows.coded(office.session, code)
            assert found is not None
            return found

    def invites(self, code: str) -> str:
        """Make a code for somebody; returns its scene."""
        row = self.row(code)
        with self.office() as office:
            return member.invite(office, row.id)

    def agrees(self, code: str) -> None:
        """The staff agree to who waits there."""
        row = self.row(code)
        assert row.claimed_by is not None
        with self.office() as office:
            member.agree(office, row.id, row.claimed_by)

    def refuses(self, code: str) -> None:
        row = self.row(code)
        assert row.claimed_by is not None
        with self.office() as office:
            member.refuse(office, row.id, row.claimed_by)

    def is_somebody(self, code: str, resident_id: UUID) -> None:
        """They are known in the chat already."""
        with self.office() as office:
            row = rows.coded(office.session, code)
            assert row is not None
            row.state, row.resident_id = MemberState.ACTIVE.value, resident_id
