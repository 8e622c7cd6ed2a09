// The chat itself: bubbles of the chosen person, time stamps between them, always at the newest unless one reads back.
import { avatar, button, h, icon } from "./dom.js";
import { drawn } from "./bubble.js";
import { intro } from "./people.js";
import { accountFace, followNow } from "./phone.js";
import { full, parse, said } from "./when.js";
import { bubblesOf, me, now, on, world } from "./world.js";

const GAP_MS = 5 * 60_000;
const NEAR_END_PX = 80;
let following = null;
let pinned = true; // whether the newest stays in sight

export function drawChat() {
  const log = document.getElementById("log");
  const news = button(["新消息", icon("down")], () => toEnd(log), { class: "news", hidden: true });
  log.after(news);
  const keep = () => { if (pinned) toEnd(log); };
  log.addEventListener("scroll", () => {
    pinned = nearEnd(log);
    if (pinned) news.hidden = true;
  }, { passive: true });
  log.addEventListener("load", keep, true); // pictures come later and make it longer
  new ResizeObserver(keep).observe(log);
  const all = () => {
    news.hidden = true;
    drawAll(log);
  };
  on("chosen loaded", all);
  on("chosen", hello);
  on("people", () => { if (me().following !== following) all(); });
  on("bubble", (bubble) => {
    if (bubble.person === world.chosen) add(log, bubble, news);
  });
  drawAll(log);
}

// Nobody's chat is empty: who has followed without a word yet, as after a clean slate, follows again and is welcomed.
function hello() {
  const person = me();
  if (person.following && !bubblesOf(person.id).length) followNow();
}

function drawAll(log) {
  const person = me();
  following = person.following;
  const kept = bubblesOf(person.id);
  log.setAttribute("aria-live", "off"); // a whole chat redrawn is no news
  log.replaceChildren(intro(), ...kept.flatMap((bubble, at) => row(bubble, kept[at - 1])), person.following ? "" : stranger());
  log.setAttribute("aria-live", "polite");
  toEnd(log);
}

function add(log, bubble, news) {
  const kept = bubblesOf(bubble.person);
  const wasPinned = pinned || bubble.from === "person";
  const rows = row(bubble, kept.at(-2));
  rows.at(-1).classList.add("arriving");
  const last = log.querySelector(".stranger");
  if (last) last.before(...rows);
  else log.append(...rows);
  if (wasPinned) toEnd(log);
  else news.hidden = false;
}

function row(bubble, before) {
  const at = parse(bubble.at);
  const stamp = !before || at - parse(before.at) > GAP_MS
    ? [h("time", { class: "stamp", title: full(at), datetime: bubble.at }, said(at, now()))] : [];
  return [...stamp, bubble.from === "system" ? h("p", { class: "grey", "data-bubble": bubble.id }, bubble.text) : line(bubble)];
}

function line(bubble) {
  const mine = bubble.from === "person";
  const person = me();
  const face = mine ? avatar(person.initial, person.colour) : accountFace();
  const by = h("span", { class: "unseen" }, mine ? `${person.name}：` : `${world.account.name}：`);
  return h("div", { class: `line ${mine ? "mine" : "theirs"}`, "data-bubble": bubble.id, "data-via": bubble.via },
    face, h("div", { class: "said" }, by, drawn(bubble), mark(bubble)));
}

const VIAS = { customer: "客服消息", template: "模板消息", subscription: "订阅通知", mass: "群发" };

function mark(bubble) {
  const words = [VIAS[bubble.via], bubble.note].filter(Boolean);
  return words.length ? h("p", { class: "via" }, words.join(" · ")) : null;
}

function stranger() {
  return h("div", { class: "stranger" }, accountFace(), h("b", {}, world.account.name), h("p", {}, "还没有关注，关注后才能说话。"),
    button("关注", followNow, { class: "wide main" }));
}

function toEnd(log) {
  log.scrollTop = log.scrollHeight;
  pinned = true;
}

function nearEnd(log) {
  return log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_END_PX;
}
