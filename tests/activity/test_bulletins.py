"""Notices answer questions while they hold, and vanish by themselves."""

from datetime import timedelta
from pathlib import Path

from bot.app import Product
from bot.conversation import Conversation
from bot.handlers import all_routers
from bot.librarian import Librarian
from bot.nlu import Understander
from bot.nlu.current import Current
from bot.privacy import Seal
from bot.rules import bulletin
from bot.rules.bulletin import Text
from bot.settings import Settings
from bot.store import Store, transaction
from bot.store import bulletin as rows
from bot.store.bulletin import Topic
from tests.booking.scene import Desk, office_of
from tests.conftest import SECRET
from tests.support.town import CHENGDU, SUNDAY_MORNING, Town


def test_notices_are_listed_and_answered_by_title(town: Town) -> None:
    wang = town.resident("王阿姨")
    said = wang.says("最近有什么通知")
    assert "示例路水管检修停水（到11月25日）" in said
    assert "接好水" in wang.says("示例路水管检修停水")
    assert "有效" in wang.says("适老化改造补贴申请是什么意思")


def test_a_notice_comes_and_goes_with_the_clock_alone(store: Store, knowledge: Understander, tmp_path: Path) -> None:
    clock = [SUNDAY_MORNING]
    current = Current(knowledge)
    talk = Conversation(all_routers(), current, Seal(SECRET), CHENGDU)
    settings = Settings(secret_key=SECRET, wechat_token="token")
    product = Product(settings, store, talk, folder=tmp_path, now=lambda: clock[0], known=current)
    librarian = next(one for one in product.workers if isinstance(one, Librarian))
    town = Town(store, talk)
    wang = town.resident("王阿姨")
    text = Text(
        title="流动体检车进小区",
        words="体检车停在示例花园东门（示例）。",
        topic=Topic.SERVICE,
        valid_from=SUNDAY_MORNING + timedelta(hours=1),
        valid_until=SUNDAY_MORNING + timedelta(hours=5),
        station_id=None,
        published=True,
    )
    with Desk(store, Seal(SECRET)).at(SUNDAY_MORNING) as office:
        bulletin.put(office, text)
    product.desk.open()
    try:
        seen = []
        for hours in (0, 2, 6):
            clock[0] = SUNDAY_MORNING + timedelta(hours=hours)
            librarian_looks(librarian)
            seen.append("东门" in wang.says("流动体检车进小区"))
        assert seen == [False, True, False]
    finally:
        product.desk.close()


def librarian_looks(librarian: Librarian) -> None:
    import asyncio

    asyncio.run(librarian.look())


def test_nothing_new_is_said_too(town: Town) -> None:
    with transaction(town.store) as session:
        assert rows.turns(session, SUNDAY_MORNING) == 2
    with office_of(town) as office:
        entries = bulletin.entries(office)
    assert [entry.id.startswith("bulletin-") for entry in entries] == [True, True, True]
