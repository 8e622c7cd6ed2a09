"""Customer service, residents' groups and reports need the staff app; their settings say so before a start."""

import pytest

from bot.channels.errcodes import codes
from bot.channels.wecom_customers.client import PACKAGE as GROUPS
from bot.channels.wecom_kf.client import PACKAGE as SERVICE
from bot.settings import Settings, unsafe_customer_service
from tests.conftest import ROOT

STAFF_APP = {
    "wecom_corp_id": "ww5a5a5a5a5a5a5a5a",
    "wecom_agent_id": "1000002",
    "wecom_secret": "s" * 43,
    "wecom_token": "stafftoken",
    "wecom_aes_key": "abcdefghij" * 4 + "klm",
}


def said(**settings: object) -> list[str]:
    return unsafe_customer_service(Settings.model_validate(settings))


def test_without_the_staff_app_each_of_them_says_what_is_missing() -> None:
    for name in ("wecom_kf_id", "wecom_customer_groups", "wecom_reports"):
        [reason] = said(**{name: "1"})
        assert f"WEIZHAN_{name.upper()} needs the staff app" in reason
    assert said(**STAFF_APP, wecom_kf_id="wk-1", wecom_customer_groups="1") == []


def test_a_callback_of_its_own_has_token_and_key() -> None:
    [reason] = said(**STAFF_APP, wecom_kf_id="wk-1", wecom_kf_token="token")
    assert "go together" in reason
    [reason] = said(**STAFF_APP, wecom_kf_id="wk-1", wecom_kf_token="token", wecom_kf_aes_key="short")
    assert "no EncodingAESKey" in reason


@pytest.mark.parametrize(("package", "page"), [(SERVICE, "wecom-kf.md"), (GROUPS, "customer-groups.md")])
def test_every_errcode_stands_on_its_page(package: str, page: str) -> None:
    text = (ROOT / "docs" / page).read_text("utf-8").partition("## Error codes")[2]
    common = {0, 40008, 40014, 42001, 40058, 40063, 41001, 43004, 44001, 44004, 45002, 47001}
    assert [code for code in codes(package) if code not in common and str(code) not in text] == []
