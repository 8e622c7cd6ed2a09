// The clock one can move, the mishaps one can switch on, and a clean slate.
import { act, get, post, slow } from "./api.js";
import { button, h, toast } from "./dom.js";
import { openSheet } from "./sheet.js";
import { day, full, hour, span } from "./when.js";
import { flip, now, on, world } from "./world.js";

const JUMPS = [["+1 小时", 3600], ["+1 天", 86_400], ["+3 天", 3 * 86_400]];
const SURE_MS = 4000;

export function drawTop() {
  const state = h("p", { class: "mishap-state", role: "status" });
  const at = h("time", { class: "clock" });
  const controls = h("div", { class: "controls" }, at, jumps(), mishaps(state), wipe());
  keepTime(at);
  document.getElementById("top").append(controls, state);
  on("faults loaded", () => say(state));
  say(state);
}

export function openControls() {
  const list = h("ul", { class: "switches" });
  const draw = () => keepFocus(list, () => list.replaceChildren(...world.faults.map((fault) => h("li", {}, toggle(fault, true)))));
  const at = h("time", { class: "clock" });
  const stops = [on("faults", draw), keepTime(at)];
  draw();
  openSheet("时间和状况", [at, jumps(), h("h3", {}, "让平台出点状况"), list, wipe()], { onclose: () => stops.forEach((stop) => stop()) });
}

function keepTime(at) {
  const tick = () => {
    const moment = now();
    const ahead = world.clock.offset_seconds >= 60 ? `比现在快 ${span(world.clock.offset_seconds)}` : "和现在一样";
    at.replaceChildren(h("b", {}, hour(moment)), h("span", {}, day(moment)));
    at.title = `${full(moment)}，${ahead}`;
    at.dateTime = new Date(moment).toISOString();
  };
  tick();
  return on("clock loaded tick", tick);
}

function jumps() {
  const jump = (seconds) => tell(post("clock", { advance_seconds: seconds }));
  return h("div", { class: "jumps", role: "group", "aria-label": "拨快时间" },
    JUMPS.map(([label, seconds]) => button(label, () => jump(seconds))));
}

function mishaps(state) {
  const row = h("div", { class: "mishaps", role: "group", "aria-label": "让平台出点状况" });
  const few = () => world.faults.filter((fault) => fault.highlight || fault.on);
  const draw = () => keepFocus(row, () =>
    row.replaceChildren(...few().map((fault) => toggle(fault)), button("更多", openControls, { class: "quiet" })));
  const hint = (event) => {
    const fault = world.faults.find((one) => one.name === event.target.dataset?.fault);
    if (fault && !fault.on) say(state, [fault]);
  };
  for (const name of ["pointerover", "focusin"]) row.addEventListener(name, hint);
  for (const name of ["pointerout", "focusout"]) row.addEventListener(name, () => say(state));
  on("faults loaded", draw);
  draw();
  return row;
}

// The same switch stays under the hand when its row is drawn anew.
function keepFocus(place, draw) {
  const held = place.contains(document.activeElement) ? document.activeElement.dataset.fault : null;
  draw();
  if (held) place.querySelector(`[data-fault="${held}"]`)?.focus();
}

function toggle(fault, wordy) {
  const label = wordy ? [h("span", {}, h("b", {}, fault.label), h("small", {}, fault.hint)), h("i", { class: "knob" })] : fault.label;
  const props = { class: "mishap", "aria-pressed": String(fault.on), "data-fault": fault.name };
  return h("button", { type: "button", onclick: () => tell(flip(fault)), ...props }, label);
}

// What is switched on, or what would be: a hint for the one under the hand.
function say(state, faults = world.faults.filter((fault) => fault.on)) {
  state.textContent = faults.map((fault) => `${fault.label}：${fault.hint}`).join("；");
  state.classList.toggle("struck", faults.some((fault) => fault.on));
}

// Asks once more in its own place before it forgets every bubble.
function wipe() {
  let sure = null;
  const calm = () => {
    clearTimeout(sure);
    sure = null;
    wiper.textContent = "清空";
    wiper.classList.remove("danger");
  };
  const wiper = button("清空", () => {
    if (sure) {
      calm();
      tell(slow(false).then(() => post("reset")).then(welcomeBack));
      return;
    }
    wiper.textContent = "确定清空？";
    wiper.classList.add("danger");
    sure = setTimeout(calm, SURE_MS);
  }, { class: "quiet wipe", title: "清空所有手机，状况全部关掉；时间不变" });
  return wiper;
}

// The one in front of us shall not look at an empty chat; the others are welcomed when somebody takes their phone.
async function welcomeBack() {
  const { people } = await get("state");
  const person = people.find((one) => one.id === world.chosen) ?? people[0];
  await act(person.id, "follow");
}

function tell(asked) {
  asked.catch((error) => toast(error.message));
}
