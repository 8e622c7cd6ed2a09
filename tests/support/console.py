"""The back office running for a test, and the people who use it with their browsers."""

from __future__ import annotations

import asyncio
import html
import io
import re
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Self, cast

from aiohttp import ClientResponse, ClientSession, CookieJar, FormData, web
from sqlmodel import col, select

from bot.channels.answer import Answer, Errcode, Reaction
from bot.desk import Desk
from bot.nlu import Understander
from bot.nlu.current import Current
from bot.rules.office import Office
from bot.samples import staff as sample
from bot.store import Session, Store, transaction
from bot.store.audit import Audit
from bot.store.staff import Staff
from bot.web.code import CodeFor
from bot.web.console import add_console
from bot.web.guards import Gate
from tests.support.town import CHENGDU, Town

PASSWORD = "a-long-watchword"
TOKEN = re.compile(r'name="_token" value="([0-9a-f]{64})"')


def take_on(session: Session, now: datetime) -> None:
    """The sample accounts, with that password."""
    sample.fill(session, now, PASSWORD)


@dataclass
class House:
    """The back office over a town; its wall clock stands until it is moved."""

    town: Town
    root: str = ""
    wall: datetime = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
    public_url: str = ""
    code_for: CodeFor | None = None
    desk: Desk = field(init=False)

    @property
    def store(self) -> Store:
        return self.town.store

    @property
    def known(self) -> Current:
        """What the assistant knows; where the town's own does not change, what it knew at first."""
        knowledge = self.town.talk.knowledge
        return knowledge if isinstance(knowledge, Current) else Current(cast(Understander, knowledge))

    def office(self, session: Session) -> Office:
        return Office(session, self.town.talk.seal, CHENGDU, self.town.now)

    def passes(self, **time: float) -> None:
        """Time passes for sessions and tickets alike."""
        self.wall += timedelta(**time)
        self.town.passes(**time)

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        with transaction(self.store) as session:
            yield session

    def application(self) -> web.Application:
        app = web.Application(client_max_size=64 * 1024)
        gate = Gate(self.town.talk.seal, self.public_url)
        add_console(
            app,
            run=self.desk.run,
            office=self.office,
            wall=lambda: self.wall,
            gate=gate,
            known=self.known,
            code_for=self._code,
            pulse_seconds=0.05,
        )
        return app

    async def _code(self, scene: str, seconds: int) -> Answer:
        """The account's code, as a test has said; without a word the platform gives none."""
        return await self.code_for(scene, seconds) if self.code_for else Answer(Errcode(48001, "", Reaction.ALERT))

    async def __aenter__(self) -> Self:
        door = socket.create_server(("127.0.0.1", 0))
        self.root = f"http://127.0.0.1:{door.getsockname()[1]}"
        self.is_at(self.root)
        self.desk = Desk(self.store, self.town.talk, lambda _slips: None)
        self.desk.open()
        self.runner = web.AppRunner(self.application(), access_log=None, shutdown_timeout=1.0)
        await self.runner.setup()
        await web.SockSite(self.runner, door).start()
        return self

    def is_at(self, root: str) -> None:
        """Its address is known, and nothing is built yet."""

    async def __aexit__(self, *_: object) -> None:
        await self.runner.cleanup()
        await asyncio.to_thread(self.desk.close)

    def account(self, login: str) -> Staff:
        with self.transaction() as session:
            return session.scalars(select(Staff).where(col(Staff.login) == login)).one()

    def change(self, login: str, **values: object) -> None:
        """An administrator changes an account."""
        with self.transaction() as session:
            row = session.scalars(select(Staff).where(col(Staff.login) == login)).one()
            for name, value in values.items():
                setattr(row, name, value)
            session.add(row)

    def acts(self, what: str = "") -> list[str]:
        """What the audit has, as `login what subject`."""
        with self.transaction() as session:
            logins = {row.id: row.login for row in session.scalars(select(Staff))}
            rows = session.scalars(select(Audit).order_by(col(Audit.id)))
            found = [
                f"{logins.get(row.staff_id, '-') if row.staff_id else '-'} {row.what} {row.subject}" for row in rows
            ]
        return [one for one in found if what in one]


@dataclass
class Browser:
    """One browser of one person."""

    house: House
    http: ClientSession
    page: str = ""
    status: int = 0
    at: str = ""
    token: str = ""  # of the last page that had one
    response: ClientResponse | None = None

    @property
    def words(self) -> str:
        """The page as it is read, without its marks."""
        body = re.sub(r"<(script|style|svg).*?</\1>", "", self.page, flags=re.S)
        return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())

    async def opens(self, path: str, **headers: str) -> str:
        """Go to an address; returns the words on the page."""
        async with self.http.get(self.house.root + path, headers=headers) as response:
            return await self._read(response)

    async def sends(self, path: str, form: Mapping[str, str] | None = None, /, **headers: str) -> str:
        """Send a form as a page of ours would, with its token."""
        given = {"_token": self.token, **(form or {})}
        sent = {"Origin": self.house.root, "Sec-Fetch-Site": "same-origin", **headers}
        async with self.http.post(self.house.root + path, data=given, headers=sent) as response:
            return await self._read(response)

    async def uploads(self, path: str, name: str, body: bytes, form: Mapping[str, str] | None = None) -> str:
        """Send a form with a file as a page of ours would."""
        data = FormData({"_token": self.token, **(form or {})}, default_to_multipart=True)
        data.add_field("file", io.BytesIO(body), filename=name)
        sent = {"Origin": self.house.root, "Sec-Fetch-Site": "same-origin"}
        async with self.http.post(self.house.root + path, data=data, headers=sent) as response:
            return await self._read(response)

    async def fetches(self, path: str) -> bytes:
        """The bytes of a file to keep."""
        async with self.http.get(self.house.root + path) as response:
            self.status = response.status
            return await response.read()

    async def signs_in(self, login: str, password: str = PASSWORD, to: str = "") -> str:
        return await self.sends("/console/sign-in", {"login": login, "password": password, "next": to})

    async def _read(self, response: ClientResponse) -> str:
        self.response = response
        self.status, self.at = response.status, response.url.path
        self.page = await response.text() if response.content_type.startswith("text/") else ""
        found = TOKEN.search(self.page)
        self.token = found[1] if found else self.token
        return self.words


def new_browser(house: House) -> Browser:
    return Browser(house, ClientSession(cookie_jar=CookieJar(unsafe=True)))
