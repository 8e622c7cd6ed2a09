"""What a demo is furnished with beside the sample community: staff, cabinets, groups, sealed samples."""

import asyncio
from collections.abc import Sequence

from bot import app as build
from bot.cabinets.provisioning import Provision, provisions
from bot.channels.official_account import NAME
from bot.privacy import Seal
from bot.rules import kf
from bot.rules.office import Office
from bot.rules.staff import first_password
from bot.samples import (
    assistant,
    back_office,
    codes,
    group_posts,
    groups,
    lockers,
    members,
    residents_groups,
    staff,
    wecom,
)
from bot.samples import demo as sample
from bot.settings import Settings
from bot.simulator import Platform
from bot.simulator.back_office import BackOffice
from bot.simulator.cabinet import Keys
from bot.simulator.wecom import WeCom
from bot.simulator.wecom.bot import AssistantSim
from bot.store import Store, open_store, schema, transaction
from bot.wording import customer_group as say_groups


def sample_store(database_url: str) -> Store:
    """An empty database filled with the sample community."""
    store = open_store(database_url)
    schema.create(store)
    with transaction(store) as session:
        sample.fill(session, build.utc_now().date())
    return store


def sample_staff(store: Store) -> str:
    """Sample accounts of the back office; returns the password of this run that all of them have."""
    password = first_password()
    with transaction(store) as session:
        staff.fill(session, build.utc_now(), password)
        wecom.fill(session, build.utc_now())
    return password


async def welcome(platform: Platform) -> None:
    """Those who follow already are greeted, as they were when they followed."""
    for person in platform.people:
        if person.following:
            await platform.event(person, "subscribe")


async def set_up_cabinets(platform: Platform, store: Store, served: Settings, url: str) -> None:
    """The sample cabinets, with the keys this database has for them, switched on."""
    seal = Seal(served.secret_key)

    def provisioned() -> tuple[list[Provision], Sequence[int]]:
        with transaction(store) as session:
            office = Office(session, seal, served.zone, platform.clock.now())
            lying = lockers.stow(office, platform.people[0].openid, channel=NAME)
            lockers.let_in(office, platform.person("courier").openid, channel=NAME)
            return provisions(office), lying

    found, lying = await asyncio.to_thread(provisioned)
    for one in found:
        keys = Keys(one.keys.cabinet, one.number, one.line_key, one.keys.lock)
        cabinet = platform.park.add(keys, doors=one.doors, url=url, name=one.name)
        for door in lying if cabinet.serial == lockers.FIRST else ():
            cabinet.door(door).occupied = True


def join_back_office(store: Store, chosen: Settings, city: BackOffice, url: str) -> None:
    """Let the sample community's tickets go to the simulated city, and let it report to us at that address."""
    with transaction(store) as session:
        office = Office(session, Seal(chosen.secret_key), chosen.zone, build.utc_now())
        city.push_key = back_office.fill(office, city.address)
    city.push_to = f"{url}/api/v1/open311/{back_office.JURISDICTION}/servicerequestupdates.json"


def fill_sealed(store: Store, chosen: Settings) -> None:
    """The sample roster, and the words of the day on the walls, sealed with this run's key."""
    with transaction(store) as session:
        office = Office(session, Seal(chosen.secret_key), chosen.zone, build.utc_now())
        members.fill(office)
        codes.fill(office)


def join_groups(store: Store, chosen: Settings, corp: WeCom) -> None:
    """Put a push robot into a group of the simulated corporation."""
    with transaction(store) as session:
        office = Office(session, Seal(chosen.secret_key), chosen.zone, build.utc_now())
        groups.fill(office, corp.robot(groups.WORKERS))
        assistant.fill(office)


def join_residents(store: Store, chosen: Settings, corp: WeCom) -> None:
    """Take up the simulated residents' groups; the helper's answers are pasted there, and somebody has spoken."""
    if corp.world.kf is None:
        return
    with transaction(store) as session:
        office = Office(session, Seal(chosen.secret_key), chosen.zone, build.utc_now())
        answers = residents_groups.fill(
            office,
            corp.world.kf.open_kfid,
            corp.world.kf.way(kf.LINK_SCENE),
            welcome=say_groups.USUAL_WELCOME,
            answers=say_groups.ANSWERS,
        )
    for chat_id, words in answers.items():
        corp.customer_groups.pastes(chat_id, words)
    for chat_id, talk in residents_groups.TALK.items():
        for who, text in talk:
            corp.customer_groups.says(chat_id, who, text)


async def open_groups(store: Store, chosen: Settings, bot: AssistantSim) -> None:
    """Somebody registers the members' group, which opens it to posts; then each group has its first one."""
    try:
        await bot.up()
    except TimeoutError:
        return  # the group says itself that nobody has the line
    await bot.says(assistant.LEADER, assistant.HELLO, group=assistant.CHAT)

    def post() -> None:
        with transaction(store) as session:
            office = Office(session, Seal(chosen.secret_key), chosen.zone, build.utc_now())
            group_posts.fill(office, chosen.public_url)

    await asyncio.to_thread(post)
