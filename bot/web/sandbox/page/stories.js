// What to play first: a sentence for somebody's phone, and the device on which one then sees more.
import { act } from "./api.js";
import { followNext } from "./corp.js";
import { button, h, icon, toast } from "./dom.js";
import { send, speakAs } from "./groupsay.js";
import { enterFirst } from "./rooms.js";
import { show } from "./slot.js";
import { choose, world } from "./world.js";

const STORIES = [
  { who: "granny", text: "新村2栋楼下垃圾三天没人收", device: "wecom", then: "卡片到了物业的企业微信：点“接单”，看手机；再到城市后台点“办结”。" },
  { who: "parent", text: "我要存个东西到柜子", device: "cabinet", then: "扫柜上的二维码，在手机上选大小，门就开了：放进去，关上。" },
  { as: "party-a", by: "党员在群里", text: "周二有啥课", device: "assistant", then: "公开的事，小助手在群里答，一两句就好。" },
  { as: "party-a", by: "党员在群里", text: "帮我开一下柜门", device: "assistant", then: "自己的事群里不办：点回复里的链接，在手机上接着办，不用再说一遍。" },
];

export function stories() {
  return h("ol", { class: "stories" }, STORIES.map((story) => h("li", {},
    button([h("span", {}, `${story.by ?? nameOf(story.who)}：`), `“${story.text}”`], () => play(story), { class: "chip" }), h("p", { title: story.then }, story.then))));
}

export function guide(devices) {
  return [
    h("h2", {}, "桌上还有"), devices,
    h("h2", {}, "演一出"), stories(),
    h("h2", {}, "还可以试试"),
    h("ul", { class: "hints" },
      h("li", {}, "打开上面的“慢”或“断”，再问一句，看答复怎样补到。"),
      h("li", {}, "拨快三天：48 小时的窗口关了，通知怎样送到。"),
      h("li", {}, "每条消息怎样解密、听懂、写库、答复：", button([icon("eye"), "打开看门道"], () => show("inside"), { class: "open-drawer" }))),
  ];
}

function nameOf(person) {
  return world.people.find((one) => one.id === person)?.name ?? "居民";
}

function play({ who, as, text, device, then }) {
  if (as) {
    enterFirst("members");
    speakAs("members", as);
    show(device, then);
    send("members", text, true).catch(() => {}); // it has said why
    return;
  }
  choose(who);
  if (device === "wecom") followNext();
  show(device, then);
  act(who, "say", { text }).catch((error) => toast(error.message));
}
