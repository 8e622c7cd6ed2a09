"""The simulated platforms of a demo, and the settings that lead the product to them."""

import secrets

from bot.samples import assistant, wecom
from bot.settings import Settings
from bot.simulator import Platform, SimClock
from bot.simulator.wecom import Corp, WeCom
from bot.simulator.wecom.bot import AssistantSim, BotKeys

APP_ID = "wx5a5a5a5a5a5a5a5a"
CORP_ID, AGENT_ID = "ww5a5a5a5a5a5a5a5a", 1000002


async def start_platform(webhook_url: str) -> Platform:
    """The simulator in secure mode, with keys of its own making."""
    return await Platform.start(
        webhook_url=webhook_url,
        token=secrets.token_hex(12),
        app_id=APP_ID,
        app_secret=secrets.token_hex(16),
        aes_key=secrets.token_hex(22)[:43],
        mode="secure",
    )


async def start_wecom(callback_url: str, clock: SimClock) -> WeCom:
    """The simulated WeCom with the sample staff in it, on the same clock."""
    corp = Corp(
        callback_url=callback_url,
        corp_id=CORP_ID,
        agent_id=AGENT_ID,
        secret=secrets.token_hex(21),
        token=secrets.token_hex(12),
        aes_key=secrets.token_hex(22)[:43],
    )
    started = await WeCom.start(corp, clock=clock)
    for userid, member in wecom.MEMBERS.items():
        started.join(userid, member.title, member.title)
    started.serves_customers()
    for one in wecom.RESIDENTS_GROUPS:
        started.customer_groups.has(one.chat_id, one.name, one.owner, one.people)
    return started


async def start_assistant(clock: SimClock) -> AssistantSim:
    """The simulated group assistant on a long connection, in the sample group, on the same clock."""
    keys = BotKeys("aibSample", assistant.NAME, secret=secrets.token_hex(21))
    started = await AssistantSim.start(keys, clock=clock)
    started.open_group(assistant.CHAT, assistant.GROUP, assistant.PEOPLE)
    return started


def with_assistant(chosen: Settings, sim: AssistantSim) -> Settings:
    """The settings with the simulated group assistant."""
    bot = {"wecom_bot_id": sim.keys.bot_id, "wecom_bot_secret": sim.keys.secret, "wecom_bot_name": sim.keys.name}
    return chosen.model_copy(update={**bot, "wecom_bot_line": sim.line_url})


def with_staff(chosen: Settings, corp: WeCom) -> Settings:
    """The settings with the simulated corporation in the place of WeCom."""
    return chosen.model_copy(
        update={
            "wecom_corp_id": corp.corp.corp_id,
            "wecom_agent_id": str(corp.corp.agent_id),
            "wecom_secret": corp.corp.secret,
            "wecom_token": corp.corp.token,
            "wecom_aes_key": corp.corp.aes_key,
            "wecom_api_base": corp.api_base,
            "wecom_kf_id": corp.world.kf.open_kfid if corp.world.kf else "",
            "wecom_customer_groups": True,
            "wecom_reports": True,
        }
    )


def paired(platform: Platform, chosen: Settings, database_url: str, *, mqtt_url: str = "") -> Settings:
    """The settings with the simulator in the place of WeChat; without a broker its cabinets speak HTTP."""
    account = platform.account
    return chosen.model_copy(
        update={
            "secret_key": secrets.token_urlsafe(48),
            "database_url": database_url,
            "wechat_token": account.token,
            "wechat_app_id": account.app_id,
            "wechat_app_secret": account.app_secret,
            "wechat_aes_key": account.aes_key or "",
            "wechat_api_base": platform.api_base,
            "wechat_templates": platform.template_ids(),
            "mqtt_url": mqtt_url,
        }
    )
