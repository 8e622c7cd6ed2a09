"""The one place that builds: settings in, a running application out."""

from bot.app.parts import (
    account_of,
    check_secret,
    conversation,
    knowledge,
    learn,
    means_of,
    store_of,
    utc_now,
)
from bot.app.product import READY_SECONDS, Now, Product, Worker

__all__ = [
    "READY_SECONDS",
    "Now",
    "Product",
    "Worker",
    "account_of",
    "check_secret",
    "conversation",
    "knowledge",
    "learn",
    "means_of",
    "store_of",
    "utc_now",
]
