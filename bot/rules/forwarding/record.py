"""A ticket as one destination may read it: masked, with the place in its names and in WGS84."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.messages import Spot
from bot.nlu.kinds import Trouble
from bot.privacy import masked
from bot.rules import place
from bot.rules.forwarding.planning import STARTS
from bot.rules.forwarding.values import STAGE_AFTER, STAGES, Contact, Point, Record, Stage, Target, Update
from bot.rules.forwarding.wgs84 import wgs84
from bot.rules.office import Office
from bot.rules.place import Door
from bot.store import forwarding
from bot.store import ticket as tickets
from bot.store.forwarding import Destination, Form, ForwardStep, Way
from bot.store.ticket import State, Ticket, Urgency, What


@dataclass(frozen=True, slots=True)
class Terms:
    """What may leave, and under which codes. Without any word: masked, and nobody's contact."""

    services: Mapping[str, str] = field(default_factory=dict)
    words: bool = False
    contact: bool = False

    @classmethod
    def of(cls, destination: Destination) -> "Terms":
        return cls(destination.services, destination.words_leave, destination.contact_leaves)


def target(office: Office, destination: Destination) -> Target:
    """The destination with its secret opened."""
    return Target(
        code=destination.code,
        title=destination.title,
        way=Way(destination.way),
        address=destination.address,
        secret=office.seal.open(destination.secret) if destination.secret else "",
        jurisdiction=destination.jurisdiction,
        form=Form(destination.form),
        talks=destination.talks,
    )


def reference(ticket: Ticket, round_: int) -> str:
    """Our name for a ticket in a round: its number, and from the second round on that round as well."""
    return ticket.number if round_ == 1 else f"{ticket.number}-R{round_}"


def record(office: Office, ticket: Ticket, terms: Terms, *, step: ForwardStep | None = None, round_: int = 1) -> Record:
    """What somebody else reads of the ticket; of a new round also what was said when it was reopened."""
    door = Door(ticket.compound_id, ticket.building_id, ticket.unit)
    community = place.community_of(office.session, door)
    kept = office.seal.open_json(ticket.place) if ticket.place else {}
    words = [office.seal.open(ticket.words) if ticket.words else ""]
    if step is not None and step.what in STARTS:
        words.append(_said(office, ticket, step.step))
    return Record(
        reference=reference(ticket, round_),
        number=ticket.number,
        round=round_,
        trouble=Trouble(ticket.kind),
        service=terms.services.get(ticket.kind, ticket.kind),
        urgency=Urgency(ticket.urgency),
        stage=STAGES[State(ticket.state)],
        opened_at=ticket.created_at.astimezone(office.zone),
        words=_leaves(terms, "\n".join(filter(None, words))),
        community=community.name if community else "",
        place=_names(office, door),
        said_place=_leaves(terms, str(kept.get("said", ""))),
        point=_point(office, door, kept.get("spot")),
        contact=_contact(office, ticket) if terms.contact else None,
    )


def update(office: Office, ticket: Ticket, terms: Terms, step: ForwardStep) -> Update:
    """One thing that happened since."""
    what, history = What(step.what), tickets.history(office.session, ticket.id)
    stages = [STAGE_AFTER[What(line.what)] for line in history if line.step <= step.step and line.what in STAGE_AFTER]
    return Update(
        update_id=f"{ticket.number}-{step.step}",
        what=what,
        stage=stages[-1] if stages else Stage.RECEIVED,
        at=step.at.astimezone(office.zone),
        said=_leaves(terms, _said(office, ticket, step.step)),
        has_picture=bool(_facts(office, ticket, step.step).get("picture")),
    )


def _said(office: Office, ticket: Ticket, step: int) -> str:
    """What was said at a step of the history; nothing once the person was forgotten."""
    facts = _facts(office, ticket, step)
    return str(facts.get("said") or facts.get("note") or "")


def _facts(office: Office, ticket: Ticket, step: int) -> dict[str, object]:
    line = next((one for one in tickets.history(office.session, ticket.id) if one.step == step), None)
    return office.seal.open_json(line.facts) if line is not None and line.facts else {}


def _leaves(terms: Terms, words: str) -> str:
    return words if terms.words else masked(words)


def _names(office: Office, door: Door) -> str:
    """Compound and building by their names: the grid routes on that."""
    found = place.address(office.session, door)
    if found is None:
        return ""
    return " ".join(filter(None, (found.compound, found.number, found.door.unit)))


def _point(office: Office, door: Door, spot: object) -> Point | None:
    """The place the resident shared, else where the building stands."""
    if isinstance(spot, list) and len(spot) >= 2:
        return wgs84(Spot(float(spot[0]), float(spot[1])))
    charted = place.spot_of(office.session, door)
    return wgs84(charted) if charted else None


def _contact(office: Office, ticket: Ticket) -> Contact | None:
    """Whom to call, where the resident agreed that it leaves."""
    agreed = forwarding.consent(office.session, ticket.id)
    if agreed is None:
        return None
    kept = office.seal.open_json(agreed.contact)
    return Contact(str(kept.get("name", "")), str(kept.get("phone", "")))
