// The look inside: behind a button, how each message went through the product.
import { button, h, icon } from "./dom.js";
import { callRow } from "./call.js";
import { isShown, show } from "./slot.js";
import { turnCard } from "./turn.js";
import { parse } from "./when.js";
import { callsFor, exchangesOf, me, on, reportsOn, world } from "./world.js";

const turned = new Map(); // what the reader opened or shut; all else is shut but the newest

export function drawSide() {
  const drawer = document.getElementById("drawer");
  const list = h("ol", { class: "turns" });
  const title = h("p", { class: "note" });
  const handle = button([icon("eye"), "看门道"], () => show(isShown("inside") ? null : "inside"),
    { class: "handle", "aria-controls": "drawer", "aria-expanded": "false" });
  document.querySelector(".controls").append(handle);
  drawer.append(h("header", {}, h("div", {}, h("h2", {}, "看门道"), title),
    button(icon("close"), () => show(null), { class: "icon-button", "aria-label": "收起看门道" })), list);

  const draw = () => {
    if (drawer.hidden) return;
    title.textContent = `${me().name}的每条消息怎样进来、听懂、写库、答复`;
    drawList(list);
  };
  on("shown", () => {
    drawer.hidden = !isShown("inside");
    handle.setAttribute("aria-expanded", String(!drawer.hidden));
    draw();
  });
  let due = 0; // many may come at once; one drawing shows them all
  on("exchange chosen loaded", () => {
    cancelAnimationFrame(due);
    due = requestAnimationFrame(draw);
  });
  drawer.addEventListener("keydown", (event) => { if (event.key === "Escape") show(null); });
}

// Rows that did not change stay in place, so that what one has opened stays open and nothing jumps.
function drawList(list) {
  const rows = rowsNewestFirst();
  const drawn = new Map([...list.children].map((row) => [row.dataset.row, row]));
  const newest = rows.find((row) => row.exchange)?.key;
  const fresh = rows.map((row) => {
    const old = drawn.get(row.key);
    if (old && old.dataset.mark === row.mark && (old.dataset.newest === "yes") === (row.key === newest)) return old;
    const made = row.exchange ? turnCard(row.exchange, row.reports, { open: turned.get(row.key) ?? row.key === newest }) : callRow(row.call);
    Object.assign(made.dataset, { row: row.key, mark: row.mark, newest: row.key === newest ? "yes" : "no" });
    made.querySelector("summary").addEventListener("click", () => turned.set(row.key, !made.firstElementChild.open));
    return made;
  });
  list.replaceChildren(...(fresh.length ? fresh : [nothingYet()]));
}

function rowsNewestFirst() {
  const turns = exchangesOf(world.chosen).map((exchange) => {
    const reports = reportsOn(exchange);
    return { key: exchange.id, at: parse(exchange.at), mark: `${exchange.attempts.length} ${reports.length}`, exchange, reports };
  });
  const calls = callsFor(world.chosen).map((call) => ({ key: call.id, at: parse(call.at), mark: "", call }));
  return [...turns, ...calls].sort((one, other) => other.at - one.at);
}

function nothingYet() {
  return h("li", { class: "nothing" }, "还没有消息。让手机里的人说一句话，这里就会出现一行。");
}
