"""`weizhan faq gaps` and `weizhan faq replay`: where the knowledge base is thin, and what a change would change."""

import json
import sys
from collections import Counter
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from bot import app as build
from bot import settings
from bot.errors import OperatorError
from bot.nlu.current import Current
from bot.nlu.gaps import gather
from bot.privacy import Seal, masked
from bot.settings import Settings
from bot.store import inbox, missed, transaction

Days = Annotated[int, typer.Option(min=1, max=365, help="How far back.")]


def register(app: typer.Typer) -> None:
    app.command()(gaps)
    app.command()(replay)


def gaps(days: Days = 30, top: Annotated[int, typer.Option(min=1, help="How many groups.")] = 20) -> None:
    """What residents asked and nobody could answer: grouped, the most frequent first."""
    chosen = settings.load()
    with closing(build.store_of(chosen)) as store, transaction(store) as session:
        rows = missed.since(session, build.utc_now() - timedelta(days=days))
    found = gather([row.text for row in rows])
    for gap in found[:top]:
        members = [rows[number] for number in gap.texts]
        taken = Counter(row.taken for row in members if row.taken)
        meant = "、".join(f"{target} ×{count}" for target, count in taken.most_common(3)) or "-"
        guess = members[0].guesses[0][0] if members[0].guesses else "-"
        sys.stdout.write(f"{gap.size:4d}  {members[0].text}\n      best guess: {guess}   meant: {meant}\n")
    sys.stdout.write(f"{len(rows)} messages in {len(found)} groups within {days} days\n")


def replay(
    faq_dir: Annotated[Path, typer.Argument(help="The changed knowledge base.")],
    days: Days = 30,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a change.")] = False,
) -> None:
    """Ask past messages of a changed knowledge base and show what would be answered differently."""
    chosen = settings.load()
    if not chosen.secret_key:
        raise OperatorError("WEIZHAN_SECRET_KEY is empty; past messages are sealed with it")
    old, new = build.knowledge(chosen), build.knowledge(chosen.model_copy(update={"faq_dir": faq_dir}))
    asked = _asked(chosen, build.utc_now() - timedelta(days=days))
    changed = 0
    for text, when in asked:
        before, after = _outcome(old, text, when), _outcome(new, text, when)
        if before != after:
            changed += 1
            sys.stdout.write(_drawn(masked(text), before, after, as_json=as_json) + "\n")
    sys.stderr.write(f"{len(asked)} messages, {changed} would be answered differently\n")


def _asked(chosen: Settings, moment: datetime) -> list[tuple[str, datetime]]:
    """Every text that came in since then, with its moment in the community's zone."""
    seal = Seal(chosen.secret_key)
    with closing(build.store_of(chosen)) as store, transaction(store) as session:
        kept = inbox.texts_since(session, moment)
    return [(str(seal.open_json(said)["text"]), at.astimezone(chosen.zone)) for said, at in kept]


def _outcome(known: Current, text: str, when: datetime) -> str:
    heard = known.understand(text, when)
    return heard.target or heard.kind.value


def _drawn(text: str, before: str, after: str, *, as_json: bool) -> str:
    if as_json:
        return json.dumps({"text": text, "before": before, "after": after}, ensure_ascii=False)
    return f"{before} → {after}   {text}"
