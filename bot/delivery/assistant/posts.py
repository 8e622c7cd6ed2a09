"""What is to be written in groups of enrolled members, by the assistant's line. Source: docs/wecom-bot.md."""

from datetime import timedelta

from bot.channels.answer import NOT_KNOWN, Answer, Reaction
from bot.channels.pieces import pieces
from bot.channels.wecom_bot.outgoing import MOST_BYTES, markdown, safe
from bot.delivery.assistant.members import Pushes
from bot.rules.group import Content, Failed, Job, Later, Markdown, Outcome, Pieces, Room, Sent, Unsure, as_markdown
from bot.store.group import GroupKind

NO_CHAT = "the group's chat id is not known: have somebody speak to the assistant there, and enter it"
A_MINUTE = timedelta(minutes=1)
CLOSED = (Reaction.GONE, Reaction.HOLD)  # nothing will go there until somebody mends it


class AssistantPosts:
    """Writes where somebody has spoken to the assistant before; `ready` says whether this server has the line."""

    kinds = frozenset({GroupKind.MEMBERS_INTERNAL})

    def __init__(self, line: Pushes) -> None:
        self._line = line

    @property
    def ready(self) -> bool:
        return self._line.ready

    async def open(self) -> None:
        """The line is a worker of its own."""

    async def close(self) -> None:
        """The line is a worker of its own."""

    def split(self, _room: Room, content: Content) -> Pieces:
        return [Markdown(part) for part in pieces(safe(as_markdown(content)), MOST_BYTES)]

    async def send(self, job: Job) -> Outcome:
        if job.room.chat_id is None:
            return Failed(NO_CHAT, closes_group=True)
        return outcome(await self._line.push(job.room.chat_id, markdown(as_markdown(job.content)), group=True))


def outcome(answer: Answer) -> Outcome:
    """What became of a message, by the platform's answer."""
    reason = f"{answer.errcode.code} {answer.errcode.meaning}"
    if answer.ok:
        return Sent()
    if answer.errcode.code == NOT_KNOWN:
        return Unsure(reason)
    if answer.errcode.reaction in CLOSED:
        return Failed(reason, closes_group=True)
    if answer.errcode.reaction is Reaction.MINUTE:
        return Later(reason, A_MINUTE)
    return Failed(reason) if answer.errcode.reaction is Reaction.BUG else Later(reason)
