"""Customer service's side of a server: its callback, kept before it is acknowledged, its client and its workers."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime

import structlog
from aiohttp import web

from bot.channels.answer import Answer
from bot.channels.official_account.tokens import SharedTokens
from bot.channels.wecom_app import Delivery as Push
from bot.channels.wecom_app import StaffApp
from bot.channels.wecom_kf.client import Client
from bot.delivery import Delivery
from bot.delivery.kf import Carrier, Names, Pulling, Sessions
from bot.delivery.kf.carrier import Letter
from bot.desk import Desk
from bot.privacy import Seal
from bot.rules import kf
from bot.rules.office import Office
from bot.settings import Settings
from bot.store import Session
from bot.web.webhooks import Hook

log = structlog.get_logger()
ADDRESS = "/wecom/kf"
EVENT = "kf_msg_or_event"
KEPT_SECONDS = 4.0
NOT_SET_UP = "customer service is not set up: WEIZHAN_WECOM_KF_ID is empty"
Heard = Callable[[Push], Awaitable[web.Response | None]]


class CustomerService:
    """Everything that customer service needs; `followers` asks the official account who its followers are."""

    def __init__(
        self,
        settings: Settings,
        *,
        desk: Desk,
        seal: Seal,
        office: Callable[[Session], Office],
        now: Callable[[], datetime],
        counted: Callable[[str, int], None],
        followers: Callable[[Sequence[str]], Awaitable[Answer]],
    ) -> None:
        own = bool(settings.wecom_kf_secret)
        name = "kf" if own else settings.wecom_agent_id[:15]  # one token for each secret
        self.client = Client(
            base=settings.wecom_api_base,
            corp_id=settings.wecom_corp_id,
            secret=settings.wecom_kf_secret or settings.wecom_secret,
            tokens=SharedTokens(desk.run, seal, f"{settings.wecom_corp_id[:48]}:{name}"),
            now=now,
            counted=counted,
        )
        carrier = Carrier(seal=seal, client=self.client, zone=settings.zone, open_kfid=settings.wecom_kf_id)
        self.delivery: Delivery[Letter] = Delivery(carrier, desk=desk, now=now)
        self.pulling = Pulling(self.client, desk=desk, office=office, done=self.delivery.wake)
        self.sessions = Sessions(self.client, desk=desk, office=office, open_kfid=settings.wecom_kf_id)
        self.names = Names(self.client, followers, desk=desk, office=office)
        self.workers = (self.pulling, self.delivery, self.sessions, self.names)
        self._desk = desk
        self._office = office

    async def heard(self, push: Push) -> web.Response | None:
        """A callback that messages wait; None for anything else. It is acknowledged once that is in the database."""
        if push.message.event != EVENT:
            return None
        open_kfid, token = push.incoming.text_of("OpenKfId"), push.incoming.text_of("Token")
        kept = self._desk.run(lambda session: kf.hear(self._office(session), open_kfid, token))
        try:
            ours = await asyncio.wait_for(asyncio.wrap_future(kept), KEPT_SECONDS)
        except Exception as error:  # whatever the store raises: not acknowledged, so that it comes again
            log.error("callback not kept", error=type(error).__name__)
            return web.Response(status=503)
        if ours:
            self.pulling.wake()
        return web.Response()


def kf_app_of(settings: Settings) -> StaffApp:
    """The wire format of the callback; its own token and key where it has any, else the staff app's."""
    return StaffApp(
        token=settings.wecom_kf_token or settings.wecom_token,
        corp_id=settings.wecom_corp_id,
        agent_id="",
        aes_key=settings.wecom_kf_aes_key or settings.wecom_aes_key,
    )


def only(heard: Heard) -> Heard:
    """The same at an address where nothing else is meant: whatever else comes is acknowledged and passed over."""

    async def answer(push: Push) -> web.Response | None:
        return await heard(push) or web.Response()

    return answer


def add_customer_service(app: web.Application, hook: Hook[Push] | None) -> None:
    """The callback's two routes; without settings both say so."""
    app.router.add_get(ADDRESS, hook.verify if hook else _not_set_up)
    app.router.add_post(ADDRESS, hook.receive if hook else _not_set_up)


async def _not_set_up(_request: web.Request) -> web.Response:
    return web.Response(status=404, text=NOT_SET_UP)
