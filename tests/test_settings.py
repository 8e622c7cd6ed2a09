"""Settings: each wrong one has its line with the mend, and a production server starts on none that is unsafe."""

import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from bot import settings
from bot.errors import OperatorError
from bot.settings import Settings, load
from tests.conftest import SECRET
from tests.support import letters, postgres
from tests.support.commands import nobody, weizhan, weizhan_process

SAFE = {
    "secret_key": SECRET,
    "wechat_token": letters.TOKEN,
    "wechat_app_id": letters.APP_ID,
    "wechat_app_secret": "0" * 32,
    "wechat_aes_key": letters.KEY,
}
STAFF_APP = {
    "wecom_corp_id": "ww5a5a5a5a5a5a5a5a",
    "wecom_agent_id": "1000002",
    "wecom_secret": "0" * 43,
    "wecom_token": "stafftoken",
    "wecom_aes_key": letters.KEY,
}
Given = Callable[..., None]


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Given:
    """Let these settings, and no others, be those of the process, in an empty folder."""
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(settings.PREFIX + name.upper(), raising=False)

    def have(**chosen: str) -> None:
        for name, value in chosen.items():
            monkeypatch.setenv(settings.PREFIX + name.upper(), value)

    return have


@pytest.mark.parametrize(
    ("name", "value", "line"),
    [
        ("timezone", "Chengdu", "WEIZHAN_TIMEZONE is no time zone; use a name such as Asia/Shanghai"),
        ("timezone", "../etc/passwd", "WEIZHAN_TIMEZONE is no time zone; use a name such as Asia/Shanghai"),
        ("log_level", "loud", "WEIZHAN_LOG_LEVEL must be one of DEBUG, INFO, WARNING, ERROR"),
        ("log_format", "xml", "WEIZHAN_LOG_FORMAT must be text or json"),
        (
            "database_url",
            "mysql://localhost/x",
            "WEIZHAN_DATABASE_URL must be sqlite:///PATH or postgresql://USER:PASSWORD@HOST/NAME",
        ),
        (
            "database_url",
            "sqlite:///",
            "WEIZHAN_DATABASE_URL must be sqlite:///PATH or postgresql://USER:PASSWORD@HOST/NAME",
        ),
        ("allow_insecure_api", "perhaps", "WEIZHAN_ALLOW_INSECURE_API Input should be a valid boolean"),
    ],
)
def test_a_wrong_setting_is_named_with_its_mend(given: Given, name: str, value: str, line: str) -> None:
    given(**{name: value})
    with pytest.raises(OperatorError) as said:
        load()
    assert str(said.value).startswith(line)
    assert "\n" not in str(said.value)


def test_settings_also_come_from_a_file_and_the_environment_wins(given: Given) -> None:
    Path(".env").write_text("WEIZHAN_LOG_LEVEL=debug\nWEIZHAN_LOG_FORMAT=json\nSOMETHING_ELSE=1\n", "utf-8")
    given(log_format="text")
    assert (load().log_level, load().log_format) == ("DEBUG", "text")


def test_an_empty_setting_is_one_that_was_not_made(given: Given) -> None:
    given(timezone="", database_url="")
    assert (load().timezone, load().database_url) == ("Asia/Shanghai", "sqlite:///data/weizhan.db")


def test_a_settings_file_that_is_no_text_is_named(given: Given) -> None:
    Path(".env").write_bytes(b"WEIZHAN_LOG_LEVEL=\xff\xfe\n")
    given()
    with pytest.raises(OperatorError, match=r"^\.env cannot be read: .*UTF-8"):
        load()


UNSAFE = [
    ({"secret_key": ""}, "WEIZHAN_SECRET_KEY is missing or shorter than 32 characters; make one with: python3"),
    ({"secret_key": "s" * 31}, "WEIZHAN_SECRET_KEY is missing or shorter than 32 characters; make one with: python3"),
    (
        {"wechat_token": ""},
        "WEIZHAN_WECHAT_TOKEN is empty or too short; use the token of the account's server settings",
    ),
    ({"wechat_token": "ab"}, "WEIZHAN_WECHAT_TOKEN is empty or too short"),
    ({"wechat_app_id": ""}, "WEIZHAN_WECHAT_APP_ID is empty; copy it from the account's developer page"),
    ({"wechat_app_secret": ""}, "WEIZHAN_WECHAT_APP_SECRET is empty; copy it from the account's developer page"),
    ({"wechat_aes_key": "a" * 42}, "WEIZHAN_WECHAT_AES_KEY is no EncodingAESKey; it has 43 letters and digits"),
    ({"wechat_aes_key": "a" * 42 + "="}, "WEIZHAN_WECHAT_AES_KEY is no EncodingAESKey"),
    ({"wechat_aes_key_previous": "short"}, "WEIZHAN_WECHAT_AES_KEY_PREVIOUS is no EncodingAESKey"),
    ({"wechat_api_base": "http://api.weixin.qq.com"}, "WEIZHAN_WECHAT_API_BASE is not https"),
    ({"wechat_api_base": "api.weixin.qq.com"}, "WEIZHAN_WECHAT_API_BASE is not https"),
    ({"wechat_api_base": "http://127.0.0.1:1", "allow_insecure_api": "0"}, "WEIZHAN_ALLOW_INSECURE_API=1"),
    ({"public_url": "example.org"}, "WEIZHAN_PUBLIC_URL must begin with https://"),
    ({"wecom_corp_id": "ww1"}, "WEIZHAN_WECOM_AGENT_ID is empty; copy it from the app's page in WeCom's console"),
    ({**STAFF_APP, "wecom_secret": ""}, "WEIZHAN_WECOM_SECRET is empty"),
    ({**STAFF_APP, "wecom_agent_id": "mine"}, "WEIZHAN_WECOM_AGENT_ID is no number"),
    ({**STAFF_APP, "wecom_aes_key": "short"}, "WEIZHAN_WECOM_AES_KEY is no EncodingAESKey"),
    ({**STAFF_APP, "wecom_api_base": "http://127.0.0.1:1"}, "WEIZHAN_WECOM_API_BASE is not https"),
]


@pytest.mark.parametrize(("changed", "line"), UNSAFE, ids=[",".join(changed) for changed, _ in UNSAFE])
def test_serve_refuses_what_is_unsafe(tmp_path: Path, changed: dict[str, str], line: str) -> None:
    status, said = serve(tmp_path, **changed)
    assert status == 1
    assert line in said


def test_serve_names_all_that_is_unsafe_in_its_one_line(tmp_path: Path) -> None:
    said = weizhan("serve", folder=tmp_path, settings={"secret_key": ""})
    assert said.status == 1
    for name in ("SECRET_KEY", "WECHAT_TOKEN", "WECHAT_APP_ID", "WECHAT_APP_SECRET"):
        assert f"WEIZHAN_{name}" in said.complaint


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"wechat_aes_key": ""},
        {"wechat_aes_key_previous": letters.OLD_KEY},
        {"wechat_api_base": "http://127.0.0.1:1", "allow_insecure_api": "1"},
        {"public_url": "https://example.org"},
        STAFF_APP,
    ],
    ids=str,
)
def test_nothing_is_said_against_safe_settings(given: Given, changed: dict[str, str]) -> None:
    given(**{**SAFE, **changed})
    assert settings.unsafe(load()) == []


def serve(folder: Path, **changed: str) -> tuple[int, str]:
    said = weizhan("serve", "--host", "127.0.0.1", "--port", "1", folder=folder, settings={**SAFE, **changed})
    return said.status, said.complaint


def test_serve_wants_the_database_upgraded(tmp_path: Path) -> None:
    status, line = serve(tmp_path)
    assert (status, line) == (1, "the database is not up to date; run: weizhan db upgrade")


def test_serve_wants_a_database_that_can_be_opened(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("not a database, however long one looks at it")
    for url, line in {
        f"sqlite:///{tmp_path}": " cannot be opened: unable to open database file",
        f"sqlite:///{tmp_path}/notes.txt": " cannot be opened: file is not a database",
        f"sqlite:///{tmp_path}/notes.txt/x/y.db": f": the folder {tmp_path}/notes.txt/x cannot be made",
        "postgresql://localhost:port/x": " cannot be read; write sqlite:///PATH or postgresql://",
        f"postgresql://127.0.0.1:{nobody()}/x": " cannot be opened: connection failed",
    }.items():
        status, said = serve(tmp_path, database_url=url)
        assert status == 1
        assert said.startswith(f"WEIZHAN_DATABASE_URL{line}")


def test_serve_wants_a_database_that_can_be_written(tmp_path: Path, postgresql: postgres.Server) -> None:
    url = postgresql.create("read_only", template="town")
    postgresql.execute('ALTER DATABASE "read_only" SET default_transaction_read_only = on')
    status, line = serve(tmp_path, database_url=url)
    assert (status, line.partition(": ")[0]) == (1, "WEIZHAN_DATABASE_URL cannot be written")
    assert "read-only" in line
    postgresql.drop("read_only")


def test_serve_wants_its_knowledge(tmp_path: Path, template: Path) -> None:
    status, line = serve(tmp_path, database_url=f"sqlite:///{template}", faq_dir=str(tmp_path / "nowhere"))
    assert (status, line.partition(": ")[0]) == (1, "WEIZHAN_FAQ_DIR")


def test_serve_wants_its_port(tmp_path: Path, template: Path) -> None:
    (tmp_path / "town.db").write_bytes(template.read_bytes())
    chosen = {**SAFE, "database_url": "sqlite:///town.db"}
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        words = ("serve", "--host", "127.0.0.1", "--port", str(port))
        said = weizhan_process(*words, folder=tmp_path, settings=chosen)
    assert (said.status, said.complaint.partition(": ")[0]) == (1, f"cannot listen on 127.0.0.1:{port}")


def test_more_workers_want_postgresql(tmp_path: Path, template: Path) -> None:
    chosen = {**SAFE, "database_url": f"sqlite:///{template}"}
    said = weizhan("serve", "--workers", "2", folder=tmp_path, settings=chosen)
    assert (said.status, said.complaint.partition(":")[0]) == (1, "--workers needs PostgreSQL")
