"""Writes entries into the TOML files of the knowledge base; what nobody touched keeps its order and its comments."""

import shutil
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

import tomlkit
from tomlkit import TOMLDocument
from tomlkit.items import Item, Table

from bot.nlu.faq.entries import Entry, load, read

DEFAULT = "console"  # the file for entries that name none


def write(folder: Path, entries: Iterable[Entry]) -> list[Entry]:
    """Put these into the files; returns those that were not there so already.

    Raises FaqError where the files would not be readable any more; then nothing is written.
    An entry stays in the file in which it stands; a new one goes to that of its topic.
    """
    known = {entry.id: entry for path in sorted(folder.glob("*.toml")) for entry in read(path)}
    changed = [entry for entry in entries if not _same(known.get(entry.id), entry)]
    documents: dict[str, TOMLDocument] = {}
    for entry in changed:
        old = known.get(entry.id)
        topic = old.topic if old is not None else entry.topic or DEFAULT
        if topic not in documents:
            documents[topic] = _opened(folder / f"{topic}.toml")
        _put(documents[topic], entry)
    _replace(folder, documents)
    return changed


def _same(old: Entry | None, new: Entry) -> bool:
    fields = ("question", "ask", "source", "reviewed", "expires", "actions", "related")
    return (
        old is not None
        and old.answer == new.answer.strip()
        and all(getattr(old, name) == getattr(new, name) for name in fields)
    )


def _opened(path: Path) -> TOMLDocument:
    return tomlkit.parse(path.read_text(encoding="utf-8")) if path.exists() else tomlkit.document()


def _put(document: TOMLDocument, entry: Entry) -> None:
    """Set what is different and leave the rest as it stands."""
    if entry.id not in document:
        if document.as_string().strip():
            document.add(tomlkit.nl())
        document.add(entry.id, tomlkit.table())
    table = document[entry.id]
    if not isinstance(table, Table):
        raise TypeError(entry.id)
    said: dict[str, object] = {"question": entry.question, "ask": entry.ask, "answer": entry.answer.strip()}
    said |= {"source": entry.source, "reviewed": entry.reviewed, "expires": entry.expires}
    said |= {"actions": entry.actions, "related": entry.related}
    for name, value in said.items():
        if value in (None, (), ""):
            if name in table:
                table.remove(name)
        elif name not in table or _plain(table[name]) != value:
            table[name] = _item(value)


def _plain(item: object) -> object:
    value = item.unwrap() if isinstance(item, Item) else item
    return tuple(value) if isinstance(value, list) else value.strip() if isinstance(value, str) else value


def _item(value: object) -> Item:
    """As people write it: long texts and lists on lines of their own."""
    if isinstance(value, tuple):
        return _list(value)
    if isinstance(value, str) and "\n" in value:
        return tomlkit.string("\n" + value, multiline=True)
    return tomlkit.item(value)


def _list(texts: Sequence[str]) -> Item:
    found = tomlkit.array()
    found.extend(texts)
    return found.multiline(len(texts) > 1)


def _replace(folder: Path, documents: dict[str, TOMLDocument]) -> None:
    """All files or none, and only a knowledge base that can be read."""
    with tempfile.TemporaryDirectory() as other:
        trial = Path(other)
        for path in folder.glob("*.toml"):
            shutil.copyfile(path, trial / path.name)
        for topic, document in documents.items():
            (trial / f"{topic}.toml").write_text(tomlkit.dumps(document), encoding="utf-8")
        load(trial)
        for topic in documents:
            half = folder / f".{topic}.toml.part"
            shutil.copyfile(trial / f"{topic}.toml", half)
            half.replace(folder / f"{topic}.toml")
