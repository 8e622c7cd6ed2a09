"""Sample suggestions, a poll and a contest, all marked 示例: as of the day on which the sample is filled."""

from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.nlu.wishes import Wish
from bot.store import Session
from bot.store.contest import Contest, ContestState
from bot.store.poll import Poll, PollState
from bot.store.suggestion import Outcome, State, Suggestion

_ZONE = ZoneInfo("Asia/Shanghai")
_SUGGESTIONS = (  # kind, days ago, state, what everybody reads, the answer, what became of it
    (
        *(Wish.SPACE, 40, State.DONE, "示例花园5栋旁边那块空地，能不能摆几条凳子、种点花（示例）"),
        *("这块地是公用的，和物业商量好了，一起收拾出来。", "5栋旁边添了四条长凳，种了一圈月季（示例）"),
    ),
    (
        *(Wish.SERVICE, 12, State.ANSWERED, "服务站中午也开着门就好了，上班的人只有中午有空（示例）"),
        *("正在算人手，先从周三中午试起，定了在公众号里通知。", ""),
    ),
)
_QUESTION = "周末的老年智能手机课，放在什么时候好？（示例）"
_OPTIONS = ["周六上午", "周六下午", "周日上午", "周日下午"]
_CONTEST = "红色书画大赛（示例）"
_TERMS = "书法、国画、硬笔都可以，内容健康向上。拍照投稿，工作人员看过就在线上展出（示例）。"


def fill(session: Session, community: UUID, day: date) -> None:
    """Put them into an empty store, as of that day."""
    now = datetime.combine(day, time(8), _ZONE)
    session.add_all([*_suggestions(community, day), _poll(community, now), _contest(community, now)])
    session.flush()


def _suggestions(community: UUID, day: date) -> list[Suggestion]:
    """Of nobody: their own words were never there."""
    made = []
    for kind, days, state, heard, reply, became in _SUGGESTIONS:
        at = datetime.combine(day - timedelta(days=days), time(9), _ZONE)
        answered = at + timedelta(days=2)
        row = Suggestion(
            number=f"J{at:%y%m%d}-0001",
            channel="official_account",
            kind=kind.value,
            state=state.value,
            area_id=community,
            heard=heard,
            reply=reply,
            created_at=at,
            changed_at=answered,
            answered_at=answered,
            published_at=answered,
        )
        if state is State.DONE:
            row.adopted_at, row.done_at = answered, answered + timedelta(days=20)
            row.outcome, row.outcome_ref = Outcome.WORDS.value, became
        made.append(row)
    return made


def _poll(community: UUID, now: datetime) -> Poll:
    return Poll(
        question=_QUESTION,
        options=_OPTIONS,
        area_id=community,
        opens_at=now,
        closes_at=now + timedelta(days=14),
        state=PollState.PUBLISHED.value,
        created_at=now,
        changed_at=now,
    )


def _contest(community: UUID, now: datetime) -> Contest:
    return Contest(
        title=_CONTEST,
        words=_TERMS,
        area_id=community,
        opens_at=now,
        closes_at=now + timedelta(days=30),
        most=2,
        state=ContestState.PUBLISHED.value,
        created_at=now,
        changed_at=now,
    )
