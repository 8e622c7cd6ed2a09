"""A lesson in a town."""

import pytest

from tests.study.scene import Scene
from tests.support.town import Town


@pytest.fixture
def scene(town: Town) -> Scene:
    return Scene(town)
