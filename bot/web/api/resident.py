"""Residents for a mini-program's server: a token with which it speaks for one of them."""

from pydantic import BaseModel, Field

from bot.rules import api
from bot.rules.link import LASTS, Purpose
from bot.web.api.operation import Access, Call, Operations, Shape

operations = Operations("residents")


class Who(Shape):
    """A person as a channel names them, such as the openid in a mini-program."""

    channel: str = Field(default="mini_program", pattern=r"^[a-z_]{1,32}$")
    sender: str = Field(min_length=1, max_length=64)


class Token(BaseModel):
    """What goes into `Authorization: Bearer …` for that resident's own things."""

    token: str
    seconds: int


@operations.post(
    "/residents/token",
    access=Access.CLIENT,
    summary="A token for one resident",
    answer=Token,
    body=Who,
    status=201,
)
def token(call: Call) -> Token:
    who: Who = call.body
    made = api.token_for(call.office, channel=who.channel, sender=who.sender)
    return Token(token=made, seconds=int(LASTS[Purpose.API].total_seconds()))
