"""The database of the settings as a command works on it: the right secret, one transaction, refusals in one line."""

from collections.abc import Iterator
from contextlib import closing, contextmanager

from bot import app as build
from bot import settings
from bot.errors import OperatorError, Refusal
from bot.privacy import Seal
from bot.rules.office import Office
from bot.settings import Settings
from bot.store import Store, transaction
from bot.wording import explain


@contextmanager
def opened() -> Iterator[Office]:
    """A transaction on the database of the settings. Raises OperatorError as `sealed_store`, and for a refusal."""
    chosen = settings.load()
    with closing(sealed_store(chosen)) as store:
        try:
            with transaction(store) as session:
                yield Office(session, Seal(chosen.secret_key), chosen.zone, build.utc_now())
        except Refusal as refusal:
            raise OperatorError(explain(refusal)) from refusal


def sealed_store(chosen: Settings) -> Store:
    """The database, in which nothing is sealed with another secret than the server's. Raises OperatorError."""
    if not chosen.secret_key:
        raise OperatorError("WEIZHAN_SECRET_KEY is empty; what is kept of people is sealed with it")
    store = build.store_of(chosen)
    try:
        build.check_secret(store, chosen)
    except OperatorError:
        store.close()
        raise
    return store
