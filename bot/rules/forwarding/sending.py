"""What is due is claimed, sent by others, and marked with what came of it."""

from datetime import timedelta

from bot.rules.forwarding.backoff import pause
from bot.rules.forwarding.planning import ENDS, STARTS
from bot.rules.forwarding.record import Terms, record, reference, target, update
from bot.rules.forwarding.telling import tell_of_failure
from bot.rules.forwarding.values import Accepted, Act, Failed, Job, NotYet, Outcome, Skipped
from bot.rules.office import Office
from bot.store import forwarding
from bot.store import ticket as tickets
from bot.store.forwarding import Forward, ForwardStep, State
from bot.store.ticket import What

LOST_AFTER = timedelta(minutes=5)  # longer than any sender waits


def claim(office: Office, limit: int) -> list[Job]:
    """Take what is due: nobody else sends it until it is marked, or its worker is known to be lost."""
    jobs = []
    for forward in forwarding.due(office.session, office.now, limit):
        job = _job(office, forward)
        if job is None:
            forward.next_try = None
            forward.state = forward.reached or forward.state
            continue
        forward.state, forward.changed_at = State.SENDING.value, office.now
        jobs.append(job)
    office.session.flush()
    return jobs


def put_back(office: Office, job: Job) -> None:
    """Nobody has tried it: it is due as before."""
    forward = forwarding.locked(office.session, job.forward_id)
    if _is_ours(forward, job):
        forward.state, forward.next_try = resting(forward), office.now


def mark(office: Office, job: Job, outcome: Outcome) -> None:
    """Write down what came of it, and what comes next."""
    forward = forwarding.locked(office.session, job.forward_id)
    ours = _is_ours(forward, job)
    if not ours and not isinstance(outcome, Accepted):
        return  # somebody else has it by now
    _log(office, forward, job, outcome)
    match outcome:
        case Accepted():
            _accept(office, forward, job, outcome)
        case Skipped():
            forwarding.step_sent(office.session, forward.id, job.step, office.now)
            _go_on(office, forward, job)
        case NotYet():
            _wait(office, forward)
        case Failed():
            _fail(office, forward, outcome)
    forward.changed_at = office.now


def sweep(office: Office) -> int:
    """What was being sent when its process died may have arrived: they are asked first. Returns how many."""
    lost = forwarding.sending_since_before(office.session, office.now - LOST_AFTER)
    for forward in lost:
        step = forwarding.next_step(office.session, forward.id)
        forwarding.tried(
            office.session, forward.id, at=office.now, step=step.step if step else 0, outcome="lost", reason=""
        )
        forward.state, forward.unsure = resting(forward), True
        forward.next_try, forward.changed_at = office.now, office.now
    return len(lost)


def _job(office: Office, forward: Forward) -> Job | None:
    ticket = tickets.ticket(office.session, forward.ticket_id)
    destination = forwarding.destination_of(office.session, forward.destination_id)
    if ticket is None or destination is None:
        return None
    step = forwarding.next_step(office.session, forward.id)
    act = _act(forward, step)
    if act is None:
        return None
    terms = Terms.of(destination)
    round_ = step.round if step is not None else forward.round
    told = update(office, ticket, terms, step) if step is not None and act is Act.UPDATE else None
    return Job(
        forward_id=forward.id,
        target=target(office, destination),
        act=act,
        step=step.step if step is not None else 0,
        key=told.update_id if told else reference(ticket, round_),
        ask_first=forward.unsure,
        claimed_at=office.now,
        record=record(office, ticket, terms, step=step, round_=round_),
        update=told,
        external_id=forward.external_id,
        token=forward.token,
    )


def _act(forward: Forward, step: ForwardStep | None) -> Act | None:
    """Updates wait until the ticket's number there is known."""
    if step is not None and step.what in STARTS:
        return Act.REQUEST
    if forward.token and not forward.external_id:
        return Act.RESOLVE
    return Act.UPDATE if step is not None else None


def _is_ours(forward: Forward, job: Job) -> bool:
    return forward.state == State.SENDING and forward.changed_at == job.claimed_at


def _accept(office: Office, forward: Forward, job: Job, outcome: Accepted) -> None:
    if job.act is Act.REQUEST:
        forward.external_id, forward.token = outcome.external_id, outcome.token
        forward.reached, forward.heard, forward.heard_at = State.ACCEPTED.value, "", None
    elif job.act is Act.RESOLVE:
        forward.external_id = outcome.external_id
    if job.act is not Act.RESOLVE:
        forwarding.step_sent(office.session, forward.id, job.step, office.now)
    _go_on(office, forward, job)


def _go_on(office: Office, forward: Forward, job: Job) -> None:
    """It worked: whatever failed before is over, and the next thing is due."""
    if job.update is not None and job.update.what in ENDS and not _reopened(office, forward):
        forward.reached = State.CLOSED.value
    forward.tries, forward.reason, forward.failing_since, forward.told, forward.unsure = 0, "", None, 0, False
    if forward.state != State.PARKED:
        forward.state = forward.reached
    more = forwarding.next_step(office.session, forward.id)
    if more is not None:
        forward.next_try = office.now
        if more.what == What.REOPENED and forward.state != State.PARKED:
            forward.state = State.PENDING.value
    elif forward.token and not forward.external_id:
        forward.next_try = office.now + pause(1, forward.id)
    else:
        forward.next_try = None


def _reopened(office: Office, forward: Forward) -> bool:
    """Whether a new round waits already."""
    return any(
        step.what == What.REOPENED and step.sent_at is None for step in forwarding.steps(office.session, forward.id)
    )


def _wait(office: Office, forward: Forward) -> None:
    """They know the token and have no number yet: asked again and again; after a day the manager is told."""
    forward.tries += 1
    forward.failing_since = forward.failing_since or office.now
    forward.unsure = False
    forward.state, forward.next_try = forward.reached, office.now + pause(forward.tries, forward.id)
    tell_of_failure(office, forward, waits=True)


def _fail(office: Office, forward: Forward, outcome: Failed) -> None:
    forward.tries += 1
    forward.failing_since = forward.failing_since or office.now
    forward.reason, forward.unsure = outcome.reason[:200], outcome.unsure
    forward.state, forward.next_try = State.FAILED.value, office.now + pause(forward.tries, forward.id)
    tell_of_failure(office, forward)


def resting(forward: Forward) -> str:
    """The state of a forward that is not being sent."""
    if forward.tries and forward.reason:
        return State.FAILED.value
    return forward.reached or State.PENDING.value


def _log(office: Office, forward: Forward, job: Job, outcome: Outcome) -> None:
    reason = outcome.reason if isinstance(outcome, Failed | Skipped) else ""
    word = {NotYet: "waiting", Skipped: "skipped"}.get(type(outcome), "")
    if isinstance(outcome, Accepted):
        word = "found" if outcome.found else "sent"
    elif isinstance(outcome, Failed):
        word = "unsure" if outcome.unsure else "failed"
    forwarding.tried(office.session, forward.id, at=office.now, step=job.step, outcome=word, reason=reason)
