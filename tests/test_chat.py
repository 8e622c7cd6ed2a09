"""`weizhan chat`: dialogues by hand and from a file, kept or forgotten."""

import json
from pathlib import Path

import pytest

from bot.cli.script import Scene, play
from bot.conversation import Conversation
from bot.errors import OperatorError
from bot.store import Store
from bot.wording import desk as say
from tests.support.commands import counts, objects, weizhan
from tests.support.town import Town

NOON = "2026-11-22T12:00:00+08:00"
QUESTION = "居住证怎么办"
ANSWER = "派出所"


@pytest.fixture
def kept(template: Path, tmp_path: Path) -> dict[str, str]:
    """Settings of a database with the sample community."""
    (tmp_path / "town.db").write_bytes(template.read_bytes())
    return {"database_url": "sqlite:///town.db"}


def script(folder: Path, *lines: object) -> Path:
    """A file with these lines."""
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    (folder / "script.jsonl").write_text(text, "utf-8")
    return folder / "script.jsonl"


def test_a_script_plays_everything_people_do(tmp_path: Path) -> None:
    file = script(
        tmp_path,
        {"from": "r1", "event": "subscribe", "at": "2026-11-22T10:00:00+08:00"},
        {"from": "r1", "text": "1"},
        {"from": "r1", "text": "你好", "id": "m1"},
        {"from": "r1", "text": "社保卡在哪里办", "id": "m2"},
        {"from": "r1", "text": "你好", "id": "m1"},
        {"from": "r2", "text": "1", "id": "m1"},
        {"from": "r2", "location": {"lat": 30.6212, "lon": 104.1131}},
        {"from": "r2", "picture": "broken-door.jpg"},
        {"from": "r2", "scan": "lesson_12"},
        {"from": "r2", "event": "click"},
        {"from": "r1", "via": "group", "text": "1"},
    )
    found = objects(weizhan("chat", "--memory", "--script", str(file), folder=tmp_path))
    replies = [str(one["reply"]) for one in found]
    assert all(one.keys() == {"reply", "choices", "asks", "sent"} for one in found)
    assert (replies[0], found[0]["choices"], found[0]["asks"]) == (say.WELCOME, list(say.EXAMPLES), "desk.pick")
    assert ANSWER in replies[1]
    assert found[4] == found[2]  # a repeated id is a retry
    assert replies[3] != replies[2]
    assert ANSWER not in replies[5]  # of another person it is another message, with no question open
    assert "离您最近的站点" in replies[6]
    assert replies[7:10] == [say.PICTURE, say.SCANNED, say.HELP]
    assert ANSWER not in replies[10]  # who writes in the group has nothing open there
    assert all(one["sent"] == [] for one in found)


def test_at_moves_the_clock_and_a_moment_without_a_zone_is_local(
    tmp_path: Path, memory: Store, talk: Conversation
) -> None:
    file = script(
        tmp_path,
        {"from": "r1", "text": "你好", "at": "2026-11-22T10:00:00+08:00"},
        {"from": "r1", "text": "1", "at": "2026-11-22T10:58:00"},
        {"from": "r1", "text": "你好", "at": "2026-11-22T11:00:00"},
        {"from": "r1", "text": "1", "at": "2026-11-22T12:01:00"},
    )
    found = [json.loads(line) for line in play(Scene(memory, talk, None), file)]
    assert [ANSWER in one["reply"] for one in found] == [False, True, False, False]


def test_what_others_are_told_meanwhile_is_shown(tmp_path: Path, memory: Store, talk: Conversation) -> None:
    town = Town(memory, talk)
    neighbour = town.resident("r2")
    neighbour.last(neighbour.message(text=QUESTION), in_time=False)
    file = script(tmp_path, {"from": "r1", "text": "谢谢", "at": NOON}, {"from": "r1", "text": "谢谢"})
    first, second = (json.loads(line) for line in play(Scene(memory, talk, None), file))
    [sent] = first["sent"]
    assert sent["to"] == "r2"
    assert ANSWER in sent["text"]
    assert second["sent"] == []


def test_a_dialogue_is_kept_from_one_chat_to_the_next(tmp_path: Path, kept: dict[str, str]) -> None:
    for text, answered in (("你好", False), ("1", True)):
        name = str(script(tmp_path, {"from": "r1", "text": text, "at": NOON}))
        [found] = objects(weizhan("chat", "--script", name, folder=tmp_path, settings=kept))
        assert (ANSWER in str(found["reply"])) == answered
    assert counts(tmp_path)["inbox"] == 2


def test_a_chat_by_hand_ends_with_its_input(tmp_path: Path) -> None:
    said = weizhan("chat", "--memory", "--now", NOON, folder=tmp_path, typed="你好\n1\n")
    assert (said.status, said.err) == (0, "")
    assert "  1. 居住证怎么办" in said.out
    assert ANSWER in said.out


def test_chat_fills_an_empty_database_with_the_sample_and_a_filled_one_never(tmp_path: Path) -> None:
    settings = {"database_url": "sqlite:///town.db"}
    hello = str(script(tmp_path, {"from": "r1", "text": "服务站几点开门"}))
    assert weizhan("db", "upgrade", folder=tmp_path, settings=settings).status == 0
    [found] = objects(weizhan("chat", "--sample", "--script", hello, folder=tmp_path, settings=settings))
    assert "13:30–18:00" in str(found["reply"])
    before = counts(tmp_path)
    said = weizhan("chat", "--sample", folder=tmp_path, settings=settings)
    assert (said.status, counts(tmp_path)) == (0, before)


@pytest.mark.parametrize(
    "raw",
    ['{"from": "r1"', "[1]", "5", '"x"', "{}", '{"text": "你好"}', '{"from": "r1"}',
     '{"from": "r1", "location": [1, 2]}', '{"from": "r1", "location": {"lat": 1}}',
     '{"from": "r1", "text": "x", "at": "soon"}',
     '{"from": "r1", "text": "\\ud800"}'],
)  # fmt: skip
def test_a_line_that_is_no_line_of_a_script_is_named(
    tmp_path: Path, memory: Store, talk: Conversation, raw: str
) -> None:
    file = tmp_path / "script.jsonl"
    file.write_text(f'{{"from": "r1", "text": "谢谢"}}\n\n{raw}\n', "utf-8")
    steps = play(Scene(memory, talk, None), file)
    assert "reply" in next(steps)
    with pytest.raises(OperatorError, match=rf"^{file}:3: is no line of a script: .+$"):
        next(steps)


def test_a_wrong_line_ends_a_chat_with_one_line(tmp_path: Path) -> None:
    (tmp_path / "script.jsonl").write_text('{"from": "r1", "text": "谢谢"}\n[]\n', "utf-8")
    said = weizhan("chat", "--memory", "--script", "script.jsonl", folder=tmp_path)
    assert (said.status, len(said.out.splitlines())) == (1, 1)
    assert said.complaint.startswith("script.jsonl:2: is no line of a script: ")


def test_chat_wants_a_secret_and_an_upgraded_database(tmp_path: Path) -> None:
    said = weizhan("chat", folder=tmp_path, settings={"secret_key": ""})
    assert (said.status, said.complaint) == (1, "WEIZHAN_SECRET_KEY is empty; set it, or try with --memory")
    said = weizhan("chat", folder=tmp_path)
    assert (said.status, said.complaint) == (1, "the database is not up to date; run: weizhan db upgrade")
