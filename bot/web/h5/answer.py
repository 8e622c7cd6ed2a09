"""The whole of an answer that was too long for the group assistant's chat, for whoever reads it there."""

import asyncio

from aiohttp import web

from bot.rules import assistant
from bot.web.h5.page import View
from bot.web.h5.serve import PATH, Front


def add_answers(app: web.Application, front: Front) -> None:
    """Serve `/h5/answer/{name}`: the name is signed, and good for a day."""

    async def page(request: web.Request) -> web.StreamResponse:
        name = request.match_info["name"]
        reply = await asyncio.wrap_future(front.desk.run(lambda session: assistant.whole(front.office(session), name)))
        if reply is None:
            return front.page(View("error.html", {"kind": "not_there", "words": ""}, status=404), request)
        return front.page(View("answer.html", {"words": reply.text, "choices": list(reply.choices)}), request)

    app.router.add_get(f"{PATH}/answer/{{name}}", page)
