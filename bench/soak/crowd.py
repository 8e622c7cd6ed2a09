"""People who complain and ask while the server comes and goes, and a grid worker who takes what they complain of."""

from __future__ import annotations

import asyncio
import random
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

from bench.soak.neighbours import WORKER, Neighbours
from bot.simulator.people import Person

SAID = Path(__file__).with_name("said.toml")
PAUSE_SECONDS = (0.05, 0.35)
TAKES_EVERY = 0.4  # seconds


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody who complained once and asked once, and what each brought at once; "" for nothing yet."""

    person: Person
    complained: str
    answers: tuple[str, str]


@dataclass
class Crowd:
    """So many at a time; who has been answered goes, and somebody else comes."""

    around: Neighbours
    chance: random.Random
    size: int = 8
    visits: list[Visit] = field(default_factory=list)
    _going_home: bool = False

    async def talk(self) -> None:
        """Until told to go home."""
        said = tomllib.loads(SAID.read_text("utf-8"))
        people = [self._stand(number, said["complaints"], said["questions"]) for number in range(self.size)]
        await asyncio.gather(self._work(said["take"]), *people)

    def go_home(self) -> None:
        """Whoever has begun to speak says the rest."""
        self._going_home = True

    async def _stand(self, number: int, complaints: list[str], questions: list[str]) -> None:
        come = 0
        while not self._going_home:
            come += 1
            person = self.around.platform.add_person(f"{number}-{come}")
            complained = self.chance.choice(complaints)
            answers = [await self._says(person, complained), await self._says(person, self.chance.choice(questions))]
            self.visits.append(Visit(person, complained, (answers[0], answers[1])))

    async def _says(self, person: Person, text: str) -> str:
        """Delivered again and again until the server has taken it."""
        exchange = await self.around.platform.says(person, text)
        assert not exchange.failed, exchange.as_json()
        await asyncio.sleep(self.chance.uniform(*PAUSE_SECONDS))
        return exchange.text

    async def _work(self, take: str) -> None:
        """Takes the newest that has come, each once."""
        taken: set[int] = set()
        while not self._going_home:
            await asyncio.sleep(TAKES_EVERY)
            cards = self.around.wecom.cards(WORKER)
            if cards and cards[-1].id not in taken and take in cards[-1].buttons():
                taken.add(cards[-1].id)
                await self.around.wecom.taps(WORKER, take, bubble=cards[-1].id)
