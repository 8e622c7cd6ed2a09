"""What the platform reports of our own news: nobody reads an answer."""

import json
from collections.abc import Iterator, Mapping

from bot.messages import SILENCE, Reply
from bot.router import Router, Turn
from bot.rules import report

router = Router()
ARRIVED = "success"


@router.event("templatesendjobfinish")
def template_done(turn: Turn) -> Reply:
    said = turn.message.facts.get("Status", "")
    report.template_done(
        turn.office,
        resident_id=turn.resident_id,
        platform_id=turn.message.facts.get("MsgID", ""),
        arrived=said == ARRIVED,
        said=said,
    )
    return SILENCE


@router.event("subscribe_msg_popup_event")
@router.event("subscribe_msg_change_event")
def chosen(turn: Turn) -> Reply:
    """A yes in the pop-up is good for one notice; a no in it changes nothing, a no in the settings ends what was."""
    for row in _rows(turn):
        template_id, channel = row["TemplateId"], turn.message.channel
        if row.get("SubscribeStatusString") == "accept":
            report.agreed(turn.office, resident_id=turn.resident_id, channel=channel, template_id=template_id)
        elif turn.message.event == "subscribe_msg_change_event":
            report.refused(turn.office, resident_id=turn.resident_id, channel=channel, template_id=template_id)
    return SILENCE


@router.event("subscribe_msg_sent_event")
def notice_done(turn: Turn) -> Reply:
    for row in _rows(turn):
        report.subscription_done(
            turn.office,
            resident_id=turn.resident_id,
            channel=turn.message.channel,
            template_id=row["TemplateId"],
            platform_id=row.get("MsgID", ""),
            arrived=row.get("ErrorCode", "0") == "0",
            said=f"{row.get('ErrorCode', '')} {row.get('ErrorStatus', '')}",
        )
    return SILENCE


def _rows(turn: Turn) -> Iterator[Mapping[str, str]]:
    """A row for each template the event names."""
    for row in json.loads(turn.message.facts.get("Subscriptions", "[]")):
        if row.get("TemplateId"):
            yield row
