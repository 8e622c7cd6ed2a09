"""What the staff read about their accounts."""

from bot.rules.staff import (
    BadLogin,
    LastAdministrator,
    LoginTaken,
    NeedsScope,
    NoSuchAccount,
    WecomTaken,
)
from bot.wording import explain


@explain.register
def _(_refusal: BadLogin) -> str:
    return "登录名要2到32位，只用小写字母、数字、点、横线，请换一个。"


@explain.register
def _(_refusal: LoginTaken) -> str:
    return "这个登录名已经有人用了，请换一个。"


@explain.register
def _(_refusal: WecomTaken) -> str:
    return "这个企业微信账号已经绑在别的登录名上，请先解绑。"


@explain.register
def _(_refusal: NoSuchAccount) -> str:
    return "没有这个登录名，请核对后再试。"


@explain.register
def _(_refusal: LastAdministrator) -> str:
    return "这是最后一个管理员，停用了就没人能管账号了。请先加一个管理员。"


@explain.register
def _(_refusal: NeedsScope) -> str:
    return "网格员要选网格，站点人员和商户要选站点或社区，请补上负责范围。"
