"""The migrations that bring a database to where the code is; apart, because loading Alembic takes its time."""

from pathlib import Path

from alembic import command
from alembic.config import Config

from bot.store import Store


def upgrade(store: Store) -> None:
    """Run the migrations that are missing, all or none."""
    command.upgrade(configuration(store), "head")


def configuration(store: Store) -> Config:
    """Alembic's own, pointing at our scripts and this database."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["engine"] = store.engine
    return config
