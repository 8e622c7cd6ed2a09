"""One complaint from the first word to the last, with everything on its way that can go wrong."""

from __future__ import annotations

import pytest

from bot.simulator.back_office import Fault
from bot.store.forwarding import State as Forwarded
from bot.store.ticket import State
from tests.story.conftest import WORKER
from tests.support.story import TEMPLATE, Story
from tests.support.ticket_photo import photo_of

FIRST = "T261123-0001"
NOISE = "新村1栋楼上半夜吵得睡不着"
