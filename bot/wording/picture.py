"""What residents read about the pictures they sent."""

from collections.abc import Callable, Mapping

from bot.rules.lost_picture import LOST


def lost(facts: Mapping[str, object]) -> str:
    """A picture that could not be had."""
    return f"抱歉，您给{facts['number']}发的一张照片没有收好，请再发一次；没有也不要紧，事情照样在办。"


NOTICES: Mapping[str, Callable[[Mapping[str, object]], str]] = {LOST: lost}
