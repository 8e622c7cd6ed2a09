from tests.support.story import Story
from bot.simulator.back_office import Fault
async def test_probe(town_story: Story) -> None:
    s = town_story
    s.city.books.behave(fault=Fault.BROKEN)
    print(await s.says("granny", "新村1栋楼上半夜吵得睡不着"))
    await s.platform.picture(s.person("granny")); await s.settled()
    print(s.numbers(), s.history("T261123-0001"), s.outcomes("T261123-0001"), s.forward("T261123-0001").state)
    print([c.title for c in s.wecom.cards("worker3")], s.read_in_wecom("worker3"))
    await s.taps("worker3", "接单")
    print(s.read("granny"), s.read_in_wecom("worker3"))
    await s.passes(hours=12)
    print(s.outcomes("T261123-0001"))
    print(s.read("granny"), s.read_in_wecom("worker3"))
    assert 0
