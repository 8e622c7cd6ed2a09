"""What a product is made of, each from the settings alone; commands without a server use these."""

from datetime import UTC, datetime

from bot.channels.official_account import OfficialAccount
from bot.channels.official_account.fields import check_fields
from bot.conversation import Conversation
from bot.errors import OperatorError
from bot.handlers import all_routers, other_routers
from bot.nlu import Live, load_understander
from bot.nlu.current import Current
from bot.nlu.faq import FaqError
from bot.privacy import Seal
from bot.rules.knowledge import live as what_is_live
from bot.rules.means import Means, templates
from bot.rules.office import Office
from bot.settings import Settings
from bot.store import Store, mark, open_store, schema, transaction


def utc_now() -> datetime:
    """The clock of the machine."""
    return datetime.now(UTC)


def knowledge(settings: Settings) -> Current:
    """The knowledge base of the settings. Raises OperatorError when it cannot be read."""
    try:
        return Current(load_understander(settings.faq_dir))
    except FaqError as error:
        raise OperatorError(f"WEIZHAN_FAQ_DIR: {error}") from error


def learn(known: Current, store: Store, settings: Settings) -> None:
    """Let the assistant know what is live in the database, at once; a server does so by itself."""
    with transaction(store) as session:
        live = what_is_live(Office(session, Seal(settings.secret_key), settings.zone, utc_now()))
    if live != Live():
        known.newest = known.newest.knowing(live)


def conversation(settings: Settings, known: Current) -> Conversation:
    """The assistant itself, without any way in or out."""
    seal = Seal(settings.secret_key)
    return Conversation(all_routers(), known, seal, settings.zone, other_routers(), settings.public_url)


def store_of(settings: Settings) -> Store:
    """The database of the settings. Raises OperatorError unless it is there and up to date."""
    store = open_store(settings.database_url)
    try:
        schema.check_current(store)
    except OperatorError:
        store.close()
        raise
    return store


def check_secret(store: Store, settings: Settings) -> None:
    """Raises OperatorError when the database was written with another WEIZHAN_SECRET_KEY."""
    with transaction(store) as session:
        mark.check(session, Seal(settings.secret_key))


def account_of(settings: Settings) -> OfficialAccount:
    """The official account's wire format, with the current and the previous key."""
    return OfficialAccount(
        token=settings.wechat_token,
        app_id=settings.wechat_app_id,
        aes_keys=(settings.wechat_aes_key, settings.wechat_aes_key_previous),
    )


def means_of(settings: Settings) -> Means:
    """The message templates of the settings. Raises OperatorError for one that cannot be used."""
    found = {}
    for name in ("wechat_templates", "wechat_subscriptions"):
        try:
            found[name] = templates(getattr(settings, name))
            check_fields(found[name].values())
        except ValueError as error:
            raise OperatorError(f"WEIZHAN_{name.upper()}: {error}") from error
    return Means(found["wechat_templates"], found["wechat_subscriptions"])
