"""The API side of the platform: a table of endpoints, each a plain function over the world."""

from __future__ import annotations

from collections.abc import Mapping

from bot.simulator.api import code, mass, media, menu, message, notice, token, user, web
from bot.simulator.api.call import Endpoint

ENDPOINTS: Mapping[str, Endpoint] = {
    **token.ENDPOINTS,
    **message.ENDPOINTS,
    **menu.ENDPOINTS,
    **notice.ENDPOINTS,
    **media.ENDPOINTS,
    **code.ENDPOINTS,
    **user.ENDPOINTS,
    **mass.ENDPOINTS,
    **web.ENDPOINTS,
}
