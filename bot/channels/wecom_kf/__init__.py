"""Customer service (微信客服): residents who do not follow the account. Source: docs/wecom-kf.md."""

from bot.store.kf.session import CHANNEL

NAME = CHANNEL

__all__ = ["NAME"]
