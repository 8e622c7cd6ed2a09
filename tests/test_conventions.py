"""The house's rules as tests: where Chinese may stand, that every refusal has words, that menus lead somewhere."""

import ast
import importlib
import pkgutil
import re
import subprocess
from pathlib import Path

import pytest

from bot import wording
from bot.channels.official_account.errcodes import table
from bot.channels.official_account.menu import menu
from bot.errors import Refusal
from bot.handlers import all_routers
from bot.nlu import Understander
from bot.wording import explain
from tests.conftest import ROOT
from tests.support.town import SUNDAY_MORNING

CHINESE = re.compile(r"[\u4e00-\u9fff]")
MAY_SPEAK_CHINESE = ("bot/wording/", "bot/nlu/", "bot/samples/", "bot/web/sandbox/page/", "bot/privacy.py")
NOT_OURS = re.compile(r"/(root|home|work|tmp/bash)/|pythonhosted|registry\.npmjs|deb\.debian|\.\./shared")


def sources() -> list[Path]:
    return sorted((ROOT / "bot").rglob("*.py"))


@pytest.mark.parametrize("path", sources(), ids=lambda path: str(path.relative_to(ROOT)))
def test_chinese_stands_only_where_sentences_live(path: Path) -> None:
    name = str(path.relative_to(ROOT))
    if name.startswith(MAY_SPEAK_CHINESE):
        return
    said = [node.value for node in strings(ast.parse(path.read_text("utf-8"))) if CHINESE.search(str(node.value))]
    assert said == []


def test_every_module_says_why_it_exists() -> None:
    silent = [str(path) for path in sources() if not ast.get_docstring(ast.parse(path.read_text("utf-8")))]
    assert [path for path in silent if "migrations" not in path] == []


def test_every_refusal_has_words() -> None:
    for module in pkgutil.walk_packages(wording.__path__, "bot.wording."):  # whatever was imported before
        importlib.import_module(module.name)
    for refusal in all_subclasses(Refusal):
        if refusal.__module__.startswith("bot."):
            assert explain.dispatch(refusal) is not explain.dispatch(Refusal), refusal


def test_every_key_of_the_menu_is_a_target(knowledge: Understander) -> None:
    for top in menu()["button"]:
        for item in top["sub_button"]:
            kind, _, name = item["key"].partition(":")
            if item["type"] == "click":
                assert name in (knowledge.entries if kind == "faq" else knowledge.actions), item


def test_the_menu_keeps_the_platforms_limits() -> None:
    buttons = menu()["button"]
    assert 1 <= len(buttons) <= 3
    for top in buttons:
        assert len(top["name"].encode()) <= 16
        assert 1 <= len(top["sub_button"]) <= 5
        assert all(len(item["name"].encode()) <= 60 and len(item["key"].encode()) <= 128 for item in top["sub_button"])


def test_every_handler_serves_a_known_action(knowledge: Understander) -> None:
    assert set(all_routers().actions) <= set(knowledge.actions)


def test_every_example_reaches_its_action(knowledge: Understander) -> None:
    missed = [
        (card.name, example)
        for card in knowledge.actions.values()
        for example in card.examples
        if (heard := knowledge.understand(example, SUNDAY_MORNING)).target != f"action:{card.name}"
        and f"action:{card.name}" not in [candidate.target for candidate in heard.candidates]
    ]
    assert missed == []


def test_every_errcode_has_one_reaction() -> None:
    assert len(table()) >= 30


def test_nothing_names_a_machine_or_a_registry() -> None:
    for path in ours():
        found = NOT_OURS.search(path.read_text("utf-8", errors="ignore"))
        assert not found, f"{path}: {found}"


def ours() -> list[Path]:
    """Every file of the project but this one, which has to name what it looks for."""
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return [ROOT / name for name in listed.splitlines() if (ROOT / name).is_file() and ROOT / name != Path(__file__)]


def strings(tree: ast.AST) -> list[ast.Constant]:
    """String constants that a program uses, without docstrings."""
    documented = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documented
    ]


def all_subclasses(kind: type) -> set[type]:
    """Every class below it, however deep."""
    children: list[type] = type.__subclasses__(kind)
    return set(children).union(*map(all_subclasses, children))
