"""What the fork server loads once: everything a dying process needs."""

from tests.support import dying

dying.talk()
