"""The routes of a running product on one page: what the platforms, other systems, the staff and residents reach."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING

from aiohttp import web

from bot.app.parts import account_of, utc_now
from bot.web import api
from bot.web.api.cabinets import CabinetApi
from bot.web.api.front import Front
from bot.web.api.groups import GroupGateway
from bot.web.api.open311 import Open311
from bot.web.console import add_console
from bot.web.guards import Gate
from bot.web.h5 import add_h5
from bot.web.h5.answer import add_answers
from bot.web.h5.going import add_going
from bot.web.h5.oauth import OAuth
from bot.web.health import Health
from bot.web.webhooks import MOST_BODY, Hook, P, WireFormat
from bot.web.wecom import add_staff_app, staff_app_of
from bot.web.wecom_bot import add_assistant

if TYPE_CHECKING:
    from bot.app.product import Product


def application(product: Product) -> web.Application:
    """Every route; whatever runs beside them is the product's own."""
    packed_as_sent = {"auto_decompress": False}  # the platform packs nothing; a bomb stays as small as it came
    app = web.Application(client_max_size=MOST_BODY, handler_args=packed_as_sent)
    _for_the_operator(app, product)
    _for_the_platforms(app, product)
    _for_other_systems(app, product)
    gate = Gate(product.seal, product.settings.public_url)
    add_console(
        app,
        run=product.desk.run,
        office=product.office,
        wall=utc_now,
        gate=gate,
        known=product.known,
        code_for=product.client.create_code if product.settings.wechat_app_id else None,
    )
    _for_residents(app, product)
    return app


def _for_the_operator(app: web.Application, product: Product) -> None:
    health = Health(product.metrics, product.soundness.why_not_ready, product.soundness.count)
    app.router.add_get("/healthz", health.alive)
    app.router.add_get("/readyz", health.ready)
    app.router.add_get("/metrics", health.metrics)


def _for_the_platforms(app: web.Application, product: Product) -> None:
    """The callbacks; at the staff app's the platform also says what residents do."""
    hook = _hook(product, account_of(product.settings))
    app.router.add_get("/wechat", hook.verify)
    app.router.add_post("/wechat", hook.receive)
    staff_hook = _hook(product, staff_app_of(product.settings)) if product.settings.has_staff_app else None
    if staff_hook is not None:
        product.by_wecom.listen(staff_hook)
    add_staff_app(app, staff_hook)
    add_assistant(app, product.assistant)
    product.by_wecom.add_to(app, lambda account: _hook(product, account))


def _for_other_systems(app: web.Application, product: Product) -> None:
    desk, office, line = product.desk, product.office, product.cabinets
    public_url = product.settings.public_url
    front = Front(api.NOUNS, desk=desk, office=office, now=product.now, version=version("weizhan"))
    app.router.add_routes(front.routes())
    app.router.add_routes(Open311(desk=desk, office=office, base=public_url).routes())
    app.router.add_routes(GroupGateway(desk, office, public_url).routes())
    app.router.add_routes(CabinetApi(desk, office, line.dispatcher, line.told).routes())


def _for_residents(app: web.Application, product: Product) -> None:
    """The pages inside WeChat."""
    public_url = product.settings.public_url
    pages = add_h5(
        app,
        desk=product.desk,
        office=product.office,
        now=product.now,
        seal=product.seal,
        https=public_url.startswith("https:"),
        oauth=_oauth(product),
        public_url=public_url,
    )
    add_going(app, pages, product.client.create_code)
    add_answers(app, pages)


def _oauth(product: Product) -> OAuth | None:
    """The way in without a link of the chat, where the account may use it."""
    chosen = product.settings
    if not chosen.wechat_oauth or not chosen.public_url:
        return None
    return OAuth(
        chosen.wechat_app_id,
        chosen.wechat_open_base,
        chosen.public_url,
        product.seal,
        product.now,
        product.client.opened_by,
    )


def _hook(product: Product, account: WireFormat[P]) -> Hook[P]:
    return Hook(
        account,
        product.desk,
        product.spool,
        product.metrics,
        product.now,
        reply_seconds=product.reply_seconds,
        body_seconds=product.body_seconds,
    )
