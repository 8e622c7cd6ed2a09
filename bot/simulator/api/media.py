"""Temporary media: upload and download."""

from __future__ import annotations

from bot.simulator.api.call import Answer, Blob, Call, Endpoint
from bot.simulator.errors import PlatformError
from bot.simulator.replies import media_path

_ENDINGS = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "audio/amr": "amr", "audio/mpeg": "mp3"}


def upload(call: Call) -> Answer:
    """The file's id under the name its type has."""
    if call.upload is None:
        raise PlatformError(41005)
    media = call.world.media.upload(call.query.get("type", ""), call.upload, call.now)
    name = "thumb_media_id" if media.kind == "thumb" else "media_id"
    return {"type": media.kind, name: media.id, "created_at": int(media.made_at.timestamp())}


def get(call: Call) -> Answer:
    """The file, or for a film the address of one."""
    media_id = call.query.get("media_id", "")
    if not media_id:
        raise PlatformError(41006)
    media = call.world.media.get(media_id, call.now)
    if media.kind == "video":
        return {"video_url": call.world.root_url + media_path(media.id)}
    return Blob(media.data, media.content_type, f"{media.id}.{_ENDINGS.get(media.content_type, 'bin')}")


ENDPOINTS = {
    "/cgi-bin/media/upload": Endpoint(upload, quota="media_upload", needs_verified=True),
    "/cgi-bin/media/get": Endpoint(get, "GET", quota="media_get", needs_verified=True),
}
