"""A push on its way: notices made in portions, so that who dies in the middle goes on behind the last one."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from itertools import islice
from uuid import UUID

from bot.rules import course, group, quiet
from bot.rules import push as news
from bot.rules.group import GroupCannot, GroupNotThere, Markdown
from bot.rules.lesson_push.audience import people
from bot.rules.lesson_push.drafting import end
from bot.rules.lesson_push.massing import gather
from bot.rules.lesson_push.telling import facts_for, facts_of, is_held
from bot.rules.lesson_push.values import KIND, Segment
from bot.rules.office import Office
from bot.rules.push import News
from bot.rules.reach import RESIDENTS
from bot.store import lesson_push as rows
from bot.store import outbox, reaching
from bot.store.activity import Activity
from bot.store.lesson_push import LessonPush, LessonPushTo, NotTold, PushState
from bot.store.outbox import State

AT_ONCE = 100  # notices that wait at most: other people's news never stand behind more
GROUP_LASTS = timedelta(days=1)
InGroup = Callable[[Mapping[str, object]], str]


def go_on(office: Office, *, in_group: InGroup, public_url: str = "") -> int:
    """One step: a change of a lesson is told on, or a portion of notices is made. Returns how much there was to do.

    `in_group` puts the facts of a push into the words that a group reads.
    """
    return (
        _follow_lessons(office, public_url)
        or _portion(office, in_group, public_url)
        or gather(office)
        or _finish(office)
    )


def _portion(office: Office, in_group: InGroup, public_url: str) -> int:
    push = rows.due(office.session, office.now)
    if push is None:
        return 0
    morning = quiet.hours(office.session).until(office.now, office.zone)
    if morning is not None:
        push.due_at = morning
        return 1
    if push.state == PushState.APPROVED and not _begin(office, push, in_group, public_url):
        return 1
    room = AT_ONCE - outbox.due_of(office.session, KIND, office.now)
    if room <= 0:
        return 0
    meant = people(office, Segment.of(push.audience), push.area_id, after=push.reached_to, at_once=AT_ONCE)
    some = list(islice(meant, room))
    if some:
        _make(office, push, some, public_url)
        push.reached_to = some[-1][0]
    push.all_made, push.changed_at = len(some) < room, office.now
    office.session.flush()
    return 1


def _begin(office: Office, push: LessonPush, in_group: InGroup, public_url: str) -> bool:
    """Write in the groups; False where the lesson is over or not held: then nobody hears of it."""
    if push.lesson_id is not None:
        lecture = course.lecture(office, push.lesson_id)
        if lecture is None or not is_held(lecture.activity, office.now):
            end(office, push, "lesson")
            return False
        push.lesson_seen_at = lecture.activity.changed_at
    push.state = PushState.SENDING.value
    facts = facts_of(office, push, public_url=public_url)
    for one in push.groups:
        try:
            group.post(
                office,
                UUID(one),
                Markdown(in_group(facts)),
                key=group_key(push.id, one),
                until=office.now + GROUP_LASTS,
            )
        except (GroupNotThere, GroupCannot):
            continue  # the page of its progress says that nothing came of it
    return True


def group_key(push_id: UUID, group_id: str) -> str:
    """By which a group's message of a push is known."""
    return f"lesson-push:{push_id}:{group_id}"


def _make(office: Office, push: LessonPush, some: list[tuple[UUID, UUID | None]], public_url: str) -> None:
    """A notice for each who wants it and can be reached; the others stand there with the reason."""
    session = office.session
    ids = [person for person, _ in some]
    wanting = set(news.wanting(session, ids, News.COURSE))
    following = {person for person, (_, follows) in reaching.addresses(session, ids, RESIDENTS).items() if follows}
    before = rows.reached(session, push.id, ids)
    shared = facts_of(office, push)
    for person, member_id in some:
        if person in before:  # two people became one meanwhile
            continue
        row = LessonPushTo(push_id=push.id, resident_id=person, member_id=member_id, made_at=office.now)
        if person not in following:
            row.why = NotTold.LEFT.value
        elif person not in wanting:
            row.why = NotTold.REFUSED.value
        else:
            facts = facts_for(office, shared, public_url=public_url, to=row.id)
            row.notice_id = _tell(office, person, facts)
        session.add(row)
    session.flush()


def _tell(office: Office, person: UUID, facts: Mapping[str, object]) -> UUID:
    return outbox.put(
        office.session,
        resident_id=person,
        channel=RESIDENTS,
        kind=KIND,
        facts=office.seal.close_json(facts),
        now=office.now,
        due_at=office.now,
    )


def _follow_lessons(office: Office, public_url: str) -> int:
    """What was not said yet says the lesson's new hour, or nothing where it is called off."""
    changed = rows.changed_lessons(office.session, office.now)
    for push, held in changed:
        _follow(office, push, held, public_url)
    office.session.flush()
    return len(changed)


def _follow(office: Office, push: LessonPush, held: Activity, public_url: str) -> None:
    push.lesson_seen_at = held.changed_at
    if not is_held(held, office.now):
        end(office, push, "lesson")
        return
    shared = facts_of(office, push)
    for notice, row in rows.unsent(office.session, push.id):
        notice.facts = office.seal.close_json(facts_for(office, shared, public_url=public_url, to=row.id))
        if notice.state == State.FAILED:
            notice.state, notice.reason, notice.due_at = State.WAITING.value, "", office.now
            push.state, push.ended_at = PushState.SENDING.value, None


def _finish(office: Office) -> int:
    """Pushes of which nothing waits any more are over; what is held is still handed over at the next contact."""
    over = [one for one in rows.to_finish(office.session) if not rows.is_under_way(office.session, one.id)]
    for push in over:
        push.state, push.ended_at, push.changed_at = PushState.OVER.value, office.now, office.now
    office.session.flush()
    return len(over)
