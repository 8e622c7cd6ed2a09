"""A job as the fields of a GeoReport v2 form, and their answers as what they mean."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.channels.back_office.open311.states import WIDE, stage_of
from bot.channels.back_office.open311.wire import Row, moment, text
from bot.rules.forwarding.values import Accepted, Job, News, Record, Stage, Target, Update
from bot.wording import forwarding as say


def request_form(job: Job) -> dict[str, str]:
    """The fields of POST requests; name and phone are there only where the resident agreed."""
    record = job.record
    form = {
        **asked_by(job.target),
        "service_code": record.service,
        "address_string": say.where(record),
        "description": say.description(record),
        "attribute[reference]": record.reference,
        "attribute[urgency]": record.urgency.value,
    }
    if record.point is not None:
        form |= {"lat": f"{record.point.lat:.6f}", "long": f"{record.point.lon:.6f}"}
    if record.contact is not None:
        form |= {"first_name": record.contact.name, "phone": record.contact.phone}
    return form


def update_form(job: Job, update: Update) -> dict[str, str]:
    """The fields of POST servicerequestupdates."""
    return {
        **asked_by(job.target),
        "service_request_id": job.external_id,
        "update_id": update.update_id,
        "updated_datetime": update.at.isoformat(timespec="seconds"),
        "status": WIDE[update.stage],
        "external_status_code": update.stage.value,
        "description": say.updated(update),
        "attribute[reference]": job.record.reference,
    }


def asked_by(target: Target) -> dict[str, str]:
    """Who asks, and of which of their jurisdictions."""
    fields = {"api_key": target.secret, "jurisdiction_id": target.jurisdiction}
    return {name: value for name, value in fields.items() if value}


def taken(rows: Sequence[Row], *, found: bool = False) -> Accepted:
    """What their yes says: an id, a token, or neither."""
    first: Row = rows[0] if rows else {}
    return Accepted(text(first, "service_request_id")[:120], text(first, "token")[:120], found)


def ours(rows: Sequence[Row], record: Record) -> Row | None:
    """The request that carries our reference, as an attribute or as the first line of its description."""
    return next((row for row in rows if _reference(row) == record.reference), None)


def said_no(rows: Sequence[Row]) -> str:
    """Code and description of an error."""
    first: Row = rows[0] if rows else {}
    return " ".join(filter(None, (text(first, "code"), text(first, "description"))))


def news_of(row: Row, target: Target) -> tuple[str, News] | None:
    """An update of theirs with the id of its request; None where one of the two is missing."""
    request, update_id = text(row, "service_request_id"), text(row, "update_id")
    at = moment(text(row, "updated_datetime"))
    if not request or not update_id or at is None:
        return None
    status, code = text(row, "status"), text(row, "external_status_code")
    return request, _news(target, update_id, code or status, stage_of(status, code), at, text(row, "description"))


def state_of(row: Row, target: Target) -> tuple[str, News] | None:
    """The state of a request of theirs as news; None where it has no id."""
    request, status = text(row, "service_request_id"), text(row, "status")
    at = moment(text(row, "updated_datetime", "requested_datetime"))
    if not request or not status or at is None:
        return None
    update_id = f"{request}:{status}:{at.isoformat()}"
    return request, _news(target, update_id, status, stage_of(status), at, text(row, "status_notes"))


def _news(target: Target, update_id: str, status: str, stage: Stage | None, at: datetime, said: str) -> News:
    sentence = say.heard(target.title, stage, said) if stage else ""
    return News(update_id[:160], status, stage, at, sentence, said)


def _reference(row: Row) -> str:
    inside = row.get("extended_attributes") or row.get("attributes")
    named = text(inside, "reference") if isinstance(inside, Mapping) else ""
    first_line = text(row, "description").split("\n", 1)[0].strip()
    return named or text(row, "reference") or first_line
