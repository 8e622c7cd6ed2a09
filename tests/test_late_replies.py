"""A reply that takes too long goes out as a message of its own; order is kept, and a crash loses nothing."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.channels.official_account import SUCCESS
from bot.conversation import Answers, Conversation
from bot.messages import Message
from bot.privacy import Seal
from bot.simulator import Outcome, Person, Platform, Sender, SimClock, Via
from bot.store import Store, open_store, outbox, transaction
from tests.conftest import SECRET
from tests.support import letters
from tests.support.letters import GRANNY, PARENT, sealed, text_xml
from tests.support.served import Line, Slow, product, rows, serving, store_in, until
from tests.support.town import SUNDAY_MORNING

SOON = 0.05
QUESTION = "居住证怎么办"
ANSWER = "派出所"


@pytest.fixture
async def platform() -> AsyncIterator[Platform]:
    """The simulator; where its webhook is, each test says."""
    async with await Platform.start(
        webhook_url="http://127.0.0.1:9/wechat",
        token=letters.TOKEN,
        app_id=letters.APP_ID,
        app_secret="0" * 32,
        aes_key=letters.KEY,
        mode="secure",
        clock=SimClock(SUNDAY_MORNING),
    ) as running:
        yield running


@pytest.fixture
def granny(platform: Platform) -> Person:
    return platform.person("granny")


@pytest.fixture
def file_store(template: Path, tmp_path: Path) -> Iterator[Store]:
    """A database that can be copied as it lies on the disk."""
    yield (opened := store_in(tmp_path, template))
    opened.close()


@pytest.fixture
def left(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where what a crash leaves is found."""
    return tmp_path_factory.mktemp("left")


@asynccontextmanager
async def served(
    platform: Platform, store: Store, talk: Answers, folder: Path, reply_seconds: float = SOON
) -> AsyncIterator[Line]:
    """A product whose platform this is."""
    chosen = product(
        store, talk, folder, now=platform.clock.now, reply_seconds=reply_seconds, wechat_api_base=platform.api_base
    )
    async with serving(chosen) as line:
        platform.configure(webhook_url=f"{line.base}/wechat")
        yield line


async def test_a_late_reply_goes_out_as_a_customer_message(
    platform: Platform, granny: Person, store: Store, talk: Conversation, tmp_path: Path
) -> None:
    slow = Slow(talk)
    async with served(platform, store, slow, tmp_path):
        exchange = await platform.says(granny, QUESTION)
        assert exchange.outcome is Outcome.SUCCESS
        assert kept(tmp_path) == [QUESTION]
        slow.go.set()
        bubble = await platform.wait_for_bubble(granny, ANSWER, timeout=10)
        assert bubble.via is Via.CUSTOMER
        assert bubble.sends()
    assert spools(tmp_path) == 0
    assert (rows(store), states(store)) == (1, {"sent": 1})


async def test_what_is_tapped_in_a_late_reply_is_understood(
    platform: Platform, granny: Person, store: Store, talk: Conversation, tmp_path: Path
) -> None:
    slow = Slow(talk)
    async with served(platform, store, slow, tmp_path):
        await platform.says(granny, "你好")
        slow.go.set()
        await platform.wait_for_bubble(granny, timeout=10)
    async with served(platform, store, talk, tmp_path, reply_seconds=60):
        assert ANSWER in (await platform.tap(granny, QUESTION)).text


async def test_a_retry_of_a_late_one_is_acknowledged_and_sends_nothing_again(
    platform: Platform, granny: Person, store: Store, talk: Conversation, tmp_path: Path
) -> None:
    slow = Slow(talk)
    letter = sealed(text_xml(QUESTION, sender=granny.openid))
    async with served(platform, store, slow, tmp_path) as line:
        assert await line.post(letter) == (200, SUCCESS)
        assert await line.post(letter) == (200, SUCCESS)  # while the first is still at the desk
        slow.go.set()
    async with served(platform, store, talk, tmp_path, reply_seconds=60) as line:
        assert await line.post(letter) == (200, SUCCESS)
    assert (rows(store), sum(states(store).values())) == (1, 1)


async def test_a_retry_that_comes_too_late_itself_still_brings_the_reply(
    platform: Platform, granny: Person, store: Store, talk: Conversation, tmp_path: Path
) -> None:
    """The first reply was lost on its way; the second delivery waited in vain behind a slow neighbour."""
    letter = sealed(text_xml(QUESTION, sender=granny.openid))
    async with served(platform, store, talk, tmp_path, reply_seconds=60) as line:
        await platform.says(granny, "你好")
        assert (await line.post(letter))[1] != SUCCESS
    slow = Slow(talk)
    async with served(platform, store, slow, tmp_path) as line:
        for _ in range(3):
            assert await line.post(letter) == (200, SUCCESS)
        slow.go.set()
        bubble = await platform.wait_for_bubble(granny, ANSWER, timeout=10)
        assert bubble.via is Via.CUSTOMER
    assert (rows(store), states(store)) == (2, {"sent": 1})


async def test_a_second_message_while_one_is_running_is_answered_after_it(
    platform: Platform, granny: Person, store: Store, talk: Conversation, tmp_path: Path
) -> None:
    slow = Slow(talk, wanted=said(QUESTION))
    async with served(platform, store, slow, tmp_path):
        await platform.says(granny, QUESTION)
        assert (await platform.says(granny, "社保卡在哪里办")).outcome is Outcome.SUCCESS
        assert kept(tmp_path) == [QUESTION, "社保卡在哪里办"]
        slow.go.set()
        await platform.wait_for_bubble(granny, "社保卡", timeout=10)
    assert [message.text for message in slow.heard] == [QUESTION, "社保卡在哪里办"]
    told = [bubble.text for bubble in platform.bubbles(granny) if bubble.sender is Sender.ACCOUNT]
    assert [ANSWER in told[0], "社保卡" in told[1]] == [True, True]
    assert rows(store) == 2


async def test_everybody_is_heard_in_their_own_order(
    platform: Platform, store: Store, talk: Conversation, tmp_path: Path
) -> None:
    slow = Slow(talk, wanted=said("0"))
    numbers = [str(number) for number in range(6)]
    async with served(platform, store, slow, tmp_path) as line:
        for msg_id, text in enumerate(numbers):
            letters_of_both = (sealed(text_xml(text, sender=who, msg_id=msg_id)) for who in (GRANNY, PARENT))
            assert await asyncio.gather(*map(line.post, letters_of_both)) == [(200, SUCCESS)] * 2
        slow.go.set()
    for who in (GRANNY, PARENT):
        assert [message.text for message in slow.heard if message.sender == who] == numbers
    assert rows(store) == 12


async def test_what_was_acknowledged_before_a_crash_is_answered_after_it(
    platform: Platform, granny: Person, file_store: Store, talk: Conversation, tmp_path: Path, left: Path
) -> None:
    slow = Slow(talk)
    async with served(platform, file_store, slow, tmp_path):
        assert (await platform.says(granny, QUESTION)).outcome is Outcome.SUCCESS
        await asyncio.to_thread(shutil.copytree, tmp_path, left, dirs_exist_ok=True)  # as a crash would leave it
        slow.go.set()
    found, before = open_store(f"sqlite:///{left / 'town.db'}"), platform.bubbles(granny)[-1].id
    assert (rows(found), kept(left)) == (0, [QUESTION])
    async with served(platform, found, talk, left):
        await platform.wait_for_bubble(granny, ANSWER, timeout=10, after=before)
    assert (rows(found), states(found), spools(left)) == (1, {"sent": 1}, 0)
    found.close()


async def test_a_message_that_cannot_be_kept_is_not_acknowledged(
    platform: Platform, granny: Person, store: Store, talk: Conversation, tmp_path: Path
) -> None:
    slow = Slow(talk)
    nowhere = tmp_path / "folder"
    await asyncio.to_thread(nowhere.write_text, "a file where the spool's folder should be")
    async with served(platform, store, slow, nowhere):
        exchange = await platform.says(granny, QUESTION)
        assert [attempt.status for attempt in exchange.attempts] == [503] * 3
        slow.go.set()
        await platform.wait_for_bubble(granny, ANSWER, timeout=10)
    assert (rows(store), states(store)) == (1, {"sent": 1})


async def test_silence_that_takes_too_long_stays_silence(
    platform: Platform, granny: Person, store: Store, talk: Conversation, tmp_path: Path
) -> None:
    slow = Slow(talk)
    async with served(platform, store, slow, tmp_path):
        await platform.event(granny, "debug_demo")
        slow.go.set()
    assert (rows(store), states(store)) == (1, {})
    assert spools(tmp_path) == 0


async def test_the_grey_line_is_never_seen_however_slow_the_desk(
    platform: Platform, granny: Person, store: Store, talk: Conversation, tmp_path: Path
) -> None:
    slow = Slow(talk)
    async with served(platform, store, slow, tmp_path):
        for text in ("你好", QUESTION):
            await platform.says(granny, text)
        await until(slow.begun)
        slow.go.set()
        await platform.wait_for_bubble(granny, ANSWER, timeout=10)
    assert not [bubble for bubble in platform.bubbles(granny) if bubble.sender is Sender.SYSTEM]


def said(text: str) -> Callable[[Message], bool]:
    return lambda message: message.text == text


def kept(folder: Path) -> list[str]:
    """What the spool's files hold, read as the next start would."""
    seal = Seal(SECRET)
    records = [line for file in folder.glob("*.spool") for line in file.read_text("ascii").split()]
    return [str(seal.open_json(bytes.fromhex(record))["text"]) for record in records]


def spools(folder: Path) -> int:
    """How many files wait for the next start."""
    return len(list(folder.glob("*.spool")))


def states(store: Store) -> dict[str, int]:
    with transaction(store) as session:
        return outbox.by_state(session)
