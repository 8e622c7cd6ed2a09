// The further devices on the table: seen at first as three, one of them opened beside the phone.
import { devices as onTheTable } from "./api.js";
import { drawCabinet } from "./cabinet.js";
import { books, drawCity } from "./city.js";
import { unreadInAll, watch } from "./corp.js";
import { button, h, icon } from "./dom.js";
import { fullDoors, lockers, openDoors } from "./lockers.js";
import { isShown, nextStep, nothingShown, show } from "./slot.js";
import { guide } from "./stories.js";
import { drawGroups } from "./groups.js";
import { newsInGroups, rooms, watchGroups } from "./rooms.js";
import { drawWecom } from "./wecom.js";
import { on } from "./world.js";

const DEVICES = [
  { id: "wecom", name: "员工的企业微信", short: "企业微信", draw: drawWecom, news: unreadInAll,
    line: () => (unreadInAll() ? `${unreadInAll()} 条新消息` : "网格员、物业、值班员在这里接单") },
  { id: "assistant", name: "社区的群", short: "群", draw: drawGroups, news: newsInGroups,
    line: () => (rooms.waiting.some(asks) ? "有一条群发等群主点" : "党员群、工作群、居民群，各能做什么") },
  { id: "city", name: "城市后台", short: "城市后台", draw: drawCity, news: () => books.requests.length - seenInBooks,
    line: () => (books.requests.length ? `账上 ${books.requests.length} 件` : "市里收到的每一件都在账上") },
  { id: "cabinet", name: "存储柜", short: "存储柜", draw: drawCabinet, news: openDoors,
    line: () => (openDoors() ? `${openDoors()} 扇门开着` : fullDoors() ? `${fullDoors()} 格有东西` : "门会开会关，也会卡住") },
];
const asks = (task) => Object.values(task.states).includes(0);
let seenInBooks = 0;
let last = "wecom"; // opened by the button that stands in for the tiles on a narrower table
let known = [];
let open = null;

export async function drawBench() {
  const bench = document.getElementById("bench");
  const tiles = h("ul", { class: "tiles" });
  const tabs = h("div", { class: "tabs", role: "group", "aria-label": "桌上的设备", hidden: true });
  const first = h("div", { class: "guide" }, guide(tiles));
  const next = h("p", { class: "next", role: "status" });
  const body = h("div", { class: "device-body", hidden: true });
  const handle = button("设备", () => show(open ? null : last), { class: "handle devices-handle", "aria-controls": "bench", "aria-expanded": "false" });
  document.querySelector(".controls").append(handle);
  bench.append(tabs, next, first, body);
  bench.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && open && !event.target.matches("input")) show(null);
  });
  known = await onTheTable().catch(() => []);
  const count = () => {
    if (isShown("city")) seenInBooks = books.requests.length;
    drawNews(tiles, tabs);
  };
  on("shown", () => {
    next.textContent = nextStep();
    turn(tabs, first, body);
    handle.setAttribute("aria-expanded", String(open !== null));
    count();
  });
  on("corp books lockers rooms", count);
  count();
}

function turn(tabs, first, body) {
  document.getElementById("bench").hidden = isShown("inside");
  const wanted = there().find((one) => isShown(one.id)) ?? null;
  if (open?.id !== wanted?.id) {
    const left = open?.id;
    open?.drawn.leave();
    last = wanted?.id ?? last;
    open = wanted && { id: wanted.id, drawn: wanted.draw() };
    body.replaceChildren(open?.drawn.place ?? "");
    if (left && nothingShown()) requestAnimationFrame(() => first.querySelector(`[data-device="${left}"]`)?.focus());
  }
  watch(isShown("wecom"));
  watchGroups(isShown("assistant"));
  first.hidden = !nothingShown();
  tabs.hidden = body.hidden = !open;
}

function drawNews(tiles, tabs) {
  keepFocus(tiles, () => tiles.replaceChildren(...there().map((one) => h("li", {},
    button([h("span", { class: `device-mark of-${one.id}` }, icon(markOf(one)), dot(one)), h("span", {}, h("b", {}, one.name), h("small", {}, one.line()))],
      () => show(one.id), { class: "tile", "data-device": one.id })))));
  keepFocus(tabs, () => tabs.replaceChildren(...there().map((one) =>
    button([icon(markOf(one)), one.short, dot(one)], () => show(one.id), { class: "tab", "data-device": one.id, "aria-pressed": String(isShown(one.id)) })),
  button(icon("close"), () => show(null), { class: "icon-button", "aria-label": "收起设备", "data-device": "none" })));
}

const there = () => DEVICES.filter((one) => known.includes(one.id) || (one.id === "cabinet" && lockers.all.length > 0));
const markOf = (one) => ({ wecom: "staff", assistant: "group", city: "city", cabinet: "cabinet" })[one.id];

function dot(one) {
  const news = isShown(one.id) ? 0 : one.news();
  return news > 0 ? h("span", { class: "dot" }, String(news), h("span", { class: "unseen" }, "条新的")) : null;
}

function keepFocus(place, draw) {
  const held = place.contains(document.activeElement) ? document.activeElement.dataset.device : null;
  draw();
  if (held) place.querySelector(`[data-device="${held}"]`)?.focus();
}
