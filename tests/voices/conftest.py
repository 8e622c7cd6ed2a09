"""The back office and the residents' pages, as the tests of these have them."""

from tests.console.conftest import browser, clerk, file_store, house, other, staffed

__all__ = ["browser", "clerk", "file_store", "house", "other", "staffed"]
