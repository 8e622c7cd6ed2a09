"""`weizhan destination`: the other offices that are told of tickets: added, listed, tried out, dropped."""

import asyncio
import os
import sys
from contextlib import closing
from datetime import datetime
from typing import Annotated

import typer

from bot import app as build
from bot import settings
from bot.channels.back_office import Senders
from bot.cli.office import opened
from bot.errors import OperatorError
from bot.nlu.kinds import Trouble
from bot.rules.forwarding import destinations
from bot.rules.forwarding.destinations import Draft
from bot.rules.forwarding.record import target
from bot.rules.forwarding.values import Act, Failed, Job, Outcome, Record, Stage
from bot.store import forwarding, transaction
from bot.store.forwarding import Form, Way
from bot.store.ids import new_id
from bot.store.ticket import Urgency
from bot.wording import forwarding as say

app = typer.Typer(no_args_is_help=True, help="The other offices that are told of tickets.")
SECRET = "WEIZHAN_DESTINATION_SECRET"  # noqa: S105 - the name of a variable


@app.command()
def add(
    code: Annotated[str, typer.Argument(help="A short name of your own, such as city.")],
    way: Annotated[Way, typer.Argument(help="How it is reached.")],
    address: Annotated[str, typer.Argument(help="https://…, smtp://USER@HOST/TO, or a folder.")],
    title: Annotated[str, typer.Option(help="What residents read: the office's name.")],
    secret: Annotated[str, typer.Option(help=f"API key, signing key or password; better in {SECRET}.")] = "",
    jurisdiction: Annotated[str, typer.Option(help="The jurisdiction_id it wants.")] = "",
    form: Annotated[Form, typer.Option(help="In which form its Open311 is spoken.")] = Form.JSON,
    updates: Annotated[bool, typer.Option("--updates", help="It takes and gives servicerequestupdates.")] = False,
    within: Annotated[str, typer.Option(help="Code of the community or station it is responsible for.")] = "",
    kind: Annotated[list[Trouble] | None, typer.Option(help="A kind of trouble that goes there; all without.")] = None,
    service: Annotated[list[str] | None, typer.Option(help="KIND=CODE: what a kind is called there.")] = None,
    contact: Annotated[bool, typer.Option("--contact", help="Name and phone, where the resident agreed.")] = False,
    whole_words: Annotated[bool, typer.Option("--whole-words", help="The words unmasked.")] = False,
) -> None:
    """Take up a destination; tickets opened from now on go there."""
    draft = Draft(
        code=code,
        title=title,
        way=way,
        address=address,
        secret=secret or os.environ.get(SECRET, ""),
        jurisdiction=jurisdiction,
        form=form,
        talks=updates,
        within=within,
        kinds=[one.value for one in kind or []],
        services=dict(map(_pair, service or [])),
        contact_leaves=contact,
        words_leave=whole_words,
    )
    with opened() as office:
        destinations.add(office, draft)
    sys.stdout.write(f"added: {code}; try it with: weizhan destination test {code}\n")


@app.command("list")
def show() -> None:
    """All destinations, and how many tickets stand where."""
    chosen = settings.load()
    with closing(build.store_of(chosen)) as store, transaction(store) as session:
        for one in forwarding.destinations(session):
            if one.active:
                kinds = ",".join(one.kinds) or "all kinds"
                sys.stdout.write(f"{one.code}  {one.way}  {one.address}  {one.title}  {kinds}\n")
        counts = ", ".join(f"{state} {number}" for state, number in sorted(forwarding.by_state(session).items()))
    sys.stdout.write(f"tickets: {counts or 'none yet'}\n")


@app.command()
def drop(code: Annotated[str, typer.Argument(help="The destination's code.")]) -> None:
    """Send nothing more there; what it was sent stays on record."""
    with opened() as office:
        destinations.drop(office, code)
    sys.stdout.write(f"dropped: {code}\n")


@app.command()
def test(code: Annotated[str, typer.Argument(help="The destination's code.")]) -> None:
    """Send one request that says it is a test, and show what comes back."""
    with opened() as office:
        found = forwarding.destination(office.session, code)
        if found is None or not found.active:
            raise OperatorError(f"there is no destination {code} in use; weizhan destination list shows them")
        kind = Trouble(found.kinds[0]) if found.kinds else Trouble.OTHER
        record = _trial(office.now.astimezone(office.zone), kind, found.services.get(kind.value, kind.value))
        job = Job(new_id(), target(office, found), Act.REQUEST, 0, record.reference, False, office.now, record)
    [outcome] = asyncio.run(_sent(job))
    if isinstance(outcome, Failed):
        raise OperatorError(f"{code}: {outcome.reason}")
    sys.stdout.write(f"{code}: it took the test as {record.reference}: {outcome}\n")


def _pair(said: str) -> tuple[str, str]:
    kind, equals, code = said.partition("=")
    if not equals or not code:
        raise OperatorError(f"--service {said}: write KIND=CODE")
    return kind, code


def _trial(now: datetime, kind: Trouble, service: str) -> Record:
    reference = f"TEST-{now:%y%m%d-%H%M%S}"
    return Record(
        reference=reference,
        number=reference,
        round=1,
        trouble=kind,
        service=service,
        urgency=Urgency.NORMAL,
        stage=Stage.RECEIVED,
        opened_at=now,
        words=say.TEST_WORDS,
        community="",
        place="",
        said_place="",
    )


async def _sent(job: Job) -> list[Outcome]:
    senders = Senders(build.utc_now)
    await senders.open()
    try:
        return await senders.send([job])
    finally:
        await senders.close()
