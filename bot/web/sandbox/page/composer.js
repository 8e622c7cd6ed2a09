// What the person holds in their hand: the account's menu, the keyboard, the voice key, and the panel behind the plus.
import { act } from "./api.js";
import { button, h, icon, toast } from "./dom.js";
import { menuRow, closePopup } from "./menu.js";
import { openPicture } from "./picture.js";
import { openMap } from "./place.js";
import { openScan } from "./scan.js";
import { holdToTalk } from "./voice.js";
import { me, on, world } from "./world.js";

let mode = null;
let panelOpen = false;
const drafts = new Map();

export function drawComposer() {
  const draw = () => drawAs(mode ?? (world.menu ? "menu" : "text"));
  on("chosen loaded", () => {
    panelOpen = false;
    draw();
  });
  on("menu", draw);
  on("people", () => { if (document.getElementById("composer").inert === me().following) draw(); });
  document.addEventListener("keydown", typeAnywhere);
  draw();
}

function drawAs(wanted) {
  const root = document.getElementById("composer");
  const shown = wanted === "menu" && !world.menu ? "text" : wanted;
  closePopup();
  root.inert = !me().following;
  root.dataset.mode = shown;
  const row = shown === "menu" ? menuRow() : h("div", { class: "keys" }, shown === "voice" ? holdToTalk() : field(), plus());
  root.replaceChildren(h("div", { class: "composer-row" }, switcher(shown), row), panelOpen ? panel() : "");
}

function turn(to) {
  mode = to;
  panelOpen = false;
  drawAs(to);
  if (to === "text") document.getElementById("say")?.focus();
}

function switcher(shown) {
  const toMenu = world.menu && shown !== "menu"
    ? button(icon("menu"), () => turn("menu"), { class: "icon-button", "aria-label": "切换到菜单" }) : null;
  const other = shown === "text"
    ? button(icon("mic"), () => turn("voice"), { class: "icon-button", "aria-label": "切换到语音" })
    : button(icon("keyboard"), () => turn("text"), { class: "icon-button", "aria-label": "切换到键盘" });
  return h("div", { class: "switch" }, toMenu, other);
}

function field() {
  const person = me();
  const box = h("textarea", { id: "say", rows: "1", "aria-label": "说点什么", placeholder: "用自己的话说", enterkeyhint: "send", maxlength: "2000" });
  const send = button("发送", () => say(person.id, box), { class: "send", hidden: true });
  const fit = () => {
    drafts.set(person.id, box.value);
    send.hidden = !box.value.trim();
    box.style.height = "auto";
    box.style.height = `${Math.min(box.scrollHeight, 112)}px`;
  };
  box.value = drafts.get(person.id) ?? "";
  box.addEventListener("input", fit);
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    say(person.id, box);
  });
  requestAnimationFrame(fit);
  return [box, send];
}

function say(person, box) {
  const text = box.value.trim();
  if (!text) return;
  box.value = "";
  box.dispatchEvent(new Event("input"));
  act(person, "say", { text }).catch((error) => {
    if (!box.value) box.value = text; // what was not sent is not lost
    toast(error.message);
  });
}

function plus() {
  return button(icon("plus"), () => showPanel(!panelOpen), { class: "icon-button plus", "aria-label": "更多", "aria-expanded": String(panelOpen) });
}

function showPanel(shown) {
  panelOpen = shown;
  drawAs(document.getElementById("composer").dataset.mode);
  document.querySelector(shown ? ".panel button" : ".plus").focus({ focusVisible: false });
}

function panel() {
  const items = [["picture", "图片", () => openPicture()], ["place", "位置", () => openMap()],
    ["scan", "扫一扫", () => openScan()], ["mic", "语音", () => turn("voice")]];
  return h("div", { class: "panel" }, items.map(([mark, label, open]) => button([h("span", {}, icon(mark)), label], () => {
    showPanel(false);
    open();
  })));
}

// On a desk a key pressed anywhere begins a message, as in every chat.
function typeAnywhere(event) {
  const busy = event.target.closest?.("input, textarea, select, [role=dialog], .device") || event.isComposing;
  if (busy || event.ctrlKey || event.metaKey || event.altKey || event.key.length !== 1 || event.key === " ") return;
  if (me().following && !document.getElementById("say")) turn("text");
  document.getElementById("say")?.focus();
}
