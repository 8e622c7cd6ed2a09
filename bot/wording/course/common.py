"""What formats, lecturers and states are called, wherever they are read."""

from bot.store.activity import State
from bot.store.course import CourseState, Format, LecturerKind

FORMATS = {
    Format.THEORY.value: "理论宣讲",
    Format.SECRETARY.value: "书记讲党课",
    Format.MEMBERS_WORDS.value: "党员话初心",
    Format.RED_CULTURE.value: "红色文化",
    Format.OTHER_CULTURE.value: "其他文化",
    Format.SKILLS.value: "技能兴趣",
}
LECTURERS = {
    LecturerKind.TUTOR.value: "专业导师",
    LecturerKind.PIONEER.value: "先锋模范",
    LecturerKind.NEIGHBOUR.value: "身边榜样",
}
STATES = {
    CourseState.DRAFT.value: "草稿",
    CourseState.PUBLISHED.value: "已发布",
    CourseState.OVER.value: "已结束",
    CourseState.CANCELLED.value: "已取消",
}
LESSON_STATES = {
    State.DRAFT.value: "草稿",
    State.PUBLISHED.value: "已发布",
    State.OVER.value: "上完了",
    State.CANCELLED.value: "不上了",
}
