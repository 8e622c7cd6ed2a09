"""What another system's developer, or the person before its screen, reads when something was not done."""

from bot.rules.api import KeyReused
from bot.rules.link import LinkNotOurs, LinkOver
from bot.wording import explain

TOO_OFTEN = "请求太频繁了，请稍等再试。"
NOT_FOUND = "没有找到，或者不是您的。"
NO_KEY = "没有带有效的密钥，请在 Authorization 里带上 Bearer 密钥。"
NEEDS_RESIDENT = "这一项要用居民的令牌，请先用 POST /api/v1/residents/token 换取。"
NEEDS_CLIENT = "这一项要用接入方的密钥，不能用居民的令牌。"
KEY_TOO_LONG = "Idempotency-Key 最多120个字符。"
TOO_SLOW = "请求内容没有及时传完，请重试。"
TOO_LONG = "请求内容太大了。"
BAD_FIELDS = "有的内容缺少或不对，请看 fields。"


def days_asked(most: int) -> str:
    """A span of days that is none, or too long."""
    return f"to 不能早于 from，最多相隔{most}天。"


@explain.register
def key_reused(_refusal: KeyReused) -> str:
    return "这个 Idempotency-Key 已经用在另一个请求上了，请换一个。"


@explain.register
def link_over(_refusal: LinkOver) -> str:
    return "这个链接过期了，请回到公众号再发一次消息，点新的链接。"


@explain.register
def link_not_ours(_refusal: LinkNotOurs) -> str:
    return "这个链接不完整，请回到公众号，点消息里的链接打开。"
