// The staff's WeCom: whose it is on the left, their chat with the app on the right.
import { wecom } from "./api.js";
import { chatOf, corp, member, pick, unreadFor } from "./corp.js";
import { avatar, h, toast } from "./dom.js";
import { workCard } from "./card.js";
import { full, parse, said } from "./when.js";
import { now, on } from "./world.js";

const GAP_MS = 5 * 60_000;
const INITIALS = [[/第(\d+)网格/, (found) => found[1]], [/值班/, () => "值"], [/书记/, () => "书"], [/物业/, () => "物"]];
const BLUES = ["#2b6cc4", "#3f5fa8", "#1f7a9c", "#4b59b5", "#2a66a0"];

export function drawWecom() {
  const list = h("ul", { class: "members" });
  const title = h("h3", {});
  const log = h("div", { class: "wecom-log", role: "log", "aria-live": "polite", "aria-label": "和社区工单的聊天", tabindex: "0" });
  const box = h("input", { id: "staff-say", autocomplete: "off", maxlength: "600", "aria-label": "回复居民，或者打指令", placeholder: "打字转给居民，或试试“我的工单”" });
  const form = h("form", { class: "wecom-say", onsubmit: (event) => {
    event.preventDefault();
    say(box);
  } }, box, h("button", {}, "发送"));
  let shown = null;
  const draw = () => {
    const focused = list.contains(document.activeElement) ? document.activeElement.dataset.member : null;
    list.replaceChildren(...corp.members.map(row));
    if (focused) list.querySelector(`[data-member="${focused}"]`)?.focus();
    title.replaceChildren("社区工单", h("small", {}, corp.there ? `${member()?.title ?? ""}看到的` : "正在连接…"));
    drawLog(log, shown !== corp.chosen);
    shown = corp.chosen;
    box.disabled = !corp.there;
  };
  draw();
  const stops = [on("corp", draw), on("clock", draw)];
  const place = h("div", { class: "device wecom" }, h("nav", { "aria-label": "哪一位员工" }, list),
    h("div", { class: "wecom-chat" }, title, log, form));
  requestAnimationFrame(() => { log.scrollTop = log.scrollHeight; });
  return { place, leave: () => stops.forEach((stop) => stop()) };
}

function row(one) {
  const [unread, bubbles] = [unreadFor(one.userid), chatOf(one.userid)];
  const dot = unread ? h("span", { class: "dot" }, String(unread), h("span", { class: "unseen" }, "条未读")) : null;
  return h("li", {}, h("button", {
    type: "button", class: "member", "data-member": one.userid, "aria-current": one.userid === corp.chosen ? "true" : null,
    onclick: () => pick(one.userid),
  }, h("span", { class: "face" }, face(one), dot),
  h("span", { class: "who" }, h("b", {}, one.title), h("small", {}, bubbles.length ? line(bubbles.at(-1)) : "没有消息"))));
}

function face({ userid, title }) {
  const [pattern, made] = INITIALS.find(([one]) => one.test(title)) ?? [/./, (found) => found[0]];
  const at = corp.members.findIndex((one) => one.userid === userid);
  return avatar(made(pattern.exec(title) ?? ["员"]), BLUES[Math.max(0, at) % BLUES.length]);
}

const line = (bubble) => (bubble.kind === "card" ? `［卡片］${bubble.card.main_title.title}` : bubble.text.split("\n")[0]);

// Bubbles that did not change stay in place; a card that changed is put in its own.
function drawLog(log, anew) {
  const bubbles = chatOf(corp.chosen);
  const near = anew || log.scrollHeight - log.scrollTop - log.clientHeight < 120;
  const drawn = new Map(anew ? [] : [...log.children].map((one) => [one.dataset.mark, one]));
  const rows = bubbles.map((bubble, at) => {
    const mark = `${corp.chosen} ${bubble.id} ${bubble.changed} ${JSON.stringify(bubble.card ?? "")}`;
    const made = drawn.get(mark) ?? bubbleRow(bubble, bubbles[at - 1]);
    made.dataset.mark = mark;
    return made;
  });
  log.setAttribute("aria-live", anew ? "off" : "polite");
  log.replaceChildren(...(rows.length ? rows : [empty()]));
  if (near) log.scrollTop = log.scrollHeight;
}

function bubbleRow(bubble, before) {
  const at = parse(bubble.at);
  const stamp = !before || at - parse(before.at) > GAP_MS ? h("time", { class: "stamp", title: full(at), datetime: bubble.at }, said(at, now())) : null;
  const mine = bubble.from === "member";
  return h("div", { class: "wecom-row" }, stamp, h("div", { class: `wecom-line ${mine ? "mine" : "theirs"}`, "data-bubble": bubble.id },
    mine ? face(member()) : h("span", { class: "avatar app", "aria-hidden": "true" }, "工"),
    bubble.kind === "card" ? workCard(bubble) : h("p", { class: "wecom-bubble" }, bubble.text || "［图片］")));
}

function empty() {
  const words = corp.there ? "还没有工单卡片。用左边的手机投诉一件事试试。" : "企业微信还没有连上，马上再试。";
  return h("p", { class: "nothing" }, words);
}

function say(box) {
  const text = box.value.trim();
  if (!text) return;
  box.value = "";
  wecom.post(`members/${encodeURIComponent(corp.chosen)}/say`, { text }).catch((error) => {
    if (!box.value) box.value = text; // what was not sent is not lost
    toast(error.message);
  });
}
