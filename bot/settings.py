"""Every setting of the product, typed and read once; each error names the setting and the mend."""

import base64
import binascii
import json
import re
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.errors import OperatorError

OFFICIAL_API = "https://api.weixin.qq.com"
OFFICIAL_OPEN = "https://open.weixin.qq.com"
WECOM_API = "https://qyapi.weixin.qq.com"
WECOM_BOT_LINE = "wss://openws.work.weixin.qq.com"
PREFIX = "WEIZHAN_"
STAFF_APP = ("wecom_corp_id", "wecom_agent_id", "wecom_secret", "wecom_token", "wecom_aes_key")


_TEMPLATES = 'write {"ticket": "ID OF THE TEMPLATE"}'


class Settings(BaseSettings):
    """`WEIZHAN_*` from the environment and `.env`; the table of them is docs/deploy.md."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=".env", env_ignore_empty=True, frozen=True, extra="ignore"
    )

    database_url: str = "sqlite:///data/weizhan.db"
    secret_key: str = ""
    public_url: str = ""
    timezone: str = "Asia/Shanghai"
    faq_dir: Path = Path("faq")
    wechat_token: str = ""
    wechat_app_id: str = ""
    wechat_app_secret: str = ""
    wechat_aes_key: str = ""
    wechat_aes_key_previous: str = ""
    wechat_api_base: str = OFFICIAL_API
    wechat_oauth: bool = False
    wechat_open_base: str = OFFICIAL_OPEN
    wechat_templates: Annotated[dict[str, object], NoDecode] = {}
    wechat_subscriptions: Annotated[dict[str, object], NoDecode] = {}
    allow_insecure_api: bool = False
    wecom_corp_id: str = ""
    wecom_agent_id: str = ""
    wecom_secret: str = ""
    wecom_token: str = ""
    wecom_aes_key: str = ""
    wecom_api_base: str = WECOM_API
    wecom_kf_id: str = ""
    wecom_kf_secret: str = ""
    wecom_kf_token: str = ""
    wecom_kf_aes_key: str = ""
    wecom_customer_groups: bool = False
    wecom_reports: bool = False
    wecom_bot_token: str = ""
    wecom_bot_aes_key: str = ""
    wecom_bot_id: str = ""
    wecom_bot_secret: str = ""
    wecom_bot_name: str = ""
    wecom_bot_line: str = WECOM_BOT_LINE
    mqtt_url: str = ""
    log_level: str = "INFO"
    log_format: str = "text"

    @field_validator("wechat_templates", "wechat_subscriptions", mode="before")
    @classmethod
    def _json_object(cls, value: object) -> object:
        try:
            read = json.loads(value) if isinstance(value, str) else value
        except ValueError as error:
            raise ValueError("is not JSON; " + _TEMPLATES) from error
        if not isinstance(read, dict):
            raise ValueError("is no JSON object; " + _TEMPLATES)
        return read

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError("is no time zone; use a name such as Asia/Shanghai") from error
        return value

    @field_validator("log_level")
    @classmethod
    def _known_level(cls, value: str) -> str:
        if value.upper() not in {"DEBUG", "INFO", "WARNING", "ERROR"}:
            raise ValueError("must be one of DEBUG, INFO, WARNING, ERROR")
        return value.upper()

    @field_validator("log_format")
    @classmethod
    def _known_format(cls, value: str) -> str:
        if value not in {"text", "json"}:
            raise ValueError("must be text or json")
        return value

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, value: str) -> str:
        if not re.match(r"(sqlite:///|postgres(ql)?(\+psycopg)?://).", value):
            raise ValueError("must be sqlite:///PATH or postgresql://USER:PASSWORD@HOST/NAME")
        return value

    @property
    def has_staff_app(self) -> bool:
        """Whether the staff app in WeCom is set up."""
        return all(getattr(self, name) for name in STAFF_APP)

    @property
    def has_customer_service(self) -> bool:
        """Whether residents can come by customer service (微信客服), through the staff app."""
        return self.has_staff_app and bool(self.wecom_kf_id)

    @property
    def has_assistant(self) -> bool:
        """Whether the group assistant in WeCom is set up, by either of its ways."""
        called, on_a_line = (self.wecom_bot_token, self.wecom_bot_aes_key), (self.wecom_bot_id, self.wecom_bot_secret)
        return all(called) or all(on_a_line)

    @property
    def zone(self) -> ZoneInfo:
        """The community's own time zone."""
        return ZoneInfo(self.timezone)


def load() -> Settings:
    """Read the settings. Raises OperatorError with one line that names the first wrong one."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = PREFIX + str(first["loc"][0]).upper()
        said = first["msg"].removeprefix("Value error, ")
        raise OperatorError(f"{name} {said}") from error
    except (OSError, UnicodeDecodeError) as error:
        raise OperatorError(f".env cannot be read: {error}; write it as UTF-8 text") from error


def unsafe(settings: Settings) -> list[str]:
    """Why a production server must not start with these settings: a sentence each, with the mend."""
    found = []
    if len(settings.secret_key) < 32:
        found.append(
            "WEIZHAN_SECRET_KEY is missing or shorter than 32 characters; make one with: "
            'python3 -c "import secrets; print(secrets.token_urlsafe(48))"'
        )
    if len(settings.wechat_token) < 3:
        found.append("WEIZHAN_WECHAT_TOKEN is empty or too short; use the token of the account's server settings")
    for name in ("wechat_app_id", "wechat_app_secret"):
        if not getattr(settings, name):
            found.append(f"{PREFIX}{name.upper()} is empty; copy it from the account's developer page")
    for name in ("wechat_aes_key", "wechat_aes_key_previous"):
        value = getattr(settings, name)
        if value and not is_aes_key(value):
            found.append(f"{PREFIX}{name.upper()} is no EncodingAESKey; it has 43 letters and digits")
    found += unsafe_api(settings) + unsafe_staff_app(settings) + unsafe_customer_service(settings)
    found += unsafe_assistant(settings)
    if settings.public_url and urlsplit(settings.public_url).scheme not in {"http", "https"}:
        found.append("WEIZHAN_PUBLIC_URL must begin with https:// and the host that residents reach")
    if settings.wechat_oauth and not settings.public_url:
        found.append("WEIZHAN_WECHAT_OAUTH needs WEIZHAN_PUBLIC_URL, to which residents come back")
    return found


def unsafe_api(settings: Settings) -> list[str]:
    """Why the app's secret must not be sent to this address."""
    if settings.allow_insecure_api or urlsplit(settings.wechat_api_base).scheme == "https":
        return []
    return [
        "WEIZHAN_WECHAT_API_BASE is not https; use the official address, or for a simulator on this machine "
        "set WEIZHAN_ALLOW_INSECURE_API=1"
    ]


def unsafe_staff_app(settings: Settings) -> list[str]:
    """Why the staff app in WeCom must not be used like this; nothing where none of its settings is there."""
    missing = [name for name in STAFF_APP if not getattr(settings, name)]
    if len(missing) == len(STAFF_APP):
        return []
    found = [f"{PREFIX}{name.upper()} is empty; copy it from the app's page in WeCom's console" for name in missing]
    if settings.wecom_agent_id and not settings.wecom_agent_id.isdigit():
        found.append("WEIZHAN_WECOM_AGENT_ID is no number; use the AgentId of the app's page")
    if settings.wecom_aes_key and not is_aes_key(settings.wecom_aes_key):
        found.append("WEIZHAN_WECOM_AES_KEY is no EncodingAESKey; it has 43 letters and digits")
    if not settings.allow_insecure_api and urlsplit(settings.wecom_api_base).scheme != "https":
        found.append(
            "WEIZHAN_WECOM_API_BASE is not https; use the official address, or for a simulator on this machine "
            "set WEIZHAN_ALLOW_INSECURE_API=1"
        )
    return found


def unsafe_customer_service(settings: Settings) -> list[str]:
    """Why customer service, customer groups and reports cannot work like this."""
    found = [
        f"{PREFIX}{name.upper()} needs the staff app in WeCom; set {PREFIX}WECOM_CORP_ID and the four beside it"
        for name in ("wecom_kf_id", "wecom_customer_groups", "wecom_reports")
        if getattr(settings, name) and not settings.has_staff_app
    ]
    if bool(settings.wecom_kf_token) != bool(settings.wecom_kf_aes_key):
        found.append("WEIZHAN_WECOM_KF_TOKEN and WEIZHAN_WECOM_KF_AES_KEY go together; set both or neither")
    if settings.wecom_kf_aes_key and not is_aes_key(settings.wecom_kf_aes_key):
        found.append("WEIZHAN_WECOM_KF_AES_KEY is no EncodingAESKey; it has 43 letters and digits")
    return found


def unsafe_assistant(settings: Settings) -> list[str]:
    """Why the group assistant cannot work like this; nothing where none of its settings is there."""
    called = {"wecom_bot_token": settings.wecom_bot_token, "wecom_bot_aes_key": settings.wecom_bot_aes_key}
    if settings.wecom_bot_secret and any(called.values()):
        return [
            "WEIZHAN_WECOM_BOT_SECRET and WEIZHAN_WECOM_BOT_TOKEN are both set; a bot has one way only: "
            "keep BOT_ID and SECRET for a long connection, or TOKEN and AES_KEY for a callback"
        ]
    on_a_line = {"wecom_bot_id": settings.wecom_bot_id, "wecom_bot_secret": settings.wecom_bot_secret}
    wanted = called if any(called.values()) else on_a_line
    found = [
        f"{PREFIX}{name.upper()} is empty; copy it from the page of the bot in WeCom's console"
        for name, value in wanted.items()
        if not value and any(wanted.values())
    ]
    if settings.wecom_bot_aes_key and not is_aes_key(settings.wecom_bot_aes_key):
        found.append("WEIZHAN_WECOM_BOT_AES_KEY is no EncodingAESKey; it has 43 letters and digits")
    if not settings.allow_insecure_api and urlsplit(settings.wecom_bot_line).scheme != "wss":
        found.append(
            "WEIZHAN_WECOM_BOT_LINE is not wss; use the official address, or for a simulator on this machine "
            "set WEIZHAN_ALLOW_INSECURE_API=1"
        )
    return found


def is_aes_key(value: str) -> bool:
    """Whether this is an EncodingAESKey: 43 characters that decode to 32 bytes."""
    if not re.fullmatch(r"[A-Za-z0-9+/]{43}", value):
        return False
    try:
        return len(base64.b64decode(value + "=")) == 32
    except binascii.Error:
        return False
