"""Residents by way of WeCom: customer service, their groups and their reports, as one part of a server."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Protocol

from aiohttp import web

from bot.channels.answer import Answer
from bot.channels.wecom_app import Delivery as Push
from bot.delivery.customers import CustomerPosts
from bot.delivery.kf.files import Files
from bot.delivery.pictures import Keeper
from bot.desk import Desk
from bot.privacy import Seal
from bot.rules.office import Office
from bot.settings import Settings
from bot.store import Session
from bot.web.webhooks import Hook
from bot.web.wecom_customers import CustomersSide
from bot.web.wecom_kf import CustomerService, add_customer_service, kf_app_of, only


class Works(Protocol):
    """What works beside the requests, from start to stop."""

    async def run(self) -> None: ...
    def stop(self) -> None: ...


class ResidentsSide:
    """What of it the settings ask for; `service` and `groups` are None where they do not."""

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
        self.service: CustomerService | None = None
        self.groups: CustomersSide | None = None
        if settings.has_customer_service:
            self.service = CustomerService(
                settings, desk=desk, seal=seal, office=office, now=now, counted=counted, followers=followers
            )
        if settings.has_staff_app and (settings.wecom_customer_groups or settings.wecom_reports):
            self.groups = CustomersSide(settings, desk=desk, seal=seal, office=office, now=now, counted=counted)
        self._parts = [part for part in (self.service, self.groups) if part is not None]
        self.workers: list[Works] = [worker for part in self._parts for worker in part.workers]
        self._settings = settings

    def posts(self) -> list[CustomerPosts]:
        """The way into residents' groups."""
        return [self.groups.posts] if self.groups is not None and self.groups.has_groups else []

    def files(self, account: Keeper) -> Files:
        """Where pictures are fetched."""
        groups = self.groups.client if self.groups else None
        return Files(account, self.service.client if self.service else None, groups)

    def listen(self, hook: Hook[Push]) -> None:
        """Hear what the platform says at the staff app's callback."""
        for part in self._parts:
            hook.beside(part.heard)

    def add_to(self, app: web.Application, hook_of: Callable[..., Hook[Push]]) -> None:
        """The callback of customer service's own."""
        hook = None
        if self.service is not None:
            hook = hook_of(kf_app_of(self._settings))
            hook.beside(only(self.service.heard))
        add_customer_service(app, hook)

    def wake(self) -> None:
        """A reply waits that goes as a message of its own."""
        if self.service is not None:
            self.service.delivery.wake()

    async def open(self) -> None:
        for part in self._parts:
            await part.client.open()

    async def close(self) -> None:
        for part in self._parts:
            await part.client.close()
