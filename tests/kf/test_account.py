"""The account's row: two workers never pull at once, a callback meanwhile is not lost, on both kinds of database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.store import Store, kf, transaction
from bot.store.kf.account import Claimed

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
LEASE = timedelta(minutes=2)


def claim(store: Store, at: datetime) -> Claimed | None:
    with transaction(store) as session:
        return kf.claim(session, at, at + LEASE)


def test_one_pulls_at_a_time_and_what_is_announced_meanwhile_is_due_at_once(store: Store) -> None:
    with transaction(store) as session:
        kf.configure(session, "wk-1", NOW)
        assert not kf.heard(session, "wk-other", token=None, until=NOW, now=NOW)
    first = claim(store, NOW)
    assert first is not None
    assert claim(store, NOW) is None
    with transaction(store) as session:
        assert kf.heard(session, "wk-1", token=b"sealed", until=NOW + LEASE, now=NOW)
        kf.finished_page(session, "wk-1", "c1000", held_until=NOW + LEASE)
        kf.done(session, first, again_at=NOW + timedelta(minutes=10))
    second = claim(store, NOW)
    assert second is not None
    assert (second.cursor, second.token) == ("c1000", b"sealed")
    assert claim(store, NOW + timedelta(minutes=1)) is None
    assert claim(store, NOW + LEASE) is not None  # whoever held it died


def test_what_was_said_before_the_account_was_ours_is_nobodys_to_answer(store: Store) -> None:
    with transaction(store) as session:
        kf.configure(session, "wk-1", NOW)
        kf.configure(session, "wk-1", NOW + timedelta(days=1))  # a restart
    found = claim(store, NOW + timedelta(days=1))
    assert found is not None
    assert found.since == NOW


def test_another_account_takes_its_place(store: Store) -> None:
    with transaction(store) as session:
        kf.configure(session, "wk-1", NOW)
        kf.configure(session, "wk-2", NOW)
        found = kf.active(session)
        assert found is not None
        assert found.open_kfid == "wk-2"
        assert not kf.heard(session, "wk-1", token=None, until=NOW, now=NOW)
