"""What the staff read of hours of study, and what stands on a certificate."""

from datetime import datetime

from bot.wording.study.dialogue import SOURCES

TITLE, TERMS = "学时", "学时规则"
YEAR, BRANCH, ALL_BRANCHES = "年度", "支部", "全部支部"
CODE, NAME, DUTY, HOURS, TARGET, MISSING = "编号", "姓名", "身份", "学时", "目标", "还差"
ATTENDED, REPLAYED, APPROVED = "到课", "回放", "登记"
SECRETARY, PLAIN = "书记", "党员"
NONE, NONE_WORDS = "这里还没有党员名册", "先在党员名册里导入党员，学时会按支部列在这里。"
HINT = "党员编号"
NOT_YET = "这一天还没到"
DAY, WHAT, MINUTES, REASON = "日期", "学了什么", "分钟", "原因"
WHAT_HINT = "比如“街道党校培训”，40个字以内"
REASON_HINT = "凭什么认定，比如“有结业证书”。会一直留着"
MINUTES_HINT = "一学时按60分钟算"
SOURCE, RULE, WHEN, BY = "来源", "规则", "时间", "登记人"
GIVE, DROP, SAVE = "登记学时", "撤销", "保存"
MEMBER_HOURS, SECRETARY_HOURS = "党员每年目标（小时）", "书记每年目标（小时）"
TARGET_HINT = "《中国共产党党员教育管理工作条例》（2019年）：党员不少于32学时，基层党组织书记不少于56学时"
REPLAY_PERCENT, REPLAY_HINT = "回放最少看多久（占课长的百分之几）", "从打开回放算起，过了这么久才能确认看完"
LEAST_WORDS, LEAST_HINT = "收获最少写几个字", "太少容易敷衍，太多没人写"
WALK_INS = "没报名的人有空位就能签到"
CERTIFICATE, WITHDRAW, WITHDRAWN = "学时证明", "作废", "已作废"
SOURCE_NAMES = {source.value: words for source, words in SOURCES.items()}

PAPER_TITLE, ISSUER = "学习学时证明", "社区知识共享站"
SELF_NAMED = "姓名由本人填写，未经名册核对。"
CHECK, NO_ADDRESS = "扫码核对真伪", "到服务站报编号核对真伪"


def certifies(name: str, year: int, hours: str) -> str:
    """What is certified."""
    return f"兹证明{name}在{year}年度参加社区知识共享站学习，累计{hours}学时。"


def issued(at: datetime) -> str:
    return f"开具日期：{at.year}年{at.month}月{at.day}日"


def number(words: str) -> str:
    return f"证明编号：{words}"


def by_kind(attended: str, replayed: str, approved: str) -> str:
    """The hours by what they come from."""
    return f"其中到课{attended}学时，看回放{replayed}学时，工作人员登记{approved}学时。"
