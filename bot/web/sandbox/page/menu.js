// The account's menu at the bottom of the chat, with its sub-menus.
import { act } from "./api.js";
import { button, h, icon, toast } from "./dom.js";
import { isOurs, openPage } from "./browser.js";
import { openPicture } from "./picture.js";
import { openMap } from "./place.js";
import { openScan } from "./scan.js";
import { openSheet } from "./sheet.js";
import { world } from "./world.js";

let popup = null;

export function menuRow() {
  return h("div", { class: "menu-row", role: "group", "aria-label": "公众号菜单" }, world.menu.buttons.map(top));
}

export function closePopup() {
  popup?.remove();
  popup = null;
}

function top(entry) {
  const subs = entry.sub_button ?? [];
  if (!subs.length) return button(entry.name, () => press(entry));
  const opener = button([icon("menu"), entry.name], () => toggle(opener, subs), { "aria-haspopup": "true", "aria-expanded": "false" });
  return opener;
}

function toggle(opener, subs) {
  const wasOpen = opener.getAttribute("aria-expanded") === "true";
  closePopup();
  document.querySelectorAll(".menu-row [aria-expanded]").forEach((one) => one.setAttribute("aria-expanded", "false"));
  if (wasOpen) return;
  const pick = (entry) => {
    shut();
    press(entry);
  };
  const shut = () => {
    closePopup();
    opener.setAttribute("aria-expanded", "false");
  };
  popup = h("div", { class: "popup", onkeydown: (event) => { if (event.key === "Escape") { shut(); opener.focus(); } } },
    subs.map((entry) => button(entry.name, () => pick(entry))));
  opener.setAttribute("aria-expanded", "true");
  document.getElementById("composer").append(popup);
  const row = document.getElementById("composer").getBoundingClientRect();
  const at = opener.getBoundingClientRect();
  popup.style.left = `${Math.min(Math.max(8, at.left - row.left + at.width / 2 - popup.offsetWidth / 2), row.width - popup.offsetWidth - 8)}px`;
  popup.querySelector("button").focus({ focusVisible: false });
  const away = (event) => {
    if (popup?.contains(event.target) || opener.contains(event.target)) return;
    document.removeEventListener("pointerdown", away);
    shut();
  };
  document.addEventListener("pointerdown", away);
}

function press(entry) {
  const name = entry.key || entry.name;
  const click = (more) => act(world.chosen, "click", { button: name, ...more });
  const type = entry.type ?? "click";
  if (type.startsWith("scancode")) openScan((result) => click({ result }));
  else if (type.startsWith("pic_")) openPicture((body) => click(body));
  else if (type === "location_select") openMap((spot) => click(spot));
  else click().then(() => visit(type, entry)).catch((error) => toast(error.message));
}

function visit(type, entry) {
  if (type !== "view" && type !== "miniprogram") return;
  if (isOurs(entry.url)) {
    openPage(entry.url);
    return;
  }
  openSheet("打开网页", [
    h("p", { class: "address" }, entry.url),
    h("a", { class: "wide main", href: entry.url, target: "_blank", rel: "noopener noreferrer" }, "在新窗口里打开"),
  ]);
}
