// A cabinet as one stands before it: doors that open and shut, its screen, and what can be wrong with it.
import { button, h, svg } from "./dom.js";
import { drawScreen } from "./keypad.js";
import { cabinet, handle, lockers, pickCabinet } from "./lockers.js";
import { on } from "./world.js";

const FAULTS = [
  ["offline", "断网", "柜子连不上服务器：凭名单和离线码自己认"], ["skewed_clock", "时钟偏", "柜子的钟快十分钟"],
  ["doubled", "重复", "每条消息都送两遍"], ["wrong_polarity", "极性反", "门磁说反话：关着说开着"], ["power_cut", "开门断电", "下一次开门的那一瞬断电"],
];
const DOOR_FAULTS = [["jammed", "卡门", (door) => door.jammed], ["no_feedback", "无反馈", (door) => door.seen === "unknown"]];
const SKEW_SECONDS = 600;

export function drawCabinet() {
  const tabs = h("div", { class: "which", role: "group", "aria-label": "哪个柜子" });
  const front = h("div", { class: "doors" });
  const hand = h("div", { class: "hand" });
  const faults = h("div", { class: "faults", role: "group", "aria-label": "让柜子出点状况" });
  const { screen, draw: drawGlass } = drawScreen();
  let leaves = new Map();
  let serial = null;
  let picked = 1;
  const pick = (door) => {
    picked = door;
    draw();
  };
  const draw = (opened) => {
    const one = cabinet();
    if (!one) return;
    if (opened) picked = opened;
    if (one.serial !== serial) {
      [serial, picked] = [one.serial, opened ?? one.doors.find((door) => door.open)?.door ?? 1];
      leaves = hang(front, one, pick);
    }
    one.doors.forEach((door) => show(leaves.get(door.door), door, door.door === picked));
    keepFocus(tabs, () => tabs.replaceChildren(...lockers.all.map((other) =>
      button([h("b", {}, other.serial), other.name], () => pickCabinet(other.serial), { "aria-pressed": String(other === one), "data-key": other.serial }))));
    keepFocus(hand, () => hand.replaceChildren(...atHand(one.doors.find((door) => door.door === picked))));
    keepFocus(faults, () => faults.replaceChildren(...switches(one)));
    drawGlass();
  };
  draw();
  const stops = [on("lockers", draw), on("chosen", () => draw())];
  const box = h("div", { class: "box" }, screen, front);
  return { place: h("div", { class: "device cabinet" }, tabs, box, hand, faults), leave: () => stops.forEach((stop) => stop()) };
}

// Smaller doors on the left, as the sample cabinets have them: half are small, a sixth are large.
function hang(front, one, pick) {
  const [all, leaves] = [one.doors, new Map()];
  const large = Math.max(1, Math.round(all.length / 6));
  const small = Math.round(all.length / 2);
  const columns = [all.slice(0, small), all.slice(small, all.length - large), all.slice(all.length - large)];
  front.style.setProperty("--rows", String(small));
  front.replaceChildren(...columns.map((doors) => h("div", { class: "column" }, doors.map(({ door }) => {
    const leaf = h("button", { type: "button", class: "leaf", onclick: () => press(leaf, door, pick) });
    leaves.set(door, leaf);
    return h("div", { class: "door" }, h("span", { class: "inside", "aria-hidden": "true" }, h("b", {}, `${door} 号`), parcel()), leaf);
  }))));
  return leaves;
}

function press(leaf, door, pick) {
  if (leaf.parentElement.classList.contains("open")) handle(`doors/${door}`, { do: "shut" });
  pick(door);
}

function show(leaf, door, isPicked) {
  leaf.parentElement.className = ["door", door.open && "open", door.occupied && "full", isPicked && "picked", (door.jammed || door.seen === "unknown") && "faulty"].filter(Boolean).join(" ");
  leaf.setAttribute("aria-label", `${door.door} 号门，${door.open ? "开着，点一下关上" : "关着"}${door.occupied ? "，里面有东西" : ""}`);
  leaf.replaceChildren(h("b", {}, String(door.door).padStart(2, "0")), h("i", { class: "lamp" }), door.occupied ? h("small", {}, "有件") : "");
}

function parcel() {
  return svg("svg", { viewBox: "0 0 40 32" }, svg("path", { class: "carton", d: "M4 8h32v22H4z" }), svg("path", { class: "tape", d: "M17 8h6v22h-6zM4 8l4-6h24l4 6z" }));
}

// What can be done at the door one stands before.
function atHand(door) {
  const does = (what) => () => handle(`doors/${door.door}`, { do: what });
  const words = `${door.door} 号门${door.open ? "开着" : "关着"}，${door.occupied ? "里面有东西" : "里面空着"}`;
  const open = [
    door.occupied ? button("拿出来", does("take"), { "data-key": "put" }) : button("放进东西", does("put"), { "data-key": "put" }),
    button("关上门", does("shut"), { class: "first", "data-key": "shut" }),
  ];
  return [h("p", { role: "status" }, words), h("div", {}, door.open ? open : [
    ...DOOR_FAULTS.map(([name, label, is]) => toggle(label, is(door), () => handle("mishaps", { name, on: !is(door), door: door.door }), name)),
    button("撬开", does("force"), { title: "没有人发过指令，门自己开了", "data-key": "force" }),
  ])];
}

function switches(one) {
  const dark = one.display === "dark";
  const active = FAULTS.filter(([name]) => one.mishaps.includes(name)).map(([, label, hint]) => `${label}：${hint}`);
  return [
    h("span", { class: "label" }, "出点状况"),
    ...FAULTS.map(([name, label, hint]) => {
      const is = one.mishaps.includes(name);
      return toggle(label, is, () => handle("mishaps", { name, on: !is, seconds: SKEW_SECONDS }), name, hint);
    }),
    toggle("断电", dark, () => handle("power", { on: dark }), "power", "整个柜子没有电"),
    active.length ? h("p", { class: "odd" }, `⚠ ${active.join("；")}`) : "",
  ];
}

function toggle(label, pressed, onclick, key, hint) {
  return button(label, onclick, { class: "mode", "aria-pressed": String(pressed), "data-key": key, title: hint });
}

function keepFocus(place, draw) {
  const held = place.contains(document.activeElement) ? document.activeElement.dataset.key : null;
  draw();
  if (held) place.querySelector(`[data-key="${held}"]`)?.focus();
}
