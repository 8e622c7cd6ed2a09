// Who speaks in the open room, and what they say: with the assistant's name before it or without.
import { assistant, wecom } from "./api.js";
import { avatar, button, h, toast } from "./dom.js";
import { face } from "./face.js";
import { look, mine, room, rooms } from "./rooms.js";
import { choose, me, tell, world } from "./world.js";

const PHONES = { "grid-3": "grid_worker" }; // whose phone on the table it is; all others here are the member's
const ASKS = {
  members: ["周二有啥课", "帮我开一下柜门", "居住证怎么办", "楼下垃圾三天没人收"],
  residents: ["报修", "投诉", "活动"],
  service: ["周二有啥课", "楼道灯不亮了", "找工作人员"],
};
const FIRST = "party-a";
const RESIDENTS = ["granny", "parent", "courier"];
let inside = null; // who speaks in the members' groups
let named = true; // whether the assistant's name stands before it

// Whoever is speaking in rooms of that kind: { id, name }.
export function speaker(kind) {
  const people = speakers(kind);
  const wanted = kind === "members" ? inside ?? FIRST : world.chosen;
  return people.find((one) => one.id === wanted) ?? people[0];
}

// A resident speaks with the phone on the table in their hand.
export function speakAs(kind, id) {
  if (kind === "members") inside = id;
  else choose(id);
  tell("rooms");
}

function speakers(kind) {
  if (kind === "members") return room().people ?? [];
  if (kind === "residents") return world.people.filter((one) => RESIDENTS.includes(one.id));
  return [];
}

// A link in the group is followed on the phone of whoever speaks there.
export function toTheirPhone(kind) {
  const phone = kind === "members" ? PHONES[speaker(kind)?.id] ?? "member" : kind === "residents" ? speaker(kind)?.id : world.chosen;
  if (world.people.some((one) => one.id === phone) && phone !== world.chosen) choose(phone);
}

export function composer(kind) {
  if (kind === "webhook") return h("p", { class: "only" }, "这个群只收推送：群里说什么，机器人都听不到。");
  const who = h("div", { class: "speakers", role: "group", "aria-label": "以谁的身份说" });
  const asks = h("div", { class: "asks", role: "group", "aria-label": "可以这样说" });
  const at = h("button", { type: "button", class: "at" });
  const box = h("input", { id: "group-say", autocomplete: "off", maxlength: "600", "aria-label": "在群里说" });
  const form = h("form", { class: "wecom-say", onsubmit: (event) => {
    event.preventDefault();
    sayIt(kind, box);
  } }, kind === "members" ? at : null, box, h("button", {}, "发送"));
  const place = h("div", { class: "group-say" }, kind === "service" ? null : who, asks, form);
  at.addEventListener("click", () => {
    named = !named;
    place.redraw();
  });
  asks.append(...ASKS[kind].map((text) => button(kind === "residents" ? `@${rooms.helper} ${text}` : text, () => send(kind, kind === "residents" ? `@${rooms.helper} ${text}` : text, true), { class: "chip" })));
  place.redraw = () => {
    drawSpeakers(who, kind);
    at.textContent = `@${rooms.line.bot}`;
    at.setAttribute("aria-pressed", String(named));
    at.title = named ? "小助手听得到" : "只说给群里的人听，小助手听不到";
    box.placeholder = kind === "service" ? `${me().name}说` : `${(speaker(kind)?.name ?? "").replace("（示例）", "")}说${kind === "members" && !named ? "（不@，它听不到）" : ""}`;
    box.disabled = !rooms.there;
  };
  return place;
}

function drawSpeakers(place, kind) {
  const held = place.contains(document.activeElement) ? document.activeElement.dataset.speaker : null;
  const now = speaker(kind)?.id;
  place.replaceChildren(h("span", { class: "label" }, "您是"), ...speakers(kind).map((one) => button(
    [one.initial ? avatar(one.initial, one.colour) : face({ role: "person", from: one.id, by: one.name }), h("span", { class: one.id === now ? null : "unseen" }, one.name.replace("（示例）", ""))],
    () => speakAs(kind, one.id), { class: "speaker", title: one.name, "data-speaker": one.id, "aria-pressed": String(one.id === now) })));
  if (held) place.querySelector(`[data-speaker="${CSS.escape(held)}"]`)?.focus();
}

function sayIt(kind, box) {
  const text = box.value.trim();
  if (!text) return;
  box.value = "";
  send(kind, text, named).catch(() => { if (!box.value) box.value = text; }); // what was not sent is not lost
}

// Says it in the open room; throws after having told why not.
export function send(kind, text, aloud) {
  return WAYS[kind](text, aloud).catch((error) => {
    toast(error.message);
    throw error;
  });
}

const WAYS = {
  async members(text, aloud) {
    const { exchange } = await assistant.post(`people/${speaker("members").id}/${aloud ? "say" : "talk"}`, { text, group: room().id });
    if (exchange?.outcome === "unreachable") toast(`没有连上，这句话${rooms.line.bot}没收到，平台也不会补送。`);
  },
  residents: (text) => wecom.post(`customer-groups/${room().id}/say`, { who: speaker("residents").id, text }),
  async service(text) {
    await wecom.post(`kf/${mine()}/say`, { text });
    look("residents");
  },
};
