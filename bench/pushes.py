"""What a push costs: made, claimed, sent and settled, beside the bare calls of the same client to the same platform."""

import asyncio
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bench.load import Length
from bench.report import Report, row
from bench.servers import SECRET
from bot.conversation import Conversation
from bot.handlers import all_routers, other_routers
from bot.nlu import load_understander
from bot.privacy import Seal
from bot.rules.lesson_push import Fate, Segment
from bot.samples import demo
from bot.store import open_store, schema, transaction
from bot.store.lesson_push import Whom
from tests.support.pushes import Studio, studio
from tests.support.town import CHENGDU

MEMBERS, ROUNDS, QUICK_ROUNDS = 200, 5, 2
AT_ONCE = 8  # calls side by side, as the delivery makes them


@dataclass(frozen=True, slots=True)
class Round:
    """Seconds for so many: through the product, and by bare calls."""

    own: float
    bare: float


def pushes(folder: Path, length: Length) -> Report:
    """On SQLite in a file, against the simulator in the same process, in turns."""
    rounds = asyncio.run(_measured(folder, QUICK_ROUNDS if length.rounds <= 2 else ROUNDS))
    own, bare = (MEMBERS / median(getattr(one, name) for one in rounds) for name in ("own", "bare"))
    figures = row("pushes, SQLite", f"{own:,.0f}/s", f"{bare:,.0f}/s", f"{own / bare:.2f}", "ratio ≥ 0.10")
    note = (
        "pushes: portions made, notices claimed, worded, sent as customer messages and settled, against the same "
        f"client sending the same words {AT_ONCE} at a time; {MEMBERS} a round, median of {len(rounds)}; "
        "the simulator's own work is in both"
    )
    return Report([figures], [note])


async def _measured(folder: Path, rounds: int) -> list[Round]:
    store = open_store(f"sqlite:///{folder / 'pushes.db'}")
    schema.create(store)
    with transaction(store) as session:
        demo.fill(session)
    known = load_understander(Path("faq"))
    talk = Conversation(all_routers(), known, Seal(SECRET), CHENGDU, other_routers())
    with TemporaryDirectory(dir=folder) as spool:
        async with studio(store, talk, Path(spool)) as room:
            found = [await _round(room, number) for number in range(rounds + 1)]
    store.close()
    return found[1:]  # the first warms up


async def _round(room: Studio, number: int) -> Round:
    """New members each time: five messages are all that may go to one."""
    branch = room.has_members(MEMBERS, branch=f"B{number}")
    push = room.sent(segment=Segment(whom=Whom(branches=(branch,))))
    began = time.perf_counter()
    await room.works()
    own = time.perf_counter() - began
    if room.progress(push).counts != {Fate.DELIVERED: MEMBERS}:
        raise RuntimeError(f"not everybody heard push {push} once")
    [words] = room.heard(f"DY{len(room.phones)}")
    began = time.perf_counter()
    await _bare(room, words)
    bare = time.perf_counter() - began
    return Round(own, bare)


async def _bare(room: Studio, words: str) -> None:
    openids = [phone.openid for phone in list(room.phones.values())[-MEMBERS:]]
    for start in range(0, len(openids), AT_ONCE):
        await asyncio.gather(*(room.line.client.send_text(one, words) for one in openids[start : start + AT_ONCE]))
