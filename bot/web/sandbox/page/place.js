// A small map of a made-up neighbourhood: where the sample counters stand, and anywhere one taps.
import { act } from "./api.js";
import { button, h, svg, toast } from "./dom.js";
import { closeSheet, openSheet } from "./sheet.js";
import { world } from "./world.js";

const [WIDTH, HEIGHT] = [360, 270];
const CENTRE = { lat: 30.6203, lon: 104.1131 };
const LAT_PER_PX = 2 / 110_900; // two metres
const LON_PER_PX = 2 / 95_800;

const HOUSES = [
  ["1栋", 205, 20], ["2栋", 205, 52], ["3栋", 205, 98], ["4栋", 205, 130],
  ["5栋", 275, 20], ["6栋", 275, 52], ["7栋", 275, 98], ["8栋", 275, 130],
];
const PLACES = [["小学", 70, 24, 70, 44], ["菜市场", 66, 100, 66, 34], ["幼儿园", 270, 200, 64, 40]];
const SPOTS = [
  ["3栋楼下", 265, 109], ["小区东门", 338, 85], ["生活服务站门口", 176, 85],
  ["党群服务中心门口", 142, 146], ["公园里的长椅", 110, 215], ["示例街公交站", 290, 178],
];
const COUNTERS = [["服务站", 180, 85], ["党群", 142, 146], ["共享站", 223, 207]];
const STEP_PX = 8;
const STEPS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };

export function openMap(send = (spot) => act(world.chosen, "location", spot)) {
  let [label, x, y] = SPOTS[0];
  const pin = drawPin();
  const map = drawMap({ tabindex: "0", role: "group", "aria-label": "小区地图，用方向键移动图钉" }, pin);
  const chosen = h("p", { class: "note", role: "status" });
  const put = (name, left, top) => {
    [label, x, y] = [name, Math.min(WIDTH, Math.max(0, left)), Math.min(HEIGHT, Math.max(0, top))];
    pin.setAttribute("transform", `translate(${x} ${y})`);
    chosen.textContent = `图钉在：${label}`;
    spots.querySelectorAll("button").forEach((one) => one.setAttribute("aria-pressed", String(one.textContent === label)));
  };
  const spots = h("div", { class: "chips spots" }, SPOTS.map(([name, left, top]) => button(name, () => put(name, left, top), { class: "chip" })));
  map.addEventListener("pointerdown", (event) => {
    const box = map.getBoundingClientRect();
    const [left, top] = [((event.clientX - box.left) / box.width) * WIDTH, ((event.clientY - box.top) / box.height) * HEIGHT];
    put(near(left, top), left, top);
  });
  map.addEventListener("keydown", (event) => {
    const step = STEPS[event.key];
    if (!step) return;
    event.preventDefault();
    put(near(x + step[0] * STEP_PX, y + step[1] * STEP_PX), x + step[0] * STEP_PX, y + step[1] * STEP_PX);
  });
  const go = () => {
    closeSheet();
    Promise.resolve(send({ ...degrees(x, y), label })).catch((error) => toast(error.message));
  };
  put(label, x, y);
  openSheet("发位置", [map, chosen, spots, button("发送位置", go, { class: "wide main" })]);
}

// The same map about one point, for a bubble.
export function littleMap(lat, lon) {
  const [x, y] = [WIDTH / 2 + (lon - CENTRE.lon) / LON_PER_PX, HEIGHT / 2 - (lat - CENTRE.lat) / LAT_PER_PX];
  const pin = drawPin();
  pin.setAttribute("transform", `translate(${x} ${y})`);
  return drawMap({ viewBox: `${x - 90} ${y - 45} 180 90`, "aria-hidden": "true" }, pin);
}

function degrees(x, y) {
  const lat = CENTRE.lat - (y - HEIGHT / 2) * LAT_PER_PX;
  const lon = CENTRE.lon + (x - WIDTH / 2) * LON_PER_PX;
  return { lat: Number(lat.toFixed(6)), lon: Number(lon.toFixed(6)) };
}

function near(x, y) {
  const [name, left, top] = [...SPOTS].sort((one, other) => Math.hypot(one[1] - x, one[2] - y) - Math.hypot(other[1] - x, other[2] - y))[0];
  return Math.hypot(left - x, top - y) < 14 ? name : `${name.replace(/(楼下|门口|里的长椅)$/, "")}附近`;
}

function drawMap(props, pin) {
  return svg("svg", { class: "map", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, ...props },
    svg("rect", { class: "land", x: -400, y: -400, width: 1200, height: 1200 }),
    svg("path", { class: "water", d: "M18-400C18-20 44 40 34 110S8 220 30 700" }),
    svg("path", { class: "road", d: "M161-400V700M-400 178H800M352-400V178" }),
    svg("rect", { class: "park", x: 62, y: 192, width: 88, height: 62, rx: 10 }),
    svg("rect", { class: "yard", x: 194, y: 8, width: 144, height: 156, rx: 6 }),
    HOUSES.map(([name, x, y]) => [svg("rect", { class: "house", x, y, width: 52, height: 22, rx: 2 }), word(name, x + 26, y + 15)]),
    PLACES.map(([name, x, y, width, height]) => [svg("rect", { class: "yard", x, y, width, height, rx: 4 }), word(name, x + width / 2, y + height / 2 + 5)]),
    word("示例公园", 106, 227), [..."示例路"].map((letter, at) => word(letter, 161, 28 + at * 17, "on-road")), word("示例街", 320, 182, "on-road"), word("小河", 36, 90, "on-water"),
    COUNTERS.map(([name, x, y]) => [svg("circle", { class: "counter", cx: x, cy: y, r: 5 }), word(name, x, y + 17, "counter-name")]),
    pin);
}

function drawPin() {
  return svg("g", { class: "pin" }, svg("ellipse", { cx: 0, cy: 1, rx: 5, ry: 2 }),
    svg("path", { d: "M0 0C-3-8-10-12-10-20a10 10 0 0 1 20 0C10-12 3-8 0 0z" }), svg("circle", { cx: 0, cy: -20, r: 4 }));
}

function word(text, x, y, kind = "") {
  return svg("text", { x, y, class: kind }, text);
}
