"""Answers to the address that came with the question, for a bot that is called at a URL of ours."""

from bot.channels.answer import Answer, Reaction
from bot.channels.caller import own_answer
from bot.channels.wecom_bot.outgoing import Body
from bot.channels.wecom_bot.response_url import ResponseUrl
from bot.rules.assistant import Late


class ByUrl:
    """Takes one message for each question."""

    ready = True

    def __init__(self, client: ResponseUrl) -> None:
        self._client = client

    async def send(self, late: Late, body: Body) -> Answer:
        if not late.response_url:
            return own_answer(40058, "the question came without an address", Reaction.BUG)
        return await self._client.post(late.response_url, body)
