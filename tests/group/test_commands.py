"""Groups from the command line."""

from pathlib import Path

from tests.test_forwarding_commands import folder, typed

__all__ = ["folder"]


def test_a_group_is_added_listed_tried_and_dropped(folder: Path) -> None:
    hook = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=0f9c2a7e-1111-4222-8333-abcdefabcdef"
    push = ("group", "add", "wg3", "webhook", "--name", "第3网格工作群", "--audience", "staff", "--within", "SQ01")
    assert "推送地址不对" in typed(folder, *push).complaint
    assert typed(folder, *push, "--hook", hook).status == 0
    assert typed(folder, "group", "test", "wg3").status == 0
    assert typed(folder, "group", "list").out == "wg3  webhook  staff  第3网格工作群\nposts: queued 1\n"
    assert typed(folder, "group", "drop", "wg3").status == 0
    assert "no group" in typed(folder, "group", "test", "wg3").complaint


def test_a_gateways_secret_is_printed_once_and_nothing_is_pushed_there(folder: Path) -> None:
    said = typed(folder, "group", "add", "qq", "gateway", "--name", "业主群")
    assert "secret, shown this once: " in said.out
    assert "平台不允许" in typed(folder, "group", "test", "qq").complaint
    assert "no community" in typed(folder, "group", "add", "x", "customer", "--name", "群", "--within", "XX").complaint
