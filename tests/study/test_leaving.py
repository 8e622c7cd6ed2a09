"""What becomes of hours when somebody leaves, or when two turn out to be one."""

from uuid import UUID

from sqlalchemy import func, select

from bot.rules import privacy, resident, study
from bot.rules.office import Office
from bot.rules.study import Totals
from bot.store.study import StudyEntry
from tests.study.scene import Scene
from tests.support.members import Roster
from tests.support.town import Town


def given(scene: Scene, who: UUID, member: UUID | None = None) -> None:
    """An hour by hand."""
    with scene.office() as office:
        study.give_by_hand(
            office,
            member_id=member,
            resident_id=who,
            title="示例培训",
            held_at=office.now,
            minutes=60,
            reason="有证书",
            by=None,
        )


def left(office: Office) -> int:
    """How many entries there are at all."""
    return office.session.scalar(select(func.count()).select_from(StudyEntry)) or 0


def attended(scene: Scene, *names: str) -> None:
    """They scanned, and the lesson is over and counted."""
    scene.at(0)
    for name in names:
        scene.town.resident(name).does("scan", scene.scene())
    scene.at(5, of_end=True)
    with scene.office() as office:
        assert study.count(office) == len(names)


def test_who_is_forgotten_takes_hours_and_certificates_along(scene: Scene) -> None:
    who = scene.known(scene.town.resident("王阿姨"))
    attended(scene, "王阿姨")
    with scene.office() as office:
        paper = study.issue(office, who, 2026, "示例居民").number
    assert "学时记录：1条" in scene.town.resident("王阿姨").says("你记了我什么信息")
    with scene.office() as office:
        privacy.forget(office.session, who)
    with scene.office() as office:
        assert study.of_resident(office, who).totals == Totals()
        assert study.check(office, paper) is None
        assert left(office) == 0


def test_the_roster_keeps_what_its_member_learnt(town: Town) -> None:
    scene, roster = Scene(town), Roster(town)
    who, member = scene.known(town.resident("王阿姨")), roster.has("D1", "示例党员甲")
    roster.is_somebody("D1", who)
    attended(scene, "王阿姨")
    given(scene, who, member)
    with scene.office() as office:
        privacy.forget(office.session, who)
    row = roster.row("D1")
    with scene.office() as office:
        assert study.of_member(office, row, 2026).totals == Totals(attended=90, approved=60)


def test_hours_from_before_somebody_was_known_as_a_member_are_the_members(town: Town) -> None:
    scene, roster = Scene(town), Roster(town)
    who = scene.known(town.resident("王阿姨"))
    attended(scene, "王阿姨")
    roster.has("D1", "示例党员甲", is_secretary=True)
    roster.is_somebody("D1", who)
    with scene.office() as office:
        its = study.of_resident(office, who)
    assert (its.totals.attended, its.target) == (90, 56 * 60)
    assert "还差54.5学时" in town.resident("王阿姨").says("我的学时")


def test_two_who_turn_out_to_be_one_have_the_hours_of_both_once(town: Town) -> None:
    first, second = Scene(town), Scene(town, "KC02-1")
    attended(first, "王阿姨")
    attended(second, "王婆婆")
    mine, other = (first.known(town.resident(name)) for name in ("王阿姨", "王婆婆"))
    with first.office() as office:
        resident.merge(office, into=mine, other=other)
    with first.office() as office:
        assert study.of_resident(office, mine).totals.attended == 180
