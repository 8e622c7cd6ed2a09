// What stands in the open room: everybody's words with their names, answers, cards, and a message that waits for a tap.
import { assistant, wecom } from "./api.js";
import { button, h, toast } from "./dom.js";
import { face } from "./face.js";
import { groupCard } from "./groupcard.js";
import { speaker, toTheirPhone } from "./groupsay.js";
import { words } from "./markup.js";
import { look, mine, openService, room, titleOf, waitingIn } from "./rooms.js";
import { full, parse, said } from "./when.js";
import { me, now, world } from "./world.js";

const GAP_MS = 5 * 60_000;
const NEAR_END_PX = 80;
const EMPTY = {
  members: "还没有人说话。挑一个人，在下面问一句。",
  webhook: "还没有推送。在后台“社群”里发一条，几秒后就到。",
  residents: "群里还没有话。",
};

export function drawTalk() {
  const log = h("div", { class: "wecom-log", role: "log", "aria-live": "polite", "aria-label": "群里的话", tabindex: "0" });
  const waiting = h("div", { class: "waiting" });
  const place = h("div", { class: "talk" }, log, waiting);
  let shown = null;
  let pinned = true; // whether the newest stays in sight
  const keep = () => { if (pinned) log.scrollTop = log.scrollHeight; };
  log.addEventListener("scroll", () => { pinned = log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_END_PX; }, { passive: true });
  new ResizeObserver(keep).observe(log);
  place.redraw = () => {
    const one = room();
    const anew = shown !== one.id + world.chosen;
    pinned ||= anew;
    waiting.replaceChildren(...waitingIn(one.id).map(task));
    drawLog(log, one, anew);
    keep();
    shown = one.id + world.chosen;
  };
  return place;
}

// Bubbles that did not change stay in place.
function drawLog(log, one, anew) {
  const drawn = new Map(anew ? [] : [...log.children].map((row) => [row.dataset.mark, row]));
  const rows = one.bubbles.map((bubble, at) => {
    const mark = JSON.stringify([bubble.id, bubble.text, bubble.card, bubble.finished, bubble.changed]);
    const made = drawn.get(mark) ?? line(one, bubble, one.bubbles[at - 1]);
    made.dataset.mark = mark;
    return made;
  });
  const first = one.kind === "residents" ? [h("p", { class: "grey" }, "居民的微信群：平台不让机器人进来，小助手听不到，也不能自己说话。")] : [];
  log.setAttribute("aria-live", anew ? "off" : "polite");
  log.replaceChildren(...first, ...(rows.length ? rows : [empty(one)]));
}

function line(one, bubble, before) {
  const at = parse(bubble.at);
  const stamp = !before || at - parse(before.at) > GAP_MS ? h("time", { class: "stamp", title: full(at), datetime: bubble.at }, said(at, now())) : null;
  const ours = one.kind === "service" ? bubble.role === "person" : bubble.role === "person" && bubble.from === speaker(one.kind)?.id;
  return h("div", { class: "wecom-row" }, stamp, h("div", { class: `wecom-line ${ours ? "mine" : "theirs"} by-${bubble.role}` },
    face(bubble), h("div", { class: "spoken" }, ours ? null : h("p", { class: "by" }, bubble.by, bubble.note ? h("span", {}, bubble.note) : ""), holds(one, bubble))));
}

function holds(one, bubble) {
  const before = () => toTheirPhone(one.kind);
  if (bubble.card) return groupCard(bubble, (label) => tap(one, bubble, label), before);
  return h("div", { class: `wecom-bubble ${bubble.finished === false ? "thinking" : ""}` }, words(bubble.text, before), menu(bubble));
}

function menu({ menu: entries = {} }) {
  const tapped = (label) => (event) => {
    event.preventDefault();
    wecom.post(`kf/${mine()}/tap`, { label }).catch((error) => toast(error.message));
  };
  return Object.values(entries).map((label) => h("a", { class: "menu-entry", href: "#", onclick: tapped(label) }, label));
}

function tap(one, bubble, label) {
  return assistant.post(`people/${speaker(one.kind).id}/tap`, { label, group: one.id, bubble: bubble.id })
    .catch((error) => toast(error.message));
}

// The owner's own WeCom: nothing is read in the group before they tap.
export function task(one) {
  const send = (event) => {
    event.currentTarget.disabled = true;
    wecom.post(`customer-tasks/${one.msgid}/send`).catch((error) => toast(error.message)).finally(() => look("residents"));
  };
  return h("article", { class: "task" }, h("p", { class: "by" }, `群主 ${titleOf(one.sender)} 的企业微信`, h("span", {}, one.reminded ? `已提醒 ${one.reminded} 次` : "群发待确认")),
    h("p", { class: "task-words" }, one.text), button("确认发送", send, { class: "confirm" }));
}

function empty(one) {
  if (one.kind !== "service") return h("p", { class: "nothing" }, EMPTY[one.kind]);
  const open = () => openService("").catch((error) => toast(error.message));
  return h("div", { class: "nothing" }, h("p", {}, `${me()?.name ?? "居民"}还没有进过微信客服。点群里的链接，或者从这里进来。`), button("打开微信客服", open, { class: "main" }));
}
