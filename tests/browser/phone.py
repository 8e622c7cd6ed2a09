"""One simulated phone on the sandbox page, in the words of the person who holds it."""

import re
from typing import Literal

from playwright.sync_api import Locator, Page, expect


class Phone:
    """What the person does and what stands on the screen."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.log = page.get_by_role("log", name="聊天", exact=True)
        self.replies = self.log.locator(".line.theirs")
        self.own = self.log.locator(".line.mine")

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()

    def types(self, text: str) -> None:
        """Switch to the keyboard if need be, and send."""
        field = self.page.get_by_label("说点什么")
        if not field.is_visible():
            self.press("切换到键盘")
        field.fill(text)
        field.press("Enter")

    def asks(self, text: str) -> Locator:
        """Say it and wait for the reply to it."""
        before = self.replies.count()
        self.types(text)
        expect(self.own.last).to_contain_text(text)
        return self.reply(before)

    def reply(self, before: int, kind: Literal["passive", "customer"] = "passive") -> Locator:
        """The one reply that follows the first `before`."""
        expect(self.replies).to_have_count(before + 1)
        expect(self.replies.last).to_have_attribute("data-via", kind)
        return self.replies.last

    def becomes(self, name: str) -> None:
        """Take another person's phone, on a wide screen."""
        self.page.get_by_role("navigation").get_by_role("button", name=re.compile(f"^{name}")).click()
