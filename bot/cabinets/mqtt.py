"""The carrier for large fleets: an MQTT broker between the cabinets and the server's workers.

Every worker is a member of one shared subscription, so each message comes to one of them. A cabinet sends its next
message when the last was taken, so its messages stay in order whichever worker they come to, and what a broker or a
worker loses on the way is sent again.
"""

import asyncio
import logging
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from secrets import randbelow
from urllib.parse import unquote, urlsplit

import aiomqtt
import structlog

from bot.cabinets.counter import Heard, Incoming, take_all
from bot.cabinets.dispatch import Dispatcher, OfficeOf
from bot.cabinets.protocol import MOST_BYTES
from bot.errors import OperatorError
from bot.store import Session
from bot.store.runs import Runs

log = structlog.get_logger()
_QUIET = logging.getLogger("bot.cabinets.mqtt")
_QUIET.setLevel(logging.ERROR)  # that many messages are on their way at once is no news
TOPICS = "weizhan/cabinets"
SHARED = f"$share/weizhan/{TOPICS}/+/up"
QOS = 1
BATCH = 200
MOST_WAITING = 10_000  # messages; a cabinet sends again what is dropped here
BACK_OFF = (1.0, 2.0, 5.0, 10.0, 30.0)
PUBLISH_SECONDS = 5.0
HERE = ("localhost", "127.0.0.1", "::1")
Told = Callable[[Heard], None]


@dataclass(frozen=True, slots=True)
class Broker:
    """Where the broker is, and who we are there."""

    host: str
    port: int
    username: str | None
    password: str | None
    tls: bool


def broker_of(url: str) -> Broker:
    """The broker of `mqtt://USER:PASSWORD@HOST:PORT` or `mqtts://…`. Raises OperatorError."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    if parts.scheme not in ("mqtt", "mqtts") or not parts.hostname:
        raise OperatorError("WEIZHAN_MQTT_URL must be mqtts://USER:PASSWORD@HOST:8883 (or mqtt:// inside one machine)")
    tls = parts.scheme == "mqtts"
    if not tls and parts.hostname not in HERE:
        raise OperatorError("WEIZHAN_MQTT_URL must begin with mqtts://: mqtt:// is readable by anybody on the way")
    return Broker(
        parts.hostname,
        port or (8883 if tls else 1883),
        unquote(parts.username) if parts.username else None,
        unquote(parts.password) if parts.password else None,
        tls,
    )


class Gateway:
    """Stays connected to the broker; what cabinets publish goes to the desk in batches, what is to be said goes out."""

    def __init__(self, broker: Broker, desk: Runs, office: OfficeOf, dispatcher: Dispatcher, told: Told) -> None:
        self._broker = broker
        self._desk = desk
        self._office = office
        self._dispatcher = dispatcher
        self._told = told
        self._stop = asyncio.Event()
        self._failures = 0

    @property
    def connected(self) -> bool:
        return self._dispatcher.publish is not None

    def stop(self) -> None:
        self._stop.set()

    async def run(self) -> None:
        """Connect, and connect again with growing pauses, until told to stop."""
        while not self._stop.is_set():
            session = asyncio.create_task(self._session())
            stop = asyncio.create_task(self._stop.wait())
            await asyncio.wait((session, stop), return_when=asyncio.FIRST_COMPLETED)
            stop.cancel()
            if not session.done():
                session.cancel()
            [error] = await asyncio.gather(session, return_exceptions=True)
            self._dispatcher.publish = None
            if self._stop.is_set():
                return
            self._complain(error)
            await self._pause()

    async def _session(self) -> None:
        """One connection, until it breaks."""
        async with self._client() as client:
            await client.subscribe(SHARED, qos=QOS)
            self._failures = 0
            self._dispatcher.publish = partial(self._publish, client)
            self._dispatcher.wake()
            log.info("broker connected", host=self._broker.host)
            waiting: asyncio.Queue[Incoming] = asyncio.Queue(MOST_WAITING)
            reading = asyncio.create_task(self._read(client, waiting))
            taking = asyncio.create_task(self._take(client, waiting))
            try:
                done, _ = await asyncio.wait((reading, taking), return_when=asyncio.FIRST_COMPLETED)
                for task in done:
                    task.result()
            finally:
                reading.cancel()
                taking.cancel()
                await asyncio.gather(reading, taking, return_exceptions=True)

    async def _read(self, client: aiomqtt.Client, waiting: "asyncio.Queue[Incoming]") -> None:
        async for message in client.messages:
            serial = message.topic.value.removeprefix(f"{TOPICS}/").removesuffix("/up")
            try:
                waiting.put_nowait(Incoming(serial, bytes(message.payload[: MOST_BYTES + 1])))
            except asyncio.QueueFull:
                log.warning("cabinet message dropped", waiting=waiting.qsize())

    async def _take(self, client: aiomqtt.Client, waiting: "asyncio.Queue[Incoming]") -> None:
        while True:
            batch = [await waiting.get()]
            while len(batch) < BATCH and not waiting.empty():
                batch.append(waiting.get_nowait())
            answers = []
            for heard in await self._heard(batch):
                self._told(heard)
                answers += [self._publish(client, heard.serial, letter) for letter in heard.letters]
            await asyncio.gather(*answers)  # each is on its way, in this order, before the first is waited for

    async def _heard(self, batch: list[Incoming]) -> list[Heard]:
        """What came of them. A batch that the database will not take is dropped: the cabinets send again."""

        def work(session: Session) -> list[Heard]:
            return take_all(self._office(session), batch)

        try:
            return await asyncio.wrap_future(self._desk.run(work))
        except Exception:  # whatever the database says
            log.exception("cabinet messages not taken", many=len(batch))
            return []

    async def _publish(self, client: aiomqtt.Client, serial: str, letter: str) -> bool:
        """Whether the broker has it. A connection that broke is noticed by the reader, too."""
        try:
            await client.publish(f"{TOPICS}/{serial}/down", letter, qos=QOS, timeout=PUBLISH_SECONDS)
        except aiomqtt.MqttError:
            return False
        return True

    def _client(self) -> aiomqtt.Client:
        broker = self._broker
        return aiomqtt.Client(
            broker.host,
            broker.port,
            username=broker.username,
            password=broker.password,
            protocol=aiomqtt.ProtocolVersion.V5,
            tls_context=ssl.create_default_context() if broker.tls else None,
            timeout=PUBLISH_SECONDS,
            keepalive=60,
            logger=_QUIET,
            socket_options=[(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)],  # small messages shall not wait
        )

    def _complain(self, error: object) -> None:
        log.warning("broker away", host=self._broker.host, reason=str(error)[:120], tries=self._failures + 1)

    async def _pause(self) -> None:
        """A little longer each time, and not all workers at once."""
        seconds = BACK_OFF[min(self._failures, len(BACK_OFF) - 1)] * (0.5 + randbelow(1000) / 1000)
        self._failures += 1
        try:
            await asyncio.wait_for(self._stop.wait(), seconds)
        except TimeoutError:
            return
