"""Residents' groups and reports in a server: events of the staff app's callback, the client and the workers."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime

import structlog
from aiohttp import web

from bot.channels.official_account.tokens import SharedTokens
from bot.channels.wecom_app import Delivery as Push
from bot.channels.wecom_customers.client import Client
from bot.delivery.customers import CustomerGroups, CustomerPosts, Reports, Tasks
from bot.desk import Desk
from bot.privacy import Seal
from bot.rules import customer_group
from bot.rules.office import Office
from bot.settings import Settings
from bot.store import Session

log = structlog.get_logger()
EVENT = "change_external_chat"
KEPT_SECONDS = 4.0


class CustomersSide:
    """Everything that residents' groups need; `posts` is a transport of the groups' delivery."""

    def __init__(
        self,
        settings: Settings,
        *,
        desk: Desk,
        seal: Seal,
        office: Callable[[Session], Office],
        now: Callable[[], datetime],
        counted: Callable[[str, int], None],
    ) -> None:
        name = f"{settings.wecom_corp_id[:48]}:{settings.wecom_agent_id[:15]}"
        self.client = Client(
            base=settings.wecom_api_base,
            corp_id=settings.wecom_corp_id,
            agent_id=settings.wecom_agent_id,
            secret=settings.wecom_secret,
            tokens=SharedTokens(desk.run, seal, name),
            now=now,
            counted=counted,
        )
        self.posts = CustomerPosts(self.client, desk=desk, office=office)
        self.groups = CustomerGroups(self.client, desk=desk, office=office)
        self.tasks = Tasks(self.client, desk=desk, office=office)
        self.reports = Reports(self.client, desk=desk, office=office)
        self.has_groups = settings.wecom_customer_groups
        self.workers = self._workers(settings)
        self._desk = desk
        self._office = office

    async def heard(self, push: Push) -> web.Response | None:
        """Something happened in a group; None for anything else. It is acknowledged once that is in the database."""
        if push.message.event != EVENT or not self.has_groups:
            return None
        chat_id, change = push.incoming.text_of("ChatId")[:64], push.incoming.text_of("ChangeType").lower()
        kept = self._desk.run(lambda session: customer_group.heard(self._office(session), chat_id, change))
        try:
            await asyncio.wait_for(asyncio.wrap_future(kept), KEPT_SECONDS)
        except Exception as error:  # whatever the store raises: not acknowledged, so that it comes again
            log.error("callback not kept", error=type(error).__name__)
            return web.Response(status=503)
        self.groups.wake()
        return web.Response()

    def _workers(self, settings: Settings) -> Sequence[CustomerGroups | Tasks | Reports]:
        groups = (self.groups, self.tasks) if settings.wecom_customer_groups else ()
        return (*groups, self.reports) if settings.wecom_reports else groups
