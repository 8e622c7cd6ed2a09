"""What people do with their phones, each act as the pushes it makes."""

from __future__ import annotations

from bot.simulator import media, menu_clicks, pushes
from bot.simulator.bubbles import Content, Sender, Via
from bot.simulator.delivery import deliver
from bot.simulator.errors import Refused
from bot.simulator.exchange import Exchange
from bot.simulator.ledger import Opening
from bot.simulator.links import Part
from bot.simulator.menu_clicks import Press
from bot.simulator.people import Person
from bot.simulator.replies import media_path
from bot.simulator.wire import XmlFields, XmlValue
from bot.simulator.words import sentence
from bot.simulator.world import World


class Phones:
    """The person's side. Every act returns its exchange when the last delivery is over."""

    def __init__(self, world: World) -> None:
        self.world = world

    async def says(
        self, person: Person, text: str, *, msg_id: int | None = None, article: str | None = None
    ) -> Exchange:
        """Type a text. `article`: the MsgDataId of the article page it was written on."""
        fields: dict[str, XmlValue] = dict(pushes.text(text))
        if article is not None:
            fields |= {"MsgDataId": article, "Idx": 1}
        return await self._send(person, "text", Content("text", text), fields, msg_id=msg_id)

    async def picture(self, person: Person, data: bytes | None = None, *, msg_id: int | None = None) -> Exchange:
        """Send a picture, or a sample one."""
        data = media.sample_picture() if data is None else data
        kept = self.world.media.keep("image", data, media.sniffed(data), self.world.now())
        content = Content("image", detail={"src": media_path(kept.id)})
        fields = pushes.image(self.world.root_url + media_path(kept.id), kept.id)
        return await self._send(person, "image", content, fields, msg_id=msg_id)

    async def voice(self, person: Person, seconds: int = 3) -> Exchange:
        """Hold and speak; what is sent is silence."""
        data, now = media.sample_voice(seconds), self.world.now()
        kept, wide = (self.world.media.keep("voice", data, "audio/amr", now) for _ in range(2))
        content = Content("voice", sentence("voice"), {"src": media_path(kept.id), "seconds": seconds})
        return await self._send(person, "voice", content, pushes.voice(kept.id, wide.id))

    async def video(self, person: Person, *, short: bool = False) -> Exchange:
        """Send a film; `short` for one made in the chat."""
        now = self.world.now()
        kept = self.world.media.keep("video", b"\0\0\0\x18ftypmp42" + bytes(16), "video/mp4", now)
        thumb = self.world.media.keep("thumb", media.sample_picture(), "image/png", now)
        content = Content("video", sentence("video"), {"src": media_path(kept.id), "title": "", "description": ""})
        kind = "shortvideo" if short else "video"
        return await self._send(person, kind, content, pushes.video(kept.id, thumb.id))

    async def location(self, person: Person, lat: float, lon: float, label: str = "", scale: int = 16) -> Exchange:
        """Send a pin."""
        label = label or sentence("place")
        content = Content("location", label, {"lat": lat, "lon": lon, "label": label, "scale": scale})
        return await self._send(person, "location", content, pushes.location(lat, lon, label, scale))

    async def link(self, person: Person, title: str, url: str, description: str = "") -> Exchange:
        """Share a page."""
        content = Content("link", title, {"title": title, "description": description, "url": url})
        return await self._send(person, "link", content, pushes.link(title, description, url))

    async def program(self, person: Person, title: str, app_id: str, path: str) -> Exchange:
        """Share a mini-program's page."""
        thumb = self.world.media.keep("thumb", media.sample_picture(), "image/png", self.world.now())
        fields = pushes.program(title, app_id, path, self.world.root_url + media_path(thumb.id), thumb.id)
        content = Content("miniprogram", title, {"title": title, "description": "", "url": path})
        return await self._send(person, "miniprogrampage", content, fields)

    async def follow(self, person: Person) -> Exchange:
        return await self._follows(person, pushes.event(person, "subscribe", {"EventKey": ""}), "search")

    async def unfollow(self, person: Person) -> Exchange:
        """Raises Refused for somebody who does not follow."""
        self._needs_follower(person)
        person.following = False
        self.world.ledger.close(person.openid)
        person.tag_ids.clear()
        self.world.person_changed(person)
        return await deliver(self.world, pushes.event(person, "unsubscribe", {"EventKey": ""}))

    async def scan(self, person: Person, scene: str = "", *, ticket: str = "") -> Exchange:
        """Scan a scene code; who does not follow yet does so by it. Raises Refused for one that ran out."""
        code = self.world.codes.scanned(self.world.now(), ticket=ticket, scene=scene)
        if not person.following:
            fields = {"EventKey": f"qrscene_{code.scene}", "Ticket": code.ticket}
            return await self._follows(person, pushes.event(person, "subscribe", fields), code.scene)
        self.world.contact(person, Opening.SCAN)
        fields = {"EventKey": code.scene, "Ticket": code.ticket}
        return await deliver(self.world, pushes.event(person, "SCAN", fields))

    async def enter(self, person: Person, lat: float, lon: float, precision: float = 30.0) -> Exchange:
        """Open the chat with the position shared."""
        fields: XmlFields = {"Latitude": f"{lat:.6f}", "Longitude": f"{lon:.6f}", "Precision": f"{precision:.6f}"}
        return await self.event(person, "LOCATION", fields)

    async def click(self, person: Person, key_or_name: str, press: Press | None = None) -> Exchange:
        """Press a button of the menu; the exchange is the event's, the pictures or the pin follow as messages.

        Raises Refused `no_such_button`, and `bad_request` where `press` lacks what the button asks for.
        """
        self._needs_follower(person)
        button = menu_clicks.find(self.world, key_or_name)
        press = menu_clicks.with_sample(button, press or Press())
        self.world.contact(person, menu_clicks.opening(button))
        exchange = await deliver(self.world, menu_clicks.push(self.world, person, button, press))
        for picture in menu_clicks.pictures(button, press):
            await self.picture(person, picture)
        if button.kind == "location_select":
            await self.location(person, press.lat, press.lon, press.label)
        return exchange

    async def tap(self, person: Person, what: str, *, bubble: int | None = None) -> Exchange:
        """Tap a link that sends a text, found by its id, label or text, the newest first. Raises Refused."""
        self._needs_follower(person)
        part = self._tappable(person, what, bubble)
        content = part.content or part.text
        menu_id = part.id if self.world.account.formal else None
        fields = pushes.text(content, menu_id)
        return await self._send(person, "text", Content("text", content), fields, opening=Opening.MENU)

    async def consent(
        self, person: Person, template_id: str, *, accept: bool = True, long_term: bool = False
    ) -> Exchange:
        """Answer the subscription pop-up of a page."""
        if accept:
            self.world.consents.give(person.openid, template_id, long_term=long_term)
        row: dict[str, XmlValue] = {
            "TemplateId": template_id,
            "SubscribeStatusString": "accept" if accept else "reject",
            "PopupScene": "1",
        }
        fields = pushes.subscription("SubscribeMsgPopupEvent", [row])
        return await self.event(person, "subscribe_msg_popup_event", fields)

    async def withdraw(self, person: Person, *template_ids: str) -> Exchange:
        """Refuse further notices in the account's settings."""
        rows: list[dict[str, XmlValue]] = []
        for template_id in template_ids:
            self.world.consents.withdraw(person.openid, template_id)
            rows.append({"TemplateId": template_id, "SubscribeStatusString": "reject"})
        fields = pushes.subscription("SubscribeMsgChangeEvent", [*rows])
        return await self.event(person, "subscribe_msg_change_event", fields)

    async def event(
        self, person: Person, name: str, fields: XmlFields | None = None, *, sender: str | None = None
    ) -> Exchange:
        """Any event by name; `sender` for those that do not come from the person."""
        return await deliver(self.world, pushes.event(person, name, fields, sender))

    async def _send(
        self,
        person: Person,
        kind: str,
        content: Content,
        fields: XmlFields,
        *,
        msg_id: int | None = None,
        opening: Opening = Opening.MESSAGE,
    ) -> Exchange:
        self._needs_follower(person)
        self.world.show(person, Sender.PERSON, Via.MESSAGE, content)
        self.world.contact(person, opening)
        number = self.world.next_msg_id(person) if msg_id is None else msg_id
        return await deliver(self.world, pushes.message(person, kind, fields, number))

    async def _follows(self, person: Person, push: pushes.Push, came_by: str) -> Exchange:
        person.following = True
        person.followed_at = self.world.now()
        person.came_by = came_by
        self.world.contact(person, Opening.FOLLOW)
        return await deliver(self.world, push)

    def _needs_follower(self, person: Person) -> None:
        if not person.following:
            raise Refused("not_following", f"{person.name} does not follow the account")

    def _tappable(self, person: Person, what: str, bubble_id: int | None) -> Part:
        for bubble in reversed(self.world.timeline.of(person.id)):
            if bubble_id is not None and bubble.id != bubble_id:
                continue
            for part in bubble.sends():
                if what in (part.id, part.text, part.content):
                    return part
        raise Refused("no_such_link", f"nothing to tap called {what}")
