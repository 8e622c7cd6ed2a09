"""The routes under `/api/v1/open311/`, each in a transaction of its own, in JSON and XML."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar

from aiohttp import web

from bot.channels.back_office.open311 import wire
from bot.nlu.kinds import Trouble
from bot.rules.office import Office
from bot.rules.open311 import asking, reading, taking
from bot.rules.open311.asking import NotServed, Scope
from bot.store import Session, forwarding, savepoint
from bot.store.forwarding import ApiKey
from bot.store.runs import Runs
from bot.web.api.open311 import reading as read
from bot.web.api.open311 import rows
from bot.web.api.open311.reading import Letter
from bot.web.bucket import Buckets

T = TypeVar("T")
ROOT = "/api/v1/open311"
BODY_SECONDS = 5.0
TYPES = {"json": "application/json", "xml": "text/xml"}
Handler = Callable[[web.Request], Awaitable[web.Response]]


@dataclass(frozen=True, slots=True)
class Answer:
    """Rows with the names of their XML elements; one row alone where `each` is empty."""

    rows: list[rows.Row]
    around: str
    each: str = ""
    status: int = 200

    def bytes_as(self, form: str) -> bytes:
        if not self.each:
            return wire.write_one(self.rows[0], form, around=self.around)
        return wire.write(self.rows, form, around=self.around, each=self.each)


Act = Callable[[Office, Letter], Answer]


class Open311:
    """Serves every station and community under its own code. `base` is its address, where that is known."""

    def __init__(self, *, desk: Runs, office: Callable[[Session], Office], base: str) -> None:
        self._desk = desk
        self._office = office
        self._base = base.rstrip("/")
        self._buckets = Buckets(size=120, a_second=20)

    def routes(self) -> list[web.RouteDef]:
        """All of them, in both forms."""
        form = r"{form:json|xml}"
        of = ROOT + "/{jurisdiction}"
        return [
            web.get(f"{ROOT}/discovery.{form}", self._served(self._discovery)),
            web.get(f"{of}/services.{form}", self._served(_services)),
            web.get(rf"{of}/services/{{subject:[\w-]+}}.{form}", self._served(_definition)),
            web.get(f"{of}/requests.{form}", self._served(_requests)),
            web.post(f"{of}/requests.{form}", self._served(_post)),
            web.get(rf"{of}/requests/{{subject:[\w-]+}}.{form}", self._served(_request)),
            web.get(rf"{of}/tokens/{{subject:[\w-]+}}.{form}", self._served(_token)),
            web.get(f"{of}/servicerequestupdates.{form}", self._served(_updates)),
            web.post(f"{of}/servicerequestupdates.{form}", self._served(_report)),
        ]

    def _served(self, act: Act) -> Handler:
        async def serve(request: web.Request) -> web.Response:
            form = request.match_info["form"]
            try:
                letter = await _letter(request)
                self._hold_back(letter, request)
                answer = await asyncio.wrap_future(self._desk.run(lambda session: self._settled(act, letter, session)))
            except NotServed as no:
                answer = no
            if isinstance(answer, NotServed):
                said: rows.Row = {"code": answer.status, "description": answer.reason}
                answer = Answer([said], "errors", "error", answer.status)
            return web.Response(
                body=answer.bytes_as(form), status=answer.status, content_type=TYPES[form], charset="utf-8"
            )

        return serve

    def _settled(self, act: Act, letter: Letter, session: Session) -> Answer | NotServed:
        """The answer, decided in the transaction; whatever is not served leaves nothing behind."""
        try:
            with savepoint(session):
                return act(self._office(session), letter)
        except NotServed as no:
            return no

    def _hold_back(self, letter: Letter, request: web.Request) -> None:
        """Raises NotServed(429) for somebody who asks too often."""
        now = asyncio.get_running_loop().time()
        if self._buckets.wait(letter.field("api_key") or (request.remote or ""), now):
            raise NotServed(429, "too many requests; come again in a few seconds")

    def _discovery(self, _office: Office, letter: Letter) -> Answer:
        return Answer([rows.endpoints(f"{self._base or letter.base}{ROOT}")], "discovery")


def _services(office: Office, letter: Letter) -> Answer:
    asking.scope(office, letter.jurisdiction)
    return Answer([rows.service(one) for one in Trouble], "services", "service")


def _definition(office: Office, letter: Letter) -> Answer:
    asking.scope(office, letter.jurisdiction)
    if letter.subject not in set(Trouble):
        raise NotServed(404, "service_code was not found")
    return Answer([rows.definition(Trouble(letter.subject))], "service_definition")


def _requests(office: Office, letter: Letter) -> Answer:
    key, within = _who(office, letter)
    reference = letter.field("reference")
    asked = read.asked(letter)
    found = reading.referred(office, key, reference) if reference else reading.requests(office, within, asked)
    return Answer([rows.request(one) for one in found], "service_requests", "request")


def _request(office: Office, letter: Letter) -> Answer:
    _, within = _who(office, letter)
    return Answer([rows.request(reading.request(office, within, letter.subject))], "service_requests", "request")


def _token(office: Office, letter: Letter) -> Answer:
    """Our numbers are there at once, so that a token is the number itself."""
    _, within = _who(office, letter)
    number = reading.request(office, within, letter.subject).record.number
    return Answer([{"token": number, "service_request_id": number}], "service_requests", "request")


def _post(office: Office, letter: Letter) -> Answer:
    key, within = _who(office, letter)
    found = taking.take(office, key, within, read.posted(letter))
    return Answer([rows.taken(found.number)], "service_requests", "request")


def _updates(office: Office, letter: Letter) -> Answer:
    _, within = _who(office, letter)
    found = reading.updates(office, within, read.asked(letter))
    return Answer([rows.update(one) for one in found], "service_request_updates", "request_update")


def _report(office: Office, letter: Letter) -> Answer:
    key, within = _who(office, letter)
    of = forwarding.destination_of(office.session, key.destination_id) if key.destination_id else None
    number, news = read.reported(letter, of.title if of else key.code)
    taking.report(office, key, within, number, news)
    return Answer([{"update_id": news.update_id}], "service_request_updates", "request_update")


def _who(office: Office, letter: Letter) -> tuple[ApiKey, Scope]:
    within = asking.scope(office, letter.jurisdiction)
    return asking.caller(office, letter.field("api_key"), within), within


async def _letter(request: web.Request) -> Letter:
    """What came, within its time and size. Raises NotServed."""
    fields = dict(request.query)
    if request.method == "POST":
        try:
            async with asyncio.timeout(BODY_SECONDS):
                form = await request.post()
        except TimeoutError:
            raise NotServed(408, "the request is too slow") from None
        except web.HTTPRequestEntityTooLarge:
            raise NotServed(413, "the request is too long") from None
        except (ValueError, LookupError):  # not the characters it says, or no form
            raise NotServed(400, "the form cannot be read; send it as UTF-8") from None
        fields |= {name: value for name, value in form.items() if isinstance(value, str)}
    return Letter(
        jurisdiction=request.match_info.get("jurisdiction", ""),
        form=request.match_info["form"],
        fields=fields,
        idempotency_key=request.headers.get("Idempotency-Key", "").strip(),
        base=str(request.url.origin()),
        subject=request.match_info.get("subject", ""),
    )
