// A half-screen dialog inside the phone: one at a time, closed by Esc, the ground behind it, or its own button.
import { button, h, icon } from "./dom.js";

let open = null;

export function openSheet(title, content, { onclose } = {}) {
  closeSheet();
  const phone = document.getElementById("phone");
  const heading = h("h2", { id: "sheet-title" }, title);
  const shut = button(icon("close"), closeSheet, { class: "icon-button", "aria-label": "关闭" });
  const panel = h("div", { class: "sheet", role: "dialog", "aria-modal": "true", "aria-labelledby": "sheet-title", tabindex: "-1" },
    h("header", {}, heading, shut), h("div", { class: "sheet-body" }, content));
  const ground = h("div", { class: "sheet-ground", onclick: (event) => event.target === ground && closeSheet() }, panel);
  const behind = [...phone.children];
  open = { ground, behind, onclose, from: document.activeElement };
  behind.forEach((part) => { part.inert = true; });
  document.addEventListener("keydown", escape, true);
  phone.append(ground);
  panel.focus({ preventScroll: true });
}

function escape(event) {
  if (event.key !== "Escape") return;
  event.stopPropagation();
  closeSheet();
}

export function closeSheet() {
  if (!open) return;
  document.removeEventListener("keydown", escape, true);
  const { ground, behind, onclose, from } = open;
  open = null;
  ground.remove();
  behind.forEach((part) => { part.inert = false; });
  if (from?.isConnected) from.focus({ preventScroll: true });
  onclose?.();
}
