// Scan a code: the posters that hang about the neighbourhood, each with its scene, and any scene one types.
import { act } from "./api.js";
import { button, h, svg, toast } from "./dom.js";
import { closeSheet, openSheet } from "./sheet.js";
import { world } from "./world.js";

const POSTERS = [
  ["station", "生活服务站门口", "服务和预约"],
  ["learning", "知识共享站教室里", "课程和签到"],
  ["locker", "存储柜的屏幕上", "存取物品"],
  ["grid-3", "3栋单元门口", "找网格员"],
];
const CELLS = 13;

export function openScan(send = (scene) => act(world.chosen, "scan", { scene })) {
  const go = (scene) => {
    closeSheet();
    Promise.resolve(send(scene)).catch((error) => toast(error.message));
  };
  const own = h("input", { id: "own-scene", maxlength: "64", autocomplete: "off" });
  const form = h("form", { class: "own", onsubmit: (event) => {
    event.preventDefault();
    if (own.value.trim()) go(own.value.trim());
  } }, h("label", { for: "own-scene" }, "别的场景值"), h("div", {}, own, h("button", { class: "main" }, "扫这个")));
  openSheet("扫哪张码", [
    h("ul", { class: "posters" }, POSTERS.map(([scene, where, what]) => h("li", {},
      button([code(scene), h("span", {}, h("b", {}, where), h("small", {}, what))], () => go(scene))))),
    form,
  ]);
}

// Looks like a code and is always the same for the same scene; it is a drawing, nothing to scan.
export function code(scene) {
  let seed = [...scene].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)) >>> 0, 7);
  const cells = [];
  for (let at = 0; at < CELLS * CELLS; at += 1) {
    seed = (seed * 1_664_525 + 1_013_904_223) >>> 0;
    const [x, y] = [at % CELLS, Math.floor(at / CELLS)];
    if (!corner(x, y) && seed > 2_000_000_000) cells.push(`M${x} ${y}h1v1h-1z`);
  }
  const eyes = [[0, 0], [CELLS - 4, 0], [0, CELLS - 4]].map(([x, y]) => `M${x} ${y}h4v4h-4zM${x + 1} ${y + 1}v2h2v-2z`);
  return svg("svg", { class: "code", viewBox: `-1 -1 ${CELLS + 2} ${CELLS + 2}`, "aria-hidden": "true" },
    svg("path", { d: [...cells, ...eyes].join("") }));
}

function corner(x, y) {
  const low = (at) => at < 5;
  const high = (at) => at >= CELLS - 5;
  return (low(x) && low(y)) || (high(x) && low(y)) || (low(x) && high(y));
}
