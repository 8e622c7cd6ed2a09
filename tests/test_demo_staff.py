"""The demo's staff: a resident complains on a simulated phone, a card comes to the simulated WeCom, and back."""

from __future__ import annotations

from pathlib import Path

from aiohttp import web

from bot import demo
from bot.nlu import Understander
from bot.nlu.current import Current
from bot.privacy import Seal
from bot.rules import activity
from bot.rules.office import Office
from bot.samples import wecom
from bot.settings import Settings
from bot.store import activity as activities
from bot.store import transaction
from bot.store.activity import Kind
from tests.conftest import ROOT, SECRET
from tests.support.town import Town


async def test_a_complaint_goes_to_wecom_and_the_news_comes_back(knowledge: Understander, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'demo.db'}"
    store = demo.sample_store(url)
    demo.sample_staff(store)
    async with (
        await demo.start_platform("http://127.0.0.1:1/wechat") as platform,
        await demo.start_wecom("http://127.0.0.1:1/wecom/app", platform.clock) as corp,
    ):
        chosen = Settings(secret_key=SECRET, faq_dir=ROOT / "faq")
        served = demo.with_staff(demo.paired(platform, chosen, url), corp)
        runner = web.AppRunner(demo.sandboxed(platform, served, Current(knowledge), store), shutdown_timeout=1.0)
        await runner.setup()
        try:
            await web.TCPSite(runner, "127.0.0.1", 0).start()
            here = f"http://127.0.0.1:{runner.addresses[0][1]}"
            platform.configure(webhook_url=f"{here}/wechat")
            corp.calls_at(f"{here}/wecom/app")
            assert await corp.verify()
            granny = platform.person("granny")
            exchange = await platform.says(granny, "新村1栋楼上半夜吵得睡不着")
            assert "已经转过去了" in exchange.text
            await corp.wait_for("grid-3", "新工单", timeout=20)
            await corp.taps("grid-3", "接单")
            await platform.wait_for_bubble(granny, "第3网格网格员已经接单", timeout=20)
            await corp.wait_for("grid-3", "接单成功", timeout=20)
        finally:
            await runner.cleanup()


def test_what_the_samples_have_published_has_its_word_of_the_day(town: Town) -> None:
    chosen = Settings(secret_key=SECRET)
    demo.fill_sealed(town.store, chosen)
    with transaction(town.store) as session:
        office = Office(session, Seal(SECRET), chosen.zone, town.now)
        for kind in Kind:
            found = [one for one in activities.everything(session, kind) if one.is_published]
            assert found
            assert all(len(activity.code_of(office, one)) == 4 for one in found)


def test_the_sample_staff_are_roles() -> None:
    assert {"第3网格网格员", "示例社区值班员"} <= {member.title for member in wecom.MEMBERS.values()}
