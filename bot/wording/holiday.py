"""What the staff read of holidays."""

from bot.rules.holiday import NoHolidayName
from bot.wording import explain


@explain.register
def _(_refusal: NoHolidayName) -> str:
    return "请写明这天为什么放假或上班，40个字以内。"
