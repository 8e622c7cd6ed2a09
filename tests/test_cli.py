"""The `weizhan` command: what it prints, and every error as one line with its status."""

import asyncio
import json
from pathlib import Path

import pytest

from bot.channels.official_account.menu import menu
from bot.simulator import Platform
from bot.store import Store, schema
from tests.support import letters
from tests.support.commands import Said, counts, nobody, objects, weizhan, weizhan_process

NOON = "2026-11-22T12:00:00+08:00"
QUESTION = "居住证怎么办"
ANSWER = "派出所"


@pytest.fixture
def kept(template: Path, tmp_path: Path) -> dict[str, str]:
    """Settings of a database with the sample community."""
    (tmp_path / "town.db").write_bytes(template.read_bytes())
    return {"database_url": "sqlite:///town.db"}


# --- ask


def test_ask_answers_on_the_sample_community_where_there_is_no_database(tmp_path: Path) -> None:
    said = weizhan("ask", "服务站几点开门", folder=tmp_path)
    assert (said.status, said.err) == (0, "")
    assert said.out.startswith("[answer faq:station-hours ")
    assert "13:30–18:00" in said.out
    assert not list(tmp_path.iterdir())


def test_ask_in_a_batch_gives_an_object_for_each_line_in_order_and_keeps_nothing(
    tmp_path: Path, kept: dict[str, str]
) -> None:
    lines = ["居住证怎么办", "", "服务站几点开门\u2028周末开不开", "你好", "1", "1", "\u0000\u0007", "嘎" * 3000]
    (tmp_path / "said.txt").write_bytes(("\ufeff" + "\r\n".join(lines) + "\r\n").encode())
    before = counts(tmp_path)
    found = objects(weizhan("ask", "--json", "--batch", "said.txt", "--now", NOON, folder=tmp_path, settings=kept))
    assert [str(one["text"]).rstrip("\r") for one in found] == lines
    assert found[0].keys() >= {"text", "kind", "target", "score", "candidates", "slots", "reply"}
    assert (found[0]["kind"], found[0]["target"]) == ("answer", "faq:residence-permit")
    assert ANSWER in str(found[0]["reply"])
    assert {str(one["kind"]) for one in found} <= {"answer", "action", "clarify", "fallback"}
    for one in found:
        assert isinstance(one["score"], int | float)
        assert 0 <= one["score"] <= 1
        assert (one["target"] is None) == (one["kind"] in ("clarify", "fallback"))
    assert found[4] == found[5]  # nothing is open from the greeting before
    assert counts(tmp_path) == before


def test_ask_from_a_real_shell_speaks_utf_8(tmp_path: Path) -> None:
    [one] = objects(weizhan_process("ask", "--json", QUESTION, folder=tmp_path))
    assert one["text"] == QUESTION
    said = weizhan_process("ask", b"\xff\xfe", folder=tmp_path)
    assert (said.status, said.complaint) == (2, "Invalid value for TEXT: is not UTF-8")


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (["ask"], "Invalid value for TEXT: say a TEXT or --batch FILE"),
        (["ask", "你好", "--batch", "x"], "Invalid value for TEXT: say a TEXT or --batch FILE"),
        (["ask", "你好", "--now", "soon"], "Invalid value for --now: is no moment; write 2026-11-22T10:00:00+08:00"),
        (["ask", "你好", "--loud"], "No such option"),
        (["ask", "你好", "再见"], "Got unexpected extra argument"),
        (["asks"], "No such command"),
        (["serve", "--port", "0"], "Invalid value for '--port'"),
        (["serve", "--port", "http"], "Invalid value for '--port'"),
        (["db", "restore"], "Missing argument"),
        (["faq", "rank"], "Missing option '--corpus'"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_wrong_usage_is_one_line_and_status_2(tmp_path: Path, words: list[str], line: str) -> None:
    said = weizhan(*words, folder=tmp_path)
    assert (said.status, said.out) == (2, "")
    assert said.complaint.startswith(line)


def test_ask_names_a_file_it_cannot_read(tmp_path: Path) -> None:
    (tmp_path / "latin.txt").write_bytes("caf\xe9\n".encode("latin-1"))
    for name in ("nowhere.txt", "latin.txt"):
        said = weizhan("ask", "--batch", name, folder=tmp_path)
        assert said.status == 1
        assert said.complaint.startswith(f"{name} cannot be read: ")


# --- db


def test_a_database_that_is_not_there_is_one_line_for_every_command(tmp_path: Path) -> None:
    settings = {"database_url": f"postgresql://postgres@127.0.0.1:{nobody()}/town"}
    for words in (["ask", "你好"], ["chat"], ["chat", "--sample"], ["db", "upgrade"], ["db", "backup", "x.db"]):
        said = weizhan(*words, folder=tmp_path, settings=settings)
        assert said.status == 1, words
        assert said.complaint.startswith("WEIZHAN_DATABASE_URL cannot be opened: connection failed"), words


def test_a_database_goes_from_nothing_to_a_backup_and_back(tmp_path: Path, store: Store, database_url: str) -> None:
    here = {"database_url": database_url}
    there = {"database_url": "sqlite:///there.db"}
    said = weizhan("db", "upgrade", folder=tmp_path, settings=here)
    assert (said.status, said.out) == (0, f"database at version {schema.HEAD}\n")
    said = weizhan("db", "backup", "saved.db", folder=tmp_path, settings=here)
    assert (said.status, said.out.partition(" (")[0]) == (0, "written: saved.db")
    said = weizhan("db", "restore", "saved.db", folder=tmp_path, settings=there)
    assert (said.status, said.out) == (0, "restored from saved.db\n")
    assert counts(tmp_path, "there.db")["station"] > 0
    for words, line in (
        (["backup", "saved.db"], "saved.db is there already; name a new file"),
        (["restore", "nowhere.db"], "nowhere.db does not exist"),
        (["restore", "saved.db"], "the database is not empty"),
    ):
        said = weizhan("db", *words, folder=tmp_path, settings=there)
        assert said.status == 1
        assert said.complaint.startswith(line)


def test_no_backup_of_a_database_that_is_not_upgraded(tmp_path: Path) -> None:
    said = weizhan("db", "backup", "saved.db", folder=tmp_path)
    assert (said.status, said.complaint) == (1, "the database is not up to date; run: weizhan db upgrade")


# --- faq


def test_faq_check_is_content_with_ours_and_fails_on_an_error(tmp_path: Path) -> None:
    said = weizhan("faq", "check", folder=tmp_path)
    assert (said.status, said.err) == (0, "")
    assert said.out.splitlines()[-1].startswith("0 errors, ")
    (tmp_path / "faq").mkdir()
    (tmp_path / "faq" / "broken.toml").write_text("[x\n", "utf-8")
    said = weizhan("faq", "check", folder=tmp_path, settings={"faq_dir": "faq"})
    assert said.status == 1
    assert "broken.toml" in said.out + said.err
    assert "Traceback" not in said.err


def test_faq_rank_gives_the_best_ten_of_any_corpus(tmp_path: Path) -> None:
    corpus = [
        {"id": str(number), "question": f"第{number}种证件怎么办理", "aliases": [f"办证{number}"]}
        for number in range(20)
    ]
    (tmp_path / "corpus.jsonl").write_text("\n".join(json.dumps(one, ensure_ascii=False) for one in corpus), "utf-8")
    (tmp_path / "queries.jsonl").write_text('{"id": "q1", "text": "第7种证件怎么办理"}\n', "utf-8")
    words = ("faq", "rank", "--corpus", "corpus.jsonl", "--queries", "queries.jsonl")
    [found] = objects(weizhan(*words, folder=tmp_path))
    ranked = found["ranked"]
    assert found["query_id"] == "q1"
    assert isinstance(ranked, list)
    assert ranked[0][0] == "7"
    scores = [score for _, score in ranked]
    assert scores == sorted(scores, reverse=True)
    assert len(ranked) <= 10
    assert all(0 <= score <= 1 for score in scores)


@pytest.mark.parametrize("raw", ["[]", '{"id": "1", "text": "x"}', '{"question": "x"}', "{"])
def test_faq_rank_names_a_line_it_cannot_use(tmp_path: Path, raw: str) -> None:
    (tmp_path / "c.jsonl").write_text(f'{{"id": "1", "question": "x"}}\n{raw}\n', "utf-8")
    said = weizhan("faq", "rank", "--corpus", "c.jsonl", "--queries", "c.jsonl", folder=tmp_path)
    assert (said.status, said.complaint) == (1, "c.jsonl:2: needs a JSON object with “id” and “question”")


# --- menu


def account(platform: Platform, **changed: str) -> dict[str, str]:
    return {
        "wechat_app_id": letters.APP_ID,
        "wechat_app_secret": "0" * 32,
        "wechat_api_base": platform.api_base,
        "allow_insecure_api": "1",
        **changed,
    }


def test_menu_show_prints_what_would_be_published(tmp_path: Path) -> None:
    said = weizhan("menu", "show", folder=tmp_path)
    assert json.loads(said.out) == menu()


async def test_menu_push_publishes_or_says_why_not(tmp_path: Path) -> None:
    async with await Platform.start(
        webhook_url="http://127.0.0.1:9", token=letters.TOKEN, app_id=letters.APP_ID, app_secret="0" * 32
    ) as platform:

        async def push(**changed: str) -> Said:
            return await asyncio.to_thread(
                weizhan, "menu", "push", folder=tmp_path, settings=account(platform, **changed)
            )

        said = await push(wechat_app_secret="1" * 32)
        assert (said.status, said.complaint) == (1, "the platform refused the menu: 40125 no token: app secret wrong")
        assert platform.menu is None
        said = await push()
        assert (said.status, said.out) == (0, "menu published\n")
        assert platform.menu is not None


def test_menu_push_wants_the_account_and_a_platform(tmp_path: Path) -> None:
    said = weizhan("menu", "push", folder=tmp_path)
    assert (said.status, said.complaint.partition(";")[0]) == (1, "WEIZHAN_WECHAT_APP_ID is empty")
    for base in (f"http://127.0.0.1:{nobody()}", "nonsense"):
        settings = {"wechat_app_id": "wx1", "wechat_app_secret": "x", "wechat_api_base": base}
        said = weizhan("menu", "push", folder=tmp_path, settings=settings)
        assert said.complaint.startswith("WEIZHAN_WECHAT_API_BASE is not https")
        settings["allow_insecure_api"] = "1"
        said = weizhan("menu", "push", folder=tmp_path, settings=settings)
        assert said.status == 1
        assert said.complaint.startswith("the platform refused the menu: "), base
