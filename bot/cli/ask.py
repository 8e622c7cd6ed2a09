"""`weizhan ask` and `weizhan chat`: the assistant in the terminal, without a server."""

import json
import secrets
import sys
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from bot import app as build
from bot import logs, settings
from bot.cli.explain import drawn
from bot.cli.lines import lines_of
from bot.cli.script import Scene, play
from bot.conversation import Answered, Conversation
from bot.errors import OperatorError
from bot.messages import Kind, Message, Opens
from bot.nlu.current import Current
from bot.samples import demo
from bot.settings import Settings
from bot.store import Store, open_store, schema, station, transaction
from bot.wording.link import spelled_out

Now = Annotated[str, typer.Option(help="The moment it is, ISO 8601; default: the clock.")]
IN_MEMORY = "sqlite://"


def register(app: typer.Typer) -> None:
    app.command()(ask)
    app.command()(chat)


def ask(
    text: Annotated[str | None, typer.Argument(help="What a resident would type.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a message.")] = False,
    explains: Annotated[bool, typer.Option("--explain", help="Add what led to it, as a table.")] = False,
    batch: Annotated[Path | None, typer.Option(help="A file with one message a line.")] = None,
    now: Now = "",
) -> None:
    """What the assistant understands and replies; nothing is kept."""
    if (text is None) == (batch is None):
        raise typer.BadParameter("say a TEXT or --batch FILE", param_hint="TEXT")
    if text is not None and not _is_text(text):
        raise typer.BadParameter("is not UTF-8", param_hint="TEXT")
    if as_json and explains:
        raise typer.BadParameter("is for reading, not for --json", param_hint="--explain")
    chosen = _quiet_settings()
    moment = _moment(now, chosen)
    messages = lines_of(batch) if batch is not None else [text or ""]
    known = build.knowledge(chosen)
    with closing(_kept_or_sample(chosen)) as store:
        build.learn(known, store, chosen)
        talk = _talk(chosen, known)
        for message in messages:
            answered = _once(store, talk, message, moment)
            shown = _as_json(message, answered) if as_json else _as_text(answered)
            if explains:
                shown += f"\n\n{drawn(known.explain(message, moment.astimezone(chosen.zone)))}"
            sys.stdout.write(shown + "\n")


def chat(
    script: Annotated[Path | None, typer.Option(help="Play a dialogue from a JSON Lines file.")] = None,
    memory: Annotated[bool, typer.Option("--memory", help="A fresh sample community, forgotten at the end.")] = False,
    sample: Annotated[
        bool, typer.Option("--sample", help="Fill an empty database with the sample community first.")
    ] = False,
    now: Now = "",
) -> None:
    """A dialogue in the terminal, kept in the database of the settings."""
    chosen = _quiet_settings()
    moment = _moment(now, chosen) if now else None
    with closing(_sample_store() if memory else _kept(chosen, sample=sample)) as store:
        known = build.knowledge(chosen)
        build.learn(known, store, chosen)
        scene = Scene(store, _talk(chosen, known), moment)
        for line in play(scene, script) if script is not None else _typed(scene):
            sys.stdout.write(line + "\n")
            sys.stdout.flush()


def _is_text(word: str) -> bool:
    """Whether the shell's bytes were UTF-8; others arrive as lone surrogates."""
    try:
        word.encode()
    except UnicodeEncodeError:
        return False
    return True


def _typed(scene: Scene) -> Iterator[str]:
    """What is typed is answered until the input ends."""
    while True:
        try:
            said = input("> ")
        except (EOFError, KeyboardInterrupt):
            return
        yield scene.drawn(said)


class _NotKept(Exception):
    """Ends a transaction that was only a trial."""


def _once(store: Store, talk: Conversation, text: str, moment: datetime) -> Answered:
    message = Message(
        channel="cli", sender=secrets.token_hex(8), key="1", kind=Kind.TEXT, sent_at=moment, text=text, opens=Opens.TALK
    )
    kept: list[Answered] = []
    with suppress(_NotKept), transaction(store) as session:
        kept.append(talk.answer(session, message))
        raise _NotKept
    return kept[0]


def _as_json(text: str, answered: Answered) -> str:
    heard = answered.heard
    shown = {
        "text": text,
        "kind": heard.kind.value,
        "target": heard.target if heard.kind.value in ("answer", "action") else None,
        "score": round(heard.score, 4),
        "candidates": [{"target": c.target, "score": round(c.score, 4)} for c in heard.candidates],
        "slots": dict(heard.slots),
        "reply": spelled_out(answered.reply.text),
        "choices": list(answered.reply.choices),
    }
    if len(heard.targets) > 1:
        shown["targets"] = list(heard.targets)
    return json.dumps(shown, ensure_ascii=False)


def _as_text(answered: Answered) -> str:
    choices = [f"  {number}. {label}" for number, label in enumerate(answered.reply.choices, 1)]
    about = f"[{answered.heard.kind.value} {answered.heard.target or ''} {answered.heard.score:.2f}]"
    return "\n".join([about, spelled_out(answered.reply.text), *choices])


def _quiet_settings() -> Settings:
    """The settings; only errors are logged."""
    chosen = settings.load()
    logs.configure(level="ERROR", form=chosen.log_format)
    return chosen


def _talk(chosen: Settings, known: Current) -> Conversation:
    """The assistant, with a secret for the moment where there is none: then nothing is kept."""
    sealing = chosen if chosen.secret_key else chosen.model_copy(update={"secret_key": secrets.token_urlsafe(48)})
    return build.conversation(sealing, known)


def _moment(now: str, chosen: Settings) -> datetime:
    if not now:
        return datetime.now(UTC)
    try:
        moment = datetime.fromisoformat(now)
    except ValueError as error:
        raise typer.BadParameter("is no moment; write 2026-11-22T10:00:00+08:00", param_hint="--now") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=chosen.zone)


def _sample_store() -> Store:
    store = open_store(IN_MEMORY)
    schema.create(store)
    with transaction(store) as session:
        demo.fill(session)
    return store


def _kept_or_sample(chosen: Settings) -> Store:
    """The database of the settings where it stands, else the sample community."""
    url = chosen.database_url
    if url.startswith("sqlite:///") and not Path(url.removeprefix("sqlite:///")).exists():
        return _sample_store()
    return build.store_of(chosen)


def _kept(chosen: Settings, *, sample: bool) -> Store:
    if not chosen.secret_key:
        raise OperatorError("WEIZHAN_SECRET_KEY is empty; set it, or try with --memory")
    if sample:
        with closing(open_store(chosen.database_url)) as store:
            _fill_if_empty(store)
    store = build.store_of(chosen)
    build.check_secret(store, chosen)
    return store


def _fill_if_empty(store: Store) -> None:
    if schema.opened_version(store) is None:
        schema.create(store)
    schema.check_current(store)
    with transaction(store) as session:
        if not station.everywhere(session):
            demo.fill(session)
