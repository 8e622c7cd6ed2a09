"""`weizhan faq check`, `export` and `rank`: the knowledge base linted, written to its files, the engine tried."""

import getpass
import json
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, TextIO

import typer

from bot import app as build
from bot import settings
from bot.cli.lines import lines_of
from bot.errors import OperatorError
from bot.nlu import faq
from bot.nlu.faq import writing
from bot.nlu.rank import load_ranker
from bot.privacy import Seal
from bot.rules import audit
from bot.rules.audit import Act
from bot.rules.knowledge import as_entry
from bot.rules.office import Office
from bot.store import transaction
from bot.store.knowledge import entries

BEST = 10
app = typer.Typer(no_args_is_help=True, help="The knowledge base: checked, written to its files, tried out.")


@app.command("check")
def check_files() -> int:
    """Lint the knowledge base; status 1 on an error."""
    chosen = settings.load()
    return check(chosen.faq_dir, datetime.now(chosen.zone).date())


@app.command("rank")
def rank_files(
    corpus: Annotated[Path, typer.Option(help="JSON Lines: id, question, aliases.")],
    queries: Annotated[Path, typer.Option(help="JSON Lines: id, text.")],
) -> int:
    """Rank the entries of any corpus for each query; JSON lines to stdout."""
    return rank(corpus, queries, sys.stdout)


@app.command("export")
def export_entries(
    faq_dir: Annotated[Path | None, typer.Argument(help="The folder; by default that of the settings.")] = None,
) -> None:
    """Write what the staff wrote in the back office into the files."""
    chosen = settings.load()
    with closing(build.store_of(chosen)) as store, transaction(store) as session:
        office = Office(session, Seal(chosen.secret_key), chosen.zone, build.utc_now())
        rows = entries(session)
        shown = [as_entry(row) for row in rows if not row.hidden]
        written = writing.write(faq_dir or chosen.faq_dir, shown)
        for entry in written:
            audit.add(office, Act("knowledge.exported", None, entry.id, details={"by": getpass.getuser()}))
    for entry in written:
        sys.stdout.write(f"written: {entry.id}\n")
    hidden = [row.id for row in rows if row.hidden]
    for name in hidden:
        sys.stdout.write(f"hidden, left as it is: {name}\n")
    same = len(shown) - len(written)
    sys.stdout.write(f"{len(written)} entries written, {same} already there, {len(hidden)} hidden\n")


def check(faq_dir: Path, today: date) -> int:
    """Print every finding and a summary; 1 when there is an error, else 0."""
    findings = faq.check(faq_dir, today)
    for found in findings:
        where = f"{found.file} [{found.id}]" if found.id else found.file
        sys.stdout.write(f"{found.level}: {where}: {found.sentence}\n")
    errors = sum(found.level is faq.Level.ERROR for found in findings)
    sys.stdout.write(f"{errors} errors, {len(findings) - errors} warnings\n")
    return 1 if errors else 0


def rank(corpus: Path, queries: Path, out: TextIO) -> int:
    """Write the best entries of the corpus for every query, a JSON object a line. Raises OperatorError."""
    phrases = {}
    for line in _lines(corpus, "question"):
        aliases = line.get("aliases", [])
        phrases[str(line["id"])] = [str(line["question"]), *(map(str, aliases) if isinstance(aliases, list) else ())]
    ranker = load_ranker(phrases)
    for line in _lines(queries, "text"):
        ranked = [[match.entry, round(match.score, 4)] for match in ranker.rank(str(line["text"]), BEST)]
        out.write(json.dumps({"query_id": line["id"], "ranked": ranked}, ensure_ascii=False) + "\n")
    return 0


def _lines(path: Path, needed: str) -> Iterator[dict[str, object]]:
    for number, line in enumerate(lines_of(path), start=1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except ValueError:
            value = None
        if not isinstance(value, dict) or not value.keys() >= {"id", needed}:
            raise OperatorError(f"{path}:{number}: needs a JSON object with “id” and “{needed}”")
        yield value
