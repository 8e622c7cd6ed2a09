"""How often somebody may ask."""

from bot.web.bucket import Buckets


def test_a_bucket_fills_again_and_forgets_the_oldest() -> None:
    buckets = Buckets(size=2, a_second=0.5, most=2)
    assert [buckets.wait("a", 0.0) for _ in range(3)] == [0, 0, 2]
    assert buckets.wait("a", 2.0) == 0
    assert [buckets.wait(name, 2.0) for name in ("b", "c")] == [0, 0]
    assert buckets.wait("a", 2.0) == 0
