"""The names of what staff do, as the list of it reads."""

TITLE = "操作记录"
WHEN, WHO, WHAT, SUBJECT, FROM = "时间", "账号", "做了什么", "对象", "来源"
HINT = "账号或编号"
NONE, NONE_WORDS = "还没有记录", "谁看了哪件工单、改了什么，都会记在这里，谁也改不了。"
ACTS = {
    "session.begun": "登录",
    "session.refused": "登录没成功",
    "session.ended": "让一台设备退出",
    "session.left": "退出",
    "password.changed": "改密码",
    "page.refused": "想看没有权限的页面",
    "form.refused": "来历不明的请求，已拒绝",
    "list.exported": "导出",
    "ticket.viewed": "看工单",
    "ticket.picture": "看照片",
    "ticket.taken": "接单",
    "ticket.scheduled": "约时间",
    "ticket.asked": "请居民补充",
    "ticket.answered": "答复居民",
    "ticket.solved": "办结",
    "ticket.elsewhere": "转其他部门",
    "ticket.not_ours": "答复不归社区管",
    "ticket.noted": "写备注",
    "ticket.passed_on": "转派",
    "ticket.handed_back": "退回",
    "ticket.merged": "并单",
    "ticket.searched": "搜工单原话",
    "knowledge.published": "发布知识库条目",
    "knowledge.tried": "拿以前的留言试知识库",
    "knowledge.hidden": "停用知识库条目",
    "knowledge.shown": "重新启用知识库条目",
    "knowledge.left_to_files": "知识库条目改回文件里的",
    "knowledge.gaps": "看没答上的问题",
    "knowledge.set_aside": "标记不归我们答",
    "knowledge.exported": "把知识库条目写进文件",
}


def act(what: str) -> str:
    """The act in words; what has none yet by its name."""
    return ACTS.get(what, what)
