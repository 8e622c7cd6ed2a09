"""What can be changed of a destination while tickets are on their way there; its code and its way stay."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.errors import OperatorError
from bot.rules.forwarding import destinations
from bot.rules.forwarding.destinations import Draft
from bot.rules.office import Office
from bot.store import forwarding
from bot.store.forwarding import Destination, Form, Way


@dataclass(frozen=True, slots=True)
class Changed:
    """A destination as it is to be; an empty secret leaves the one that is kept."""

    title: str
    address: str
    secret: str = field(default="", repr=False)
    jurisdiction: str = ""
    form: Form = Form.JSON
    talks: bool = False
    within: str = ""
    kinds: Sequence[str] = ()
    contact_leaves: bool = False
    words_leave: bool = False


def change(office: Office, code: str, wanted: Changed) -> Destination:
    """Change it; what waits goes by the new terms. Raises OperatorError with what is wrong about it."""
    row = forwarding.destination(office.session, code)
    if row is None or not row.active:
        raise OperatorError(f"there is no destination {code} in use")
    kept = office.seal.open(row.secret) if row.secret else ""
    destinations.check(
        Draft(
            code=code,
            title=wanted.title,
            way=Way(row.way),
            address=wanted.address,
            secret=wanted.secret or kept,
            kinds=wanted.kinds,
            services=row.services,
        )
    )
    row.title, row.address, row.jurisdiction = wanted.title, wanted.address, wanted.jurisdiction
    row.form, row.talks, row.kinds = wanted.form.value, wanted.talks, list(wanted.kinds)
    row.contact_leaves, row.words_leave = wanted.contact_leaves, wanted.words_leave
    row.area_id = destinations.area_of(office, wanted.within) if wanted.within else None
    if wanted.secret:
        row.secret = office.seal.close(wanted.secret)
    office.session.add(row)
    office.session.flush()
    return row
