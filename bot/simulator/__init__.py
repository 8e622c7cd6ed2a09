"""A WeChat service account's platform on loopback, to show, try and test the product with. See README.md."""

from bot.simulator.account import Account, Mode
from bot.simulator.bubbles import Bubble, Sender, Via
from bot.simulator.clock import SimClock
from bot.simulator.errors import PlatformError, Refused
from bot.simulator.exchange import Attempt, Exchange, Outcome
from bot.simulator.faults import Fault, FaultName, Faults
from bot.simulator.ledger import Opening
from bot.simulator.menu_clicks import Press
from bot.simulator.people import Person
from bot.simulator.platform import Platform
from bot.simulator.verification import Verification
from bot.simulator.world import Limits

__all__ = [
    "Account",
    "Attempt",
    "Bubble",
    "Exchange",
    "Fault",
    "FaultName",
    "Faults",
    "Limits",
    "Mode",
    "Opening",
    "Outcome",
    "Person",
    "Platform",
    "PlatformError",
    "Press",
    "Refused",
    "Sender",
    "SimClock",
    "Verification",
    "Via",
]
