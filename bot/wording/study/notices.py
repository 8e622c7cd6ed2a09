"""What residents are told of lessons to watch without having asked now."""

from collections.abc import Mapping
from datetime import datetime

from bot.wording.booking.times import clock, date_of


def _replay(facts: Mapping[str, object]) -> str:
    until = f"，看到{date_of(datetime.fromisoformat(str(facts['until'])))}为止" if facts.get("until") else ""
    return f"《{facts['title']}》的回放来了{until}。回复“看回放”打开；看完说“看完了”，可以记学时。"


def _live(facts: Mapping[str, object]) -> str:
    return f"提醒：《{facts['title']}》{clock(datetime.fromisoformat(str(facts['start'])))}开始直播。回复“看直播”进去。"


NOTICES = {"replay_ready": _replay, "live_soon": _live}
