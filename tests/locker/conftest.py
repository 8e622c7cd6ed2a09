"""The sample cabinets of a town, with their lines."""

import pytest

from tests.support.box import Box
from tests.support.town import Town


@pytest.fixture
def box(town: Town) -> Box:
    """The one at 2栋1单元, with sensors; it works offline."""
    return Box(town)


@pytest.fixture
def plain(town: Town) -> Box:
    """The one at the other compound, without sensors; it does nothing alone."""
    return Box(town, "G0002")
