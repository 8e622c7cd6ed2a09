"""The client of somebody else's GeoReport v2 server: post once, ask before posting again, fetch what they say."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from bot.channels.back_office.http import Answered, Http, refused
from bot.channels.back_office.open311 import letters
from bot.channels.back_office.open311.wire import Unreadable, read, text
from bot.rules.forwarding.values import Accepted, Act, Failed, Job, News, NotYet, Outcome, Skipped, Target

CANNOT_BE_ASKED = (404, 405, 501)  # a server that only takes requests
IN_ONE_CALL = 50
BEFORE = timedelta(hours=1)  # clocks differ


class Open311:
    """Sends jobs to GeoReport v2 servers of all three kinds: realtime, batch (tokens), blackbox (neither)."""

    def __init__(self, http: Http) -> None:
        self._http = http

    async def send(self, job: Job) -> Outcome:
        """One job, and what came of it."""
        if job.act is Act.RESOLVE:
            return await self._resolve(job)
        if job.act is Act.UPDATE:
            return await self._update(job)
        if job.ask_first:
            known = await self._asked(job)
            if known is not None:
                return known
        rows = await self._post(job, "requests", letters.request_form(job))
        return rows if isinstance(rows, Failed) else letters.taken(rows)

    async def news(
        self, target: Target, since: datetime, until: datetime, known: Sequence[str]
    ) -> list[tuple[str, News]] | Failed:
        """What they say since then: their updates, or else the states of those we know they have."""
        if target.talks:
            query = {"start_date": since.isoformat(), "end_date": until.isoformat()}
            rows = await self._get(target, "servicerequestupdates", query)
            told = letters.news_of
        else:
            rows = await self._states(target, known)
            told = letters.state_of
        if isinstance(rows, Failed):
            return rows
        return [one for row in rows if (one := told(row, target)) is not None]

    async def _states(self, target: Target, known: Sequence[str]) -> list[dict[str, object]] | Failed:
        """The requests of these numbers, some in each call."""
        found: list[dict[str, object]] = []
        for first in range(0, len(known), IN_ONE_CALL):
            numbers = ",".join(known[first : first + IN_ONE_CALL])
            rows = await self._get(target, "requests", {"service_request_id": numbers})
            if isinstance(rows, Failed):
                return rows
            found += rows
        return found

    async def _asked(self, job: Job) -> Accepted | Failed | None:
        """What they know of our reference; None where they know nothing, or cannot be asked."""
        start = (job.record.opened_at - BEFORE).isoformat()
        query = {**letters.asked_by(job.target), "reference": job.record.reference, "start_date": start}
        answer = await self._http.call("GET", _url(job.target, "requests"), query=query)
        if isinstance(answer, Answered) and answer.status in CANNOT_BE_ASKED:
            return None
        rows = _rows(answer)
        if isinstance(rows, Failed):
            return Failed(f"cannot be asked: {rows.reason}", unsure=True)
        row = letters.ours(rows, job.record)
        return letters.taken([row], found=True) if row is not None else None

    async def _resolve(self, job: Job) -> Outcome:
        rows = await self._get(job.target, f"tokens/{job.token}", {})
        if isinstance(rows, Failed):
            return rows
        number = text(rows[0], "service_request_id") if rows else ""
        return Accepted(number[:120], job.token) if number else NotYet()

    async def _update(self, job: Job) -> Outcome:
        if job.update is None or not job.target.talks:
            return Skipped("takes no updates")
        if not job.external_id:
            return Skipped("gave no number to update")
        rows = await self._post(job, "servicerequestupdates", letters.update_form(job, job.update))
        return rows if isinstance(rows, Failed) else Accepted(job.external_id)

    async def _post(self, job: Job, what: str, form: Mapping[str, str]) -> list[dict[str, object]] | Failed:
        headers = {"Idempotency-Key": job.key}
        return _rows(await self._http.call("POST", _url(job.target, what), form=form, headers=headers))

    async def _get(self, target: Target, what: str, query: Mapping[str, str]) -> list[dict[str, object]] | Failed:
        asked = {**letters.asked_by(target), **query}
        return _rows(await self._http.call("GET", _url(target, what), query=asked))


def _url(target: Target, what: str) -> str:
    return f"{target.address.rstrip('/')}/{what}.{target.form.value}"


def _rows(answer: Answered | Failed) -> list[dict[str, object]] | Failed:
    if isinstance(answer, Failed):
        return answer
    try:
        rows: list[dict[str, object]] = read(answer.body, answer.kind)
    except Unreadable as error:
        return Failed(f"answer cannot be read: {error}", unsure=True) if answer.ok else refused(answer)
    return rows if answer.ok else refused(answer, letters.said_no(rows))
