"""Letters by SMTP: their Message-ID is made of our reference, so that a mailbox knows the same letter again."""

import asyncio
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from urllib.parse import unquote, urlsplit

import aiosmtplib

from bot.rules.forwarding.values import Accepted, Failed, Job, Outcome
from bot.wording import forwarding as say

SECONDS = 30.0
ID_HOST = "forwarding.weizhan"
_HERE = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True, slots=True)
class Mailbox:
    """`smtp://USER@HOST:PORT/TO`, or `smtps://` for TLS from the first byte; the user is percent-encoded."""

    host: str
    port: int
    user: str
    to: str
    tls: bool

    @classmethod
    def of(cls, address: str) -> "Mailbox":
        server, _, to = address.rpartition("/")
        parts = urlsplit(server)
        tls = parts.scheme == "smtps"
        return cls(parts.hostname or "", parts.port or (465 if tls else 587), unquote(parts.username or ""), to, tls)

    @property
    def sender(self) -> str:
        return self.user if "@" in self.user else f"weizhan@{self.to.partition('@')[2]}"


class Letters:
    """Sends jobs as letters. Nobody can be asked whether one arrived: the same Message-ID goes out again."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds

    async def send(self, job: Job) -> Outcome:
        """One letter, accepted once the server took it."""
        box = Mailbox.of(job.target.address)
        secret = job.target.secret
        must_be_safe = bool(secret) and not box.tls and box.host not in _HERE
        try:
            async with asyncio.timeout(self._seconds):
                await aiosmtplib.send(
                    written(job, box),
                    sender=box.sender,
                    recipients=[box.to],
                    hostname=box.host,
                    port=box.port,
                    username=box.user if secret else None,
                    password=secret or None,
                    use_tls=box.tls,
                    start_tls=True if must_be_safe else None,
                )
        except aiosmtplib.SMTPConnectError as error:
            return Failed(f"cannot be reached: {error}"[:200])
        except aiosmtplib.SMTPResponseException as error:
            return Failed(f"answered {error.code}: {error.message}"[:200])
        except (aiosmtplib.SMTPException, OSError, TimeoutError) as error:
            return Failed(f"no answer: {type(error).__name__}", unsure=True)
        return Accepted(job.external_id if job.update else message_id(job.record.reference, job.target.code))


def written(job: Job, box: Mailbox) -> EmailMessage:
    """The letter of a job; an update refers to the letter of its ticket."""
    letter = EmailMessage(policy=SMTP)
    letter["Message-ID"] = message_id(job.key, job.target.code)
    letter["From"] = Address(addr_spec=box.sender)
    letter["To"] = Address(addr_spec=box.to)
    letter["Date"] = job.update.at if job.update else job.record.opened_at
    letter["Subject"] = " ".join(say.subject(job.record, job.update).split())
    if job.update:
        letter["In-Reply-To"] = letter["References"] = message_id(job.record.reference, job.target.code)
    letter.set_content(say.letter(job.record, job.update))
    return letter


def message_id(key: str, code: str) -> str:
    """The name of a letter, the same whenever it is sent."""
    return f"<{key}.{code}@{ID_HOST}>"
