"""What a complaint costs: one message, durable with its number and all rows, beside an answer of the knowledge base."""

import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

from bench.load import Length
from bench.report import Report, row
from bench.servers import SECRET
from bot import app as build
from bot.channels.official_account import NAME
from bot.messages import Kind, Message, Opens
from bot.nlu.current import Current
from bot.samples import demo
from bot.settings import Settings
from bot.store import Store, open_store, schema, transaction

COMPLAINTS = (
    "示例花园2栋楼下垃圾三天没人收",
    "示例花园3栋楼道灯不亮了好几天",
    "示例新村1栋电梯又坏了",
    "示例花园5栋有人把电动车推进电梯",
    "示例新村2栋楼上半夜吵得睡不着",
)
QUESTIONS = ("居住证咋个办", "老年人优待证在哪儿办", "社保卡掉了咋办", "养狗要办啥子证", "党费怎么交")
BATCH, BATCHES, QUICK_BATCHES = 50, 8, 3
Answer = Callable[[Message], None]


def tickets(folder: Path, length: Length) -> Report:
    """In turns, so that both see the same machine; each message is a transaction of its own, kept on the disk."""
    settings = Settings(secret_key=SECRET)
    store = open_store(f"sqlite:///{folder / 'tickets.db'}")
    schema.create(store)
    with transaction(store) as session:
        demo.fill(session)
    known = build.knowledge(settings)
    build.learn(known, store, settings)
    answer = _answering(store, settings, known)
    kinds = {"complaint": COMPLAINTS, "question": QUESTIONS}
    cpu: dict[str, list[float]] = {name: [] for name in kinds}
    for number in range(1 + (QUICK_BATCHES if length.rounds <= 2 else BATCHES)):  # the first warms up
        for name, texts in kinds.items():
            cpu[name].append(_timed(answer, _messages(f"{name}{number}", texts)))
    store.close()
    complaint, question = (median(cpu[name][1:]) for name in ("complaint", "question"))
    return Report(
        [row("complaint, CPU", f"{complaint:.0f} µs", f"{question:.0f} µs", f"{complaint / question:.1f}")],
        ["complaint: one message with place and kind, beside an answer of the knowledge base, each in its own commit"],
    )


def _answering(store: Store, settings: Settings, known: Current) -> Answer:
    talk = build.conversation(settings, known)

    def answer(message: Message) -> None:
        with transaction(store) as session:
            assert talk.answer(session, message).reply.text

    return answer


def _messages(sender: str, texts: Sequence[str]) -> list[Message]:
    """Each from somebody who writes for the first time."""
    began = datetime.now(UTC)
    return [
        Message(
            channel=NAME,
            sender=f"{sender}-{number}",
            key=f"{sender}-{number}",
            kind=Kind.TEXT,
            sent_at=began + timedelta(seconds=number),
            text=texts[number % len(texts)],
            opens=Opens.TALK,
        )
        for number in range(BATCH)
    ]


def _timed(answer: Answer, messages: Sequence[Message]) -> float:
    """Microseconds of CPU for a message."""
    began = time.process_time()
    for message in messages:
        answer(message)
    return (time.process_time() - began) / len(messages) * 1e6
