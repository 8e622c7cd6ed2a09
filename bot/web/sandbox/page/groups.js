// The groups, and one private chat beside them: which there are on the left, what is said in the open one on the right.
import { allowed } from "./allowed.js";
import { avatar, button, h, icon } from "./dom.js";
import { mishapRow } from "./groupmishaps.js";
import { composer } from "./groupsay.js";
import { all, enterRoom, room, rooms, unreadIn, waitingIn } from "./rooms.js";
import { drawTalk } from "./talk.js";
import { on } from "./world.js";

const MARKS = { members: ["党", "#b3261e"], webhook: ["推", "#2563b0"], residents: ["", "#2f7f79"], service: ["服", "#07783f"] };
const ABOUT = {
  members: (one) => `内部群 · ${one.people.length} 人 · ${rooms.line.bot}在群里，@它才听得到`,
  webhook: () => "内部群 · 消息推送只会说，不会听",
  residents: (one) => `居民群 · ${one.count} 人 · 小助手进不来`,
  service: () => "居民的微信里，和小助手一对一",
};
const CONSOLE = { members: ["/console/groups", "到后台推一条"], webhook: ["/console/groups", "到后台推一条"], residents: ["/console/groups", "到后台发通知"] };
let panel = false; // whether the residents' room shows what is allowed there instead of the talk

export function drawGroups() {
  const list = h("ul", { class: "members" });
  const head = h("header", { class: "room-head" });
  const body = h("div", { class: "room-body" });
  let stands = "";
  const draw = () => {
    const one = room();
    keepFocus(list, "room", () => list.replaceChildren(...(one ? all() : []).map(row)));
    keepFocus(head, "does", () => head.replaceChildren(...(one ? heading(one, flip) : [])));
    const wanted = one ? `${one.id} ${one.kind === "residents" && panel}` : "";
    if (wanted !== stands) {
      stands = wanted;
      body.replaceChildren(...(one ? inside(one) : [nobody()]));
    }
    for (const part of body.children) part.redraw?.();
  };
  const flip = (open) => {
    panel = open;
    draw();
  };
  draw();
  const stops = [on("rooms clock", draw), on("panel", () => flip(false))];
  const place = h("div", { class: "device wecom groups" }, h("nav", { "aria-label": "哪一个群" }, list), h("div", { class: "room" }, head, body));
  return { place, leave: () => stops.forEach((stop) => stop()) };
}

function inside(one) {
  return one.kind === "residents" && panel ? [allowed()] : [drawTalk(), composer(one.kind)];
}

function row(one) {
  const unread = unreadIn(one);
  const waits = waitingIn(one.id).length;
  const dot = unread ? h("span", { class: "dot" }, String(unread), h("span", { class: "unseen" }, "条新的")) : null;
  const last = one.bubbles.at(-1);
  const below = waits ? h("small", { class: "waits" }, `⚠ ${waits} 条群发等群主点`) : h("small", {}, last ? line(last) : "还没有话");
  return h("li", {}, h("button", {
    type: "button", class: "member", title: one.name, "data-room": one.id, "aria-current": one.id === room().id ? "true" : null, onclick: () => enterRoom(one.id),
  }, h("span", { class: "face" }, avatar(MARKS[one.kind][0] || sign(one.name), MARKS[one.kind][1]), dot), h("span", { class: "who" }, h("b", {}, one.name), below)));
}

const sign = (name) => name.replace(/^示例/u, "")[0];
const line = (bubble) => `${bubble.by}：${(bubble.text || bubble.card?.main_title?.title || "").split("\n")[0].replace(/[#*>]|\]\(.*$|\[(?=[^\]]*\]\()/gu, "").trim()}`;

function heading(one, flip) {
  const [to, label] = CONSOLE[one.kind] ?? [];
  const modes = one.kind === "residents" ? h("div", { class: "segments", role: "group", "aria-label": "看什么" },
    [[false, "群聊"], [true, "能做的"]].map(([open, name]) => button(name, () => flip(open), { "aria-pressed": String(panel === open), "data-does": name }))) : null;
  const down = !rooms.there ? "没有连上，马上再试" : one.kind === "members" && !rooms.line.up ? `${rooms.line.bot}没有连上：现在说的话它收不到，平台也不留` : "";
  return [
    h("div", { class: "room-title" },
      h("h3", {}, one.name, h("small", { class: down ? "odd" : null }, down ? `⚠ ${down}` : ABOUT[one.kind](one))),
      modes ?? (to ? h("a", { class: "to-console", href: to, target: "_blank", rel: "noopener" }, label, icon("next")) : "")),
    mishapRow(one.kind),
  ];
}

function nobody() {
  return h("p", { class: "nothing" }, rooms.there ? "这里还没有群。" : "群还没有连上，马上再试。");
}

function keepFocus(place, by, draw) {
  const held = place.contains(document.activeElement) ? document.activeElement.dataset[by] : null;
  draw();
  if (held) place.querySelector(`[data-${by}="${CSS.escape(held)}"]`)?.focus();
}
