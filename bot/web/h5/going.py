"""Out of a group and on in private: the account's code that carries what was said, customer service, words to copy."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TypeVar

from aiohttp import web

from bot.errors import Refusal
from bot.rules import group, kf
from bot.rules.group import Said
from bot.rules.office import Office
from bot.web.code import CodeFor, address_of, drawn
from bot.web.h5.page import View
from bot.web.h5.serve import PATH, Front
from bot.wording import explain

T = TypeVar("T")
PAUSE_SECONDS = 60.0  # after a code that could not be had


@dataclass(slots=True)
class Going:
    """Serves `/h5/go/{token}`. The code is asked of the platform once for each link, outside of any transaction."""

    front: Front
    code_for: CodeFor | None = None
    _not_before: float = 0.0
    _asking: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def page(self, request: web.Request) -> web.StreamResponse:
        token = request.match_info["token"]
        try:
            said, service = await self._do(lambda office: (group.said(office, token), _service(office, token)))
            said = await self._with_code(token, said)
        except Refusal as refusal:
            view = View("error.html", {"kind": "refused", "words": explain(refusal)}, status=410)
            return self.front.page(view, request)
        picture = await asyncio.to_thread(drawn, said.code) if said.code else ""
        facts = {"words": said.words, "group": said.group, "picture": picture, "service": service}
        return self.front.page(View("go.html", facts), request)

    async def _with_code(self, token: str, said: Said) -> Said:
        """With the address that the platform's code stands for; without it where none can be had.

        Who has waited while somebody else asked finds what came of it. Raises a refusal for a link used meanwhile.
        """
        clock = asyncio.get_running_loop().time
        if said.code or self.code_for is None:
            return said
        async with self._asking:
            said = await self._do(lambda office: group.said(office, token))
            if said.code or clock() < self._not_before:
                return said
            seconds = max(int((said.until - self.front.now()) / timedelta(seconds=1)), 60)
            answer = await self.code_for(group.scene_of(token), seconds)
            address = address_of(answer)
            if not address:
                self._not_before = clock() + PAUSE_SECONDS
                return said
            await self._do(lambda office: group.keep_code(office, token, address))
            return replace(said, code=address)

    async def _do(self, work: Callable[[Office], T]) -> T:
        return await asyncio.wrap_future(self.front.desk.run(lambda session: work(self.front.office(session))))


def _service(office: Office, token: str) -> str:
    """Customer service, told by the same scene what is carried; "" where there is none."""
    return kf.link(office, group.scene_of(token))


def add_going(app: web.Application, front: Front, code_for: CodeFor | None = None) -> None:
    """Serve the link; without `code_for` the page has no code to scan."""
    app.router.add_get(f"{PATH}/go/{{token}}", Going(front, code_for).page)
