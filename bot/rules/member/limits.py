"""What is refused about members of the Party."""

from bot.errors import Refusal


class MemberNotThere(Refusal):
    """There is no such member, or they are not theirs to see."""


class MemberTaken(Refusal):
    """Somebody else is that member, or says so and waits for the staff."""


class MemberAlready(Refusal):
    """Whoever asks is agreed to be a member already."""


class ClaimDecided(Refusal):
    """Another of the staff was quicker, or it is another person by now."""


class MemberGone(Refusal):
    """They have left the branches of this place."""


class MemberCodeTaken(Refusal):
    """Another member has that number."""


class BranchCodeTaken(Refusal):
    """Another branch has that number."""


class MaskedName(Refusal):
    """A name with stars in it is no name."""
