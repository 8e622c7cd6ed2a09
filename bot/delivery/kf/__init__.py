"""Customer service at work beside the requests: pull what residents say, send to them, hand sessions over."""

from bot.delivery.kf.carrier import Carrier
from bot.delivery.kf.names import Names
from bot.delivery.kf.pulling import Pulling
from bot.delivery.kf.sessions import Sessions

__all__ = ["Carrier", "Names", "Pulling", "Sessions"]
