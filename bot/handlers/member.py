"""A resident is a member of the Party: by an invitation's code, or by telling the name and digits the roster knows."""

from bot.form.draft import KEY
from bot.messages import Reply
from bot.nlu import member as heard
from bot.router import Router, Turn
from bot.rules import member
from bot.wording import member as say
from bot.wording.resident import agreed

router = Router()
WHO, IS_IT_YOU = "member.who", "member.is_it_you"
MOST_TRIES = 2


@router.before_all("member.claim")
def claims(turn: Turn) -> Reply | None:
    """Who says so is asked who on the roster they are."""
    text = turn.message.text
    if not heard.says_to_be_one(text) or turn.asked == WHO:
        return None
    if KEY in turn.memo and not heard.asks_for_it(text):
        return None  # to a form it may be the answer, such as who gives a lesson
    if turn.overheard:
        return Reply(say.IN_GROUP)
    member.may_claim(turn.office, turn.resident_id)
    return Reply(say.ASK, asks=WHO)


@router.answer_to(WHO)
def tells(turn: Turn) -> Reply | None:
    """The answer is the same whether that is anybody or not."""
    if turn.overheard:
        return None
    told = heard.name_and_digits(turn.message.text)
    if told is None:
        tries = int(str(turn.memo.get("tries", 0))) + 1
        if tries >= MOST_TRIES or turn.heard.target:
            return None
        return Reply(say.AGAIN, asks=WHO, memo={"tries": tries})
    member.say(turn.office, turn.resident_id, *told)
    return Reply(say.SAID)


@router.scene(member.PURPOSE)
def scanned(turn: Turn) -> Reply:
    """The code is not used yet: a neighbour who scans it by mistake says so."""
    scene = turn.message.event_key
    name = member.invited(turn.office, turn.resident_id, scene)
    return Reply(say.is_it_you(name), IS_IT_YOU, {say.YES: "yes", say.NO: "no"}, {"scene": scene})


@router.answer_to(IS_IT_YOU)
def said(turn: Turn) -> Reply | None:
    if turn.overheard:
        return None
    yes = turn.picked == "yes" if turn.picked else agreed(turn.message.text)
    if turn.none_of_them or yes is False:
        return Reply(say.NOT_ME)
    if yes is None:
        return None
    member.accept(turn.office, turn.resident_id, str(turn.memo["scene"]))
    return Reply(say.ACCEPTED)
