"""What can be changed of a destination while tickets are on their way there; its code and its way stay."""

from dataclasses import replace

from bot.errors import OperatorError
from bot.rules.forwarding import destinations
from bot.rules.forwarding.destinations import Draft
from bot.rules.office import Office
from bot.store import forwarding
from bot.store.forwarding import Destination, Way


def change(office: Office, code: str, wanted: Draft) -> Destination:
    """Change it; what waits goes by the new terms, and an empty secret leaves the one that is kept.

    Raises OperatorError with what is wrong about it.
    """
    row = forwarding.destination(office.session, code)
    if row is None or not row.active:
        raise OperatorError(f"there is no destination {code} in use")
    kept = office.seal.open(row.secret) if row.secret else ""
    destinations.check(
        replace(wanted, code=code, way=Way(row.way), secret=wanted.secret or kept, services=row.services)
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
