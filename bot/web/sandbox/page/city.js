// The city's back office: what it has on its books, what it says about each, and how it can misbehave.
import { city } from "./api.js";
import { button, h, toast } from "./dom.js";
import { full, parse, said } from "./when.js";
import { now, on, tell } from "./world.js";

export const books = { there: false, requests: [], said: [], posts: {}, kind: "realtime", fault: "none" };

const WORDS = [
  { label: "受理", code: "received", status: "OPEN" },
  { label: "已派", code: "assigned", status: "INVESTIGATING" },
  { label: "办结", code: "done", status: "FIXED", description: "已派人到现场办好。" },
  { label: "退回", code: "needs_more", status: "INVESTIGATING", description: "请说清楚具体位置。" },
];
const KINDS = [["realtime", "实时", "当场给编号"], ["batch", "批量", "先给一张回执，编号过后来问"]];
const FAULTS = [
  ["slow", "慢", "一分钟才回话，等不及的算断了"], ["broken", "500", "出错，什么也没收下"], ["lost", "丢回执", "收下了，回话却没有到"],
  ["doubled", "重复回执", "每样回话都说两遍"], ["wrong_state", "状态错", "说没人听过的状态，新旧还颠倒"],
];

on("city", ({ event, data }) => {
  if (event === "office") Object.assign(books, data, { there: true });
  if (event === "lost") books.there = false;
  if (event !== "ready") tell("books");
});

export function drawCity() {
  const modes = h("div", { class: "modes" });
  const list = h("ul", { class: "requests", "aria-live": "polite" });
  const draw = () => {
    drawModes(modes);
    const held = list.contains(document.activeElement) ? document.activeElement.dataset.does : null;
    list.replaceChildren(...(books.requests.length ? books.requests.toReversed().map(row) : [h("li", { class: "nothing" }, empty())]));
    if (held) list.querySelector(`[data-does="${held}"]`)?.focus();
  };
  draw();
  const stops = [on("books", draw), on("clock", draw)];
  const place = h("div", { class: "device city" }, h("header", {}, h("h3", {}, "示例市政后台", h("small", {}, "上级收到的每一件都在这本账上")), modes), list);
  return { place, leave: () => stops.forEach((stop) => stop()) };
}

function drawModes(place) {
  const held = place.contains(document.activeElement) ? document.activeElement.textContent : null;
  const set = (body) => city.post("mode", body).catch((error) => toast(error.message));
  const chip = (label, hint, pressed, body) => button(label, () => set(body), { class: "mode", title: hint, "aria-pressed": String(pressed) });
  const odd = FAULTS.find(([name]) => name === books.fault);
  place.replaceChildren(
    h("div", { role: "group", "aria-label": "怎样收件" }, h("span", { class: "label" }, "收件"), KINDS.map(([kind, label, hint]) => chip(label, hint, books.kind === kind, { kind }))),
    h("div", { role: "group", "aria-label": "让它出点状况" }, h("span", { class: "label" }, "出点状况"), FAULTS.map(([fault, label, hint]) =>
      chip(label, hint, books.fault === fault, { fault: books.fault === fault ? "none" : fault }))),
    odd ? h("p", { class: "odd" }, `⚠ ${odd[1]}：${odd[2]}`) : "");
  if (held) [...place.querySelectorAll("button")].find((one) => one.textContent === held)?.focus();
}

function row(request) {
  const [reference, title = "", ...rest] = request.description.split("\n");
  const words = rest.filter((line) => !line.startsWith("地点：")).join(" ");
  const at = parse(request.taken_at);
  const times = books.posts[request.reference] ?? 1;
  return h("li", { class: "request", "data-reference": request.reference },
    h("p", { class: "top-line" }, h("b", {}, request.reference || reference), h("span", {}, request.number),
      h("span", { class: times > 1 ? "often bad" : "often" }, times > 1 ? `⚠ 收到 ${times} 次` : "收到 1 次"), h("time", { title: full(at) }, said(at, now()))),
    h("p", { class: "about" }, title, request.address ? h("span", {}, ` · ${request.address}`) : ""),
    words ? h("p", { class: "words" }, words) : null,
    request.updates.map((one) => h("p", { class: "from-us" }, `社区说：${one.description || one.status}`)),
    h("div", { class: "answer" }, state(request),
      h("div", { class: "says", role: "group", "aria-label": `回复 ${request.reference}` }, WORDS.map((word) =>
        button(word.label, (event) => tellUs(request, word, event.currentTarget), { "data-does": `${request.number} ${word.code}`, class: word.code === "done" ? "first" : null })))));
}

// Where it stands: what was said last, or that nothing was.
function state(request) {
  const last = books.said.filter((one) => one.number === request.number).at(-1);
  const word = WORDS.find((one) => one.code === last?.code);
  const closed = request.status === "closed";
  return h("p", { class: `stands ${closed ? "closed" : ""}` }, closed ? "✓ 已办结" : last ? `● ${word?.label ?? last.status}` : "○ 新到，还没回话");
}

function tellUs(request, { status, code, description = "" }, pressed) {
  pressed.disabled = true;
  city.post("say", { request: request.number, status, code, description })
    .catch((error) => toast(error.message))
    .finally(() => { pressed.disabled = false; });
}

function empty() {
  return books.there ? "账上还没有工单。社区收下的投诉几秒后就会转到这里。" : "城市后台还没有连上，马上再试。";
}
