"""What is read about residents' groups: by the staff at their desk, and by newcomers in a group."""

from bot.privacy import masked_number
from bot.rules.customer_group import CustomerGroupGone, NoWelcome
from bot.rules.resident_report import Source
from bot.wording import explain

TITLE = "居民群"
REPORTS = "居民上报"
HINT = "企业微信客户群。群里不能由小助手直接发言：通知由群主点一下才发出，问答要请居民点链接来私聊。"
NONE, NONE_WORDS = "还没有客户群", "群主在企业微信里建好客户群，或群里有变动后，就会出现在这里。"
NAME, OWNER, MEMBERS, CODE, TROUBLE = "群", "群主", "人数", "发通知用的编号", "平台说"
WELCOME = "新人进群时看到的话"
WELCOME_HINT = "写 {link} 的地方换成找小助手的链接。保存后请群主在群里选用这段入群欢迎语。"
USUAL_WELCOME = "欢迎进群！办事、报修、反映问题，点这里找社区小助手，一对一回您：{link}"
JOIN = "进群二维码"
NO_CODE = "还没有二维码"
ADOPT = "用来发通知"
ADOPT_HINT = "编号只用小写字母、数字和短横线，例如 grid3。"
KEYWORDS = "关键词自动回复"
KEYWORDS_HINT = (
    "群里@小助理时的自动回复没有接口，请到企业微信后台“客户联系—聊天工具—自动回复”里逐条粘贴，再请群主在群里打开。"
)
KEYWORDS_FILE = "关键词.csv"
WORD, ANSWER = "关键词", "回复"
NO_LINK = "还没有微信客服的链接：请运维人员先配好微信客服。"
ANSWERS = (
    ("报修", "报修、漏水、停电，点这里跟小助手说，马上登记：{link}"),
    ("投诉", "有什么要反映的，点这里一对一说，别人看不到：{link}"),
    ("预约", "预约家政、维修、场地，点这里：{link}"),
    ("办事", "居住证、社保、补贴怎么办，点这里问：{link}"),
    ("电话", "找网格员、物业、社区，点这里问：{link}"),
    ("活动", "近期的课和活动，点这里看：{link}"),
    ("取件", "快递柜取件、寄存，点这里：{link}"),
)


def from_report(source: Source) -> str:
    """Where a ticket comes from; the phone is masked, in clear it stands in WeCom."""
    phone = f"，电话{masked_number(source.mobile)}" if source.mobile else ""
    return f"{REPORTS}单号{source.order_id}{phone}"


@explain.register
def _(_refusal: NoWelcome) -> str:
    return "请写一段入群欢迎语，最多大约一千字。"


@explain.register
def _(_refusal: CustomerGroupGone) -> str:
    return "这个群已经解散，或者企业微信里看不到它了。"
