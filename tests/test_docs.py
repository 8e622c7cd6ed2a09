"""The documentation holds: what exists is described, what is described exists."""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer.main
from aiohttp import web
from sqlmodel import SQLModel

from bot.app import Product
from bot.channels.official_account.errcodes import table
from bot.cli import app as command_line
from bot.cli import run
from bot.conversation import Conversation
from bot.nlu import actions
from bot.nlu.faq.entries import read
from bot.rules import retention
from bot.settings import PREFIX, Settings
from bot.simulator import FaultName
from bot.store import Store
from bot.web.health import Metrics
from bot.web.sandbox import Inside, add_sandbox
from tests.conftest import ROOT, SECRET
from tests.support.town import Town

DOCS = ROOT / "docs"
READMES = ("README.md", "README.zh-CN.md")
CITED = re.compile(r"docs/([\w./-]+\.md)(?:,? (?:§(\d+)|[\"“]([^\"”]+)[\"”]))?")
NAMED = re.compile(r"`((?:bot|faq|docs|tests|bench|data|\.ci)/[\w./-]*|[\w/]+\.(?:toml|py))(?::[^`]*)?`")
LINK = re.compile(r"(?<!\!)\[[^\]]*\]\(([^)\s]+)\)")


def pages() -> list[Path]:
    return [*sorted(ROOT.glob("*.md")), *sorted(DOCS.rglob("*.md")), ROOT / "bot" / "simulator" / "README.md"]


def words(name: str) -> str:
    return (DOCS / name).read_text("utf-8")


def rows(text: str) -> dict[str, str]:
    """The rows of a page's tables by the first thing in backticks in their first two cells; the first row counts."""
    found: dict[str, str] = {}
    for line in text.splitlines():
        if row := re.match(r"\| (?:[^|`]*\| )?`([^`]+)`", line):
            found.setdefault(row[1], line)
    return found


def fenced(text: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)


def test_every_setting_has_its_line_and_no_line_is_left_over() -> None:
    described = {name for name in rows(words("deploy.md")) if name.startswith(PREFIX)}
    assert described - {name for name in described if " " in name} == {
        PREFIX + name.upper() for name in Settings.model_fields
    }


def test_defaults_of_settings_are_the_ones_described() -> None:
    lines = rows(words("deploy.md"))
    for name, field in Settings.model_fields.items():
        said = lines[PREFIX + name.upper()].rstrip(" |").rpartition("| ")[2]
        expected = "0" if field.default is False else str(field.default)
        assert said.startswith(f"`{expected}`" if expected else "none"), name


def test_every_metric_has_its_line() -> None:
    kept = {metric.name + ("_total" if metric.type == "counter" else "") for metric in Metrics().registry.collect()}
    assert kept == {name for name in rows(words("deploy.md")) if name.startswith("weizhan_")}


def test_every_route_is_described(memory: Store, talk: Conversation, tmp_path: Path) -> None:
    settings = Settings(secret_key=SECRET, wechat_token="token")
    product = Product(settings, memory, talk, folder=tmp_path).application()
    for method, path in routes(product):
        page = "console.md" if path.startswith("/console") else "deploy.md"
        assert f"`{method} {path}`" in words(page), path
    sandbox = web.Application()
    add_sandbox(sandbox, platform="http://127.0.0.1:1", inside=Inside())
    for _, path in routes(sandbox):
        assert f"`{path}`" in words("sandbox.md"), path


def routes(app: web.Application) -> Iterator[tuple[str, str]]:
    for route in app.router.routes():
        if route.resource is not None and route.method != "HEAD":
            yield route.method, route.resource.canonical


@pytest.mark.parametrize("name", READMES)
def test_every_command_is_in_the_readme(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    for command in commands(typer.main.get_command(command_line)):
        assert f"`weizhan {command}" in text, command


def commands(group: object, before: str = "") -> Iterator[str]:
    """The words of every command below."""
    for name, command in getattr(group, "commands", {}).items():
        if hasattr(command, "commands"):
            yield from commands(command, f"{before}{name} ")
        else:
            yield before + name


@pytest.mark.parametrize("page", pages(), ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    for target in LINK.findall(page.read_text("utf-8")):
        if not target.startswith("https://"):
            assert (page.parent / target).is_file(), target


def test_every_page_cited_in_the_code_is_there_with_its_section() -> None:
    cited = 0
    for path in sorted((ROOT / "bot").rglob("*")):
        if path.suffix not in {".py", ".toml", ".js", ".md"}:
            continue
        for name, section, heading in CITED.findall(path.read_text("utf-8")):
            cited += 1
            text = words(name)
            assert not section or f"\n## {section}. " in text, f"{path}: {name} §{section}"
            assert not heading or f"\n## {heading}\n".lower() in text.lower(), f"{path}: {name} {heading}"
    assert cited >= 10


@pytest.mark.parametrize("page", pages(), ids=lambda page: str(page.relative_to(ROOT)))
def test_every_file_named_is_there(page: Path) -> None:
    for name in NAMED.findall(page.read_text("utf-8")):
        if "umbrella" not in name:  # the worked example's own
            assert list(ROOT.glob(f"bot/**/{name}")) or (ROOT / name).exists(), name


@pytest.mark.parametrize("page", sorted((DOCS / "decisions").glob("*.md")), ids=lambda page: page.stem)
def test_a_decision_says_context_decision_consequences_and_alternatives(page: Path) -> None:
    text = page.read_text("utf-8")
    assert text.startswith(f"# {page.name[:4]} ")
    found = re.findall(r"^\*\*(Context|Decision|Consequences|Alternatives)\.\*\*", text, re.MULTILINE)
    assert found == ["Context", "Decision", "Consequences", "Alternatives"]
    assert len(text.splitlines()) <= 40


@pytest.mark.parametrize("name", READMES)
def test_the_conversation_in_the_readme_is_what_the_product_says(name: str, town: Town) -> None:
    resident = town.resident("婆婆")
    heard: list[str] = []
    played = 0
    for line in fenced((ROOT / name).read_text("utf-8"), "text")[0].splitlines():
        if line.startswith("> "):
            resident.says(line.removeprefix("> "))
            numbered = [f"{number}. {choice}" for number, choice in enumerate(resident.reply.choices, 1)]
            heard = [*resident.reply.text.splitlines(), *numbered]
            played += 1
        elif line != "…":
            assert line in heard
            heard = heard[heard.index(line) + 1 :]
    assert played >= 4


def test_every_error_code_stands_at_its_reaction() -> None:
    lines = {line.split(" | ")[0].removeprefix("| "): line for line in words("wechat.md").splitlines() if "|" in line}
    for code, errcode in table().items():
        assert re.search(rf"(?<![\d-]){code}\b", lines[errcode.reaction.value].split(" | ")[1]), code


def test_every_mishap_is_described() -> None:
    described = rows(words("sandbox.md"))
    assert {name.value for name in FaultName} <= described.keys()


def test_every_record_about_people_and_its_period_is_in_the_privacy_page() -> None:
    text = words("privacy.md")
    assert {"resident", *about_residents()} <= rows(text).keys()
    for period in (retention.MESSAGES, retention.NOTICES, retention.MISSED, retention.GONE):
        assert f"{period.days} days" in text


def about_residents() -> set[str]:
    """The tables that point to people."""
    found = SQLModel.metadata.tables.values()
    return {table.name for table in found if any(key.column.table.name == "resident" for key in table.foreign_keys)}


def test_the_example_entry_is_one(tmp_path: Path) -> None:
    example = tmp_path / "example.toml"
    example.write_text(fenced(words("knowledge-base.md"), "toml")[0], "utf-8")
    [entry] = read(example)
    assert entry.expires is not None
    assert all(f"| `{field}` |" in words("knowledge-base.md") for field in ("question", "ask", "answer", "source"))


def test_the_worked_example_is_code(tmp_path: Path) -> None:
    text = words("add-a-capability.md")
    blocks = fenced(text, "python")
    assert len(blocks) == 6
    for block in blocks:
        ast.parse(block)
    (tmp_path / "umbrella.toml").write_text(fenced(text, "toml")[0], "utf-8")
    [card] = actions.load(tmp_path)
    assert f'@router.action("{card.name}")' in text


def test_what_ask_prints_is_described(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("WEIZHAN_FAQ_DIR", str(ROOT / "faq"))
    monkeypatch.setenv("WEIZHAN_DATABASE_URL", f"sqlite:///{tmp_path / 'none.db'}")
    assert run(["ask", "--json", "居住证怎么办理？"]) == 0
    printed = json.loads(capsys.readouterr().out)
    described = rows(words("understanding.md"))
    assert printed.keys() <= described.keys()
