"""Our values as the rows of GeoReport v2."""

from datetime import datetime

from bot.channels.back_office.open311.states import WIDE
from bot.nlu.kinds import Trouble
from bot.rules.forwarding.values import Stage
from bot.rules.open311.reading import Happened, Shown
from bot.wording import forwarding as say
from bot.wording.ticket import TROUBLES

Row = dict[str, object]
SPECIFICATION = "http://wiki.open311.org/GeoReport_v2"
CHANGED = "2026-11-22T00:00:00+08:00"


def service(trouble: Trouble) -> Row:
    return {
        "service_code": trouble.value,
        "service_name": TROUBLES[trouble],
        "description": TROUBLES[trouble],
        "metadata": True,
        "type": "realtime",
        "keywords": trouble.value,
        "group": say.SERVICES,
    }


def definition(trouble: Trouble) -> Row:
    """What one may tell with a request of this kind."""
    attribute: Row = {
        "variable": True,
        "code": "reference",
        "datatype": "string",
        "required": False,
        "datatype_description": "up to 120 characters, your own name for the request; the same one is the same request",
        "order": 1,
        "description": say.REFERENCE,
    }
    return {"service_code": trouble.value, "attributes": [attribute]}


def request(one: Shown) -> Row:
    record = one.record
    row: Row = {
        "service_request_id": record.number,
        "status": "open" if one.is_open else "closed",
        "status_notes": say.STAGES[record.stage],
        "service_name": TROUBLES[record.trouble],
        "service_code": record.trouble.value,
        "description": record.words,
        "agency_responsible": one.holder,
        "requested_datetime": _at(record.opened_at),
        "updated_datetime": _at(one.changed_at),
        "expected_datetime": _at(one.due) if one.due else None,
        "address": say.where(record),
        "lat": round(record.point.lat, 6) if record.point else None,
        "long": round(record.point.lon, 6) if record.point else None,
        "media_url": None,
        "extended_attributes": {
            "reference": record.number,
            "external_status_code": record.stage.value,
            "urgency": record.urgency.value,
        },
    }
    return row


def update(one: Happened) -> Row:
    return {
        "update_id": one.update_id,
        "service_request_id": one.number,
        "updated_datetime": _at(one.at),
        "status": WIDE[one.stage],
        "external_status_code": one.stage.value,
        "description": one.said or say.STAGES[one.stage],
        "media_url": None,
    }


def taken(number: str) -> Row:
    return {"service_request_id": number, "service_notice": say.STAGES[Stage.RECEIVED], "account_id": None}


def endpoints(base: str) -> Row:
    """GeoReport's service discovery."""
    formats = ["application/json", "text/xml"]
    return {
        "changeset": CHANGED,
        "endpoints": [{"specification": SPECIFICATION, "url": base, "changeset": CHANGED, "type": "production",
                       "formats": formats}],
    }  # fmt: skip


def _at(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
