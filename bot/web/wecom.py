"""The staff's side in WeCom: its callback, its client and its carrier, beside the official account's."""

from collections.abc import Callable
from datetime import datetime

from aiohttp import web

from bot.channels.official_account.tokens import SharedTokens
from bot.channels.wecom_app import Delivery as Push
from bot.channels.wecom_app import StaffApp
from bot.channels.wecom_app.client import Client
from bot.delivery import Delivery
from bot.delivery.enrolment import Do, Enrolment
from bot.delivery.staff import Letter, Staff
from bot.desk import Desk
from bot.privacy import Seal
from bot.settings import Settings
from bot.web.webhooks import Hook

ADDRESS = "/wecom/app"
TICKET_PAGE = "/console/tickets/{number}"
NOT_SET_UP = "the staff app is not set up: WEIZHAN_WECOM_CORP_ID and the four beside it are empty"


class StaffSide:
    """Everything that the staff app needs; `do` does something in a transaction of the desk."""

    def __init__(
        self,
        settings: Settings,
        *,
        desk: Desk,
        seal: Seal,
        now: Callable[[], datetime],
        counted: Callable[[str, int], None],
        do: Do,
    ) -> None:
        self.client = Client(
            base=settings.wecom_api_base,
            corp_id=settings.wecom_corp_id,
            agent_id=settings.wecom_agent_id,
            secret=settings.wecom_secret,
            tokens=SharedTokens(desk.run, seal, f"{settings.wecom_corp_id[:48]}:{settings.wecom_agent_id[:15]}"),
            now=now,
            counted=counted,
        )
        console = f"{settings.public_url.rstrip('/')}{TICKET_PAGE}" if settings.public_url else ""
        carrier = Staff(seal=seal, client=self.client, zone=settings.zone, console=console)
        self.delivery: Delivery[Letter] = Delivery(carrier, desk=desk, now=now)
        self.workers = (self.delivery, Enrolment(do))


def staff_app_of(settings: Settings) -> StaffApp:
    """The staff app's wire format."""
    return StaffApp(
        token=settings.wecom_token,
        corp_id=settings.wecom_corp_id,
        agent_id=settings.wecom_agent_id,
        aes_key=settings.wecom_aes_key,
    )


def add_staff_app(app: web.Application, hook: Hook[Push] | None) -> None:
    """The callback's two routes; without settings both say so."""
    app.router.add_get(ADDRESS, hook.verify if hook else _not_set_up)
    app.router.add_post(ADDRESS, hook.receive if hook else _not_set_up)


async def _not_set_up(_request: web.Request) -> web.Response:
    return web.Response(status=404, text=NOT_SET_UP)
