"""Pictures of complaints: fetched in time, painted anew without place and camera, refused when they are a trap."""

import io
import json
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from PIL.PngImagePlugin import PngInfo
from sqlmodel import select

from bot.channels.answer import Answer, Errcode, Reaction
from bot.channels.official_account.media import may_be_fetched
from bot.conversation import Conversation
from bot.delivery.pictures import Pictures
from bot.rules import picture
from bot.rules.office import Office
from bot.rules.picture import MOST_TRIES, NotAPicture, clean
from bot.simulator.people import Person
from bot.store import Session, Store, open_store, transaction
from bot.store.ticket import Picture, TicketPicture, photos
from bot.wording import ticket as say
from tests.support.commands import objects, weizhan
from tests.support.line import Line, line
from tests.support.town import CHENGDU

GPS, ORIENTATION, DESCRIPTION = 0x8825, 0x0112, 0x010E
LAMP = "新村2栋路灯坏了"
EXPIRED = Answer(Errcode(40007, "media id unknown or expired", Reaction.BUG))
AWAY = Answer(Errcode(-2, "platform not reached", Reaction.RETRY))


def taken(size: tuple[int, int] = (640, 480), *, orientation: int = 1, form: str = "JPEG") -> bytes:
    """A photograph as a telephone makes it: with the place where it was taken, and a remark."""
    image = Image.new("RGB", size, "white")
    ImageDraw.Draw(image).rectangle((0, 0, size[0] // 4, size[1] // 4), fill="red")
    exif = Image.Exif()
    exif[ORIENTATION], exif[DESCRIPTION] = orientation, "in front of my house"
    exif.get_ifd(GPS).update({1: "N", 2: (30.0, 37.0, 12.0), 3: "E", 4: (104.0, 6.0, 45.0)})
    file = io.BytesIO()
    image.save(file, form, exif=exif, comment=b"30.62,104.11")
    return file.getvalue()


def read(jpeg: bytes) -> Image.Image:
    return Image.open(io.BytesIO(jpeg))


def test_place_camera_and_remarks_are_gone() -> None:
    before = read(taken())
    assert before.getexif().get_ifd(GPS)
    found = clean(taken())
    after = read(found.jpeg)
    assert dict(after.getexif()) == {}
    assert not after.getexif().get_ifd(GPS)
    assert not {"exif", "comment", "xmp", "icc_profile"} & set(after.info)
    assert b"104.11" not in found.jpeg
    assert b"my house" not in found.jpeg


def test_it_stands_the_right_way_up() -> None:
    found = clean(taken((640, 480), orientation=6))
    assert (found.width, found.height) == (480, 640)
    assert _is_red(read(found.jpeg), (470, 10))


def test_it_is_no_larger_than_needed() -> None:
    found = clean(taken((4000, 3000)))
    assert (found.width, found.height) == (2048, 1536)
    assert read(found.jpeg).size == (2048, 1536)


@pytest.mark.parametrize("form", ["PNG", "GIF", "WEBP"])
def test_every_kind_of_picture_becomes_a_jpeg(form: str) -> None:
    image = Image.new("RGBA", (60, 40), (0, 0, 255, 0))
    file = io.BytesIO()
    image.save(file, form)
    found = read(clean(file.getvalue()).jpeg)
    assert found.format == "JPEG"
    assert found.getpixel((5, 5)) == (255, 255, 255)  # what shone through is white


def test_words_inside_a_png_are_gone() -> None:
    words, file = PngInfo(), io.BytesIO()
    words.add_text("Author", "somebody")
    Image.new("RGB", (20, 20)).save(file, "PNG", pnginfo=words)
    assert b"somebody" not in clean(file.getvalue()).jpeg


@pytest.mark.parametrize("size", [(20_000, 20_000), (9_000, 8_000)])
def test_a_small_file_that_would_fill_the_memory_is_refused(size: tuple[int, int]) -> None:
    file = io.BytesIO()
    Image.new("1", size).save(file, "PNG")
    assert len(file.getvalue()) < 200_000
    with pytest.raises(NotAPicture, match="pixels"):
        clean(file.getvalue())


@pytest.mark.parametrize(
    "data",
    [b"", b"%PDF-1.7", b'{"errcode":40001,"errmsg":"invalid credential"}', taken()[:400], b"BM" + bytes(60)],
)
def test_what_is_no_picture_is_refused(data: bytes) -> None:
    with pytest.raises(NotAPicture):
        clean(data)


def test_a_file_too_large_is_not_even_opened() -> None:
    with pytest.raises(NotAPicture, match="10 MiB"):
        clean(taken() + bytes(picture.MOST_BYTES))


@pytest.mark.parametrize(
    ("url", "may"),
    [
        ("http://mmbiz.qpic.cn/mmbiz_jpg/abc/0", True),
        ("https://mmbiz.qpic.cn/abc", True),
        ("https://api.weixin.qq.com/media/1", True),
        ("http://169.254.169.254/latest/meta-data", False),
        ("http://mmbiz.qpic.cn.example.com/a", False),
        ("http://qpic.cn@127.0.0.1/a", False),
        ("http://mmbiz.qpic.cn:6379/a", False),
        ("http://mmbiz.qpic.cn:port/a", False),
        ("file:///etc/passwd", False),
    ],
)
def test_only_the_platforms_own_addresses_are_fetched(url: str, may: bool) -> None:
    assert may_be_fetched(url, "https://api.weixin.qq.com") is may


@pytest.fixture
async def running(store: Store, talk: Conversation, tmp_path: Path) -> AsyncIterator[Line]:
    """The platform and the desk, on each of the two kinds of database."""
    async with line(store, talk, tmp_path, seal=talk.seal) as started:
        yield started


def office(running: Line, session: Session) -> Office:
    return Office(session, running.seal, CHENGDU, running.platform.clock.now())


def worker(running: Line, keeper: "Broken | None" = None) -> Pictures:
    return Pictures(keeper or running.client, desk=running.desk, office=lambda session: office(running, session))


class Broken:
    """A platform that gives no picture."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer

    async def media(self, media_id: str) -> Answer:
        return self._answer

    async def picture_at(self, url: str) -> Answer:
        return self._answer


def kept(running: Line) -> list[TicketPicture]:
    with transaction(running.store) as session:
        return list(session.scalars(select(TicketPicture)))


async def complains_with_a_picture(running: Line, data: bytes | None = None) -> Person:
    person = running.platform.add_person("婆婆")
    await running.platform.says(person, LAMP)
    await running.platform.picture(person, data if data is not None else taken())
    return person


async def test_it_is_fetched_sealed_and_shown(running: Line) -> None:
    await complains_with_a_picture(running)
    assert await worker(running).fetch_due() == 1
    [row] = kept(running)
    assert (row.state, row.width, row.height, row.due_at) == (Picture.KEPT, 640, 480, None)
    assert row.image is not None
    assert b"JFIF" not in row.image
    with transaction(running.store) as session:
        [photo] = picture.of(office(running, session), row.ticket_id)
    assert read(photo.jpeg).size == (640, 480)
    assert dict(read(photo.jpeg).getexif()) == {}
    assert await worker(running).fetch_due() == 0


async def test_where_the_id_is_dead_the_address_still_serves(running: Line) -> None:
    await complains_with_a_picture(running)
    running.platform.faults.on("errcode", code=40007, path="/cgi-bin/media/get")
    await worker(running).fetch_due()
    assert [row.state for row in kept(running)] == [Picture.KEPT]


async def test_after_three_days_it_is_gone_and_another_one_is_asked_for(running: Line) -> None:
    person = await complains_with_a_picture(running)
    await worker(running, Broken(EXPIRED)).fetch_due()
    assert [(row.state, row.reason) for row in kept(running)] == [(Picture.FAILED, "40007 media id unknown or expired")]
    await running.send_all()
    assert any("没有收好，请再发一次" in words for words in running.shown(person))
    await running.platform.picture(person, taken())
    await worker(running).fetch_due()
    assert sorted(row.state for row in kept(running)) == [Picture.FAILED, Picture.KEPT]


async def test_while_the_platform_is_away_it_is_tried_again_and_then_no_more(running: Line) -> None:
    await complains_with_a_picture(running)
    away = worker(running, Broken(AWAY))
    tried = 0
    began = running.platform.clock.now()
    while await away.fetch_due():
        tried += 1
        assert await away.fetch_due() == 0  # not at once
        running.platform.clock.advance(17 * 3600)
    assert tried == MOST_TRIES
    assert sum(picture.PAUSES, timedelta()) < timedelta(days=3)
    assert running.platform.clock.now() > began
    assert [row.state for row in kept(running)] == [Picture.FAILED]


async def test_what_is_no_picture_is_given_up_at_once(running: Line) -> None:
    await complains_with_a_picture(running, b"\xff\xd8\xff" + b"nothing to see")
    await worker(running).fetch_due()
    [row] = kept(running)
    assert row.state == Picture.FAILED
    assert "no readable picture" in row.reason


async def test_a_worker_that_died_leaves_the_picture_to_the_next(running: Line) -> None:
    await complains_with_a_picture(running)
    with transaction(running.store) as session:
        assert len(photos.claim(session, running.platform.clock.now(), 4)) == 1
    assert await worker(running).fetch_due() == 0
    running.platform.clock.advance(photos.LEASE.total_seconds())
    assert await worker(running).fetch_due() == 1
    assert [(row.state, row.tries) for row in kept(running)] == [(Picture.KEPT, 2)]


async def test_of_a_resident_who_left_meanwhile_nothing_is_kept(running: Line) -> None:
    person = await complains_with_a_picture(running)
    with transaction(running.store) as session:
        claimed = photos.claim(session, running.platform.clock.now(), 4)
    await running.platform.unfollow(person)
    with transaction(running.store) as session:
        picture.keep(office(running, session), claimed[0], clean(taken()))
    assert kept(running) == []


def test_a_script_keeps_its_pictures_the_same_way(tmp_path: Path, template: Path) -> None:
    (tmp_path / "town.db").write_bytes(template.read_bytes())
    (tmp_path / "rubbish.jpg").write_bytes(taken())
    lines: list[dict[str, str]] = [
        {"from": "r1", "text": LAMP},
        {"from": "r1", "picture": "rubbish.jpg"},
        {"from": "r1", "picture": "missing.jpg"},
    ]
    script = tmp_path / "script.jsonl"
    script.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in lines), "utf-8")
    said = weizhan("chat", "--script", str(script), folder=tmp_path, settings={"database_url": "sqlite:///town.db"})
    first, second, third = objects(said)
    assert say.picture_added(str(first["reply"]).splitlines()[1]) in str(second["reply"])
    assert "没有收好" in str(third["sent"])
    store = open_store(f"sqlite:///{tmp_path / 'town.db'}")
    with transaction(store) as session:
        states = [row.state for row in session.scalars(select(TicketPicture).order_by(TicketPicture.at))]  # type: ignore[arg-type]
    store.close()
    assert states == [Picture.KEPT, Picture.FAILED]


def _is_red(image: Image.Image, at: tuple[int, int]) -> bool:
    pixel = image.getpixel(at)
    assert isinstance(pixel, tuple)
    return pixel[0] > 200 and pixel[1] < 80
