"""The QR code on a cabinet: whoever scans it stands there, and goes on with what they were about to do."""

from bot.handlers.locker import common, fetch, store
from bot.messages import Reply
from bot.router import Router, Turn
from bot.rules.locker import pickup, presence
from bot.rules.locker.presence import How
from bot.wording.locker import chat as say

router = Router()


@router.scene("locker")
def scanned(turn: Turn) -> Reply:
    """`locker-G0001`, or with the digits of its display `locker-G0001-3856`."""
    scene = turn.message.event_key.partition("-")[2]
    cabinet = presence.scanned(turn.office, scene)
    if cabinet is None or turn.overheard:
        return Reply(say.UNKNOWN_SCENE)
    presence.prove(turn.office, turn.resident_id, cabinet, How.SCAN)
    parcel_id = common.kept(turn, "parcel")
    if turn.asked == common.PROVE and parcel_id is not None:
        return fetch.attempt(turn, parcel_id, code=common.said(turn, "code"))
    if turn.asked == common.WHERE:
        return fetch.with_code(turn, common.said(turn, "code"))
    if turn.asked == common.PUT:
        return store.at_cabinet(turn, cabinet)
    things = [one for one in pickup.waiting(turn.office, turn.resident_id) if one.cabinet_id == cabinet.id]
    choices = {say.label(one): str(one.parcel_id) for one in things}
    text = (say.SCANNED if things else say.SCANNED_EMPTY).format(place=cabinet.name)
    return Reply(text, common.WHICH, {**choices, say.STORE: "action:store_parcel"})
