// The browser inside WeChat: pages of ours open in the phone itself, as they do for a resident.
import { act } from "./api.js";
import { button, h, icon, toast } from "./dom.js";
import { isService, openService } from "./rooms.js";
import { world } from "./world.js";

const LOOPBACK = new Set(["127.0.0.1", "localhost", "[::1]"]);
const SMALL = "(max-width: 719px)"; // the phone alone, no devices
let open = null;

// Whether the address is a resident's page of this same demo, by whichever name this machine is called.
export function isOurs(address) {
  const url = URL.canParse(address ?? "", location.href) ? new URL(address, location.href) : null;
  if (!url?.pathname.startsWith("/h5/")) return false;
  return url.origin === location.origin || (LOOPBACK.has(url.hostname) && url.port === location.port);
}

export function openPage(address) {
  closePage();
  const { pathname, search } = new URL(address, location.href);
  const phone = document.getElementById("phone");
  const title = h("h2", { class: "title" }, "正在打开…");
  const frame = h("iframe", { src: pathname + search, title: "网页" });
  const sheet = h("div", { class: "page-sheet", role: "dialog", "aria-modal": "true", "aria-label": "微信里的网页" },
    h("div", { class: "title-bar" }, h("span", { class: "title-left" },
      button(icon("close"), closePage, { class: "icon-button", "aria-label": "关闭网页" })), title, h("span", {})), frame);
  frame.addEventListener("load", () => {
    title.textContent = frame.contentDocument?.title || "网页";
    frame.contentDocument?.addEventListener("keydown", escape);
    if (open?.sheet === sheet) leadOn(frame, sheet);
  });
  const behind = [...phone.children];
  open = { sheet, behind, from: document.activeElement };
  behind.forEach((part) => { part.inert = true; });
  document.addEventListener("keydown", escape, true);
  phone.append(sheet);
  sheet.querySelector("button").focus({ focusVisible: false });
}

// What a page leads to outside of the browser: a code on it, held down in WeChat, and customer service.
function leadOn(frame, sheet) {
  const carried = /^\/h5\/go\/(\w+)$/u.exec(frame.contentWindow.location.pathname)?.[1];
  sheet.querySelector(".recognise")?.remove();
  if (carried && frame.contentDocument.querySelector("img[alt*='二维码']")) {
    const scan = () => {
      closePage();
      act(world.chosen, "scan", { scene: `carry-${carried}` }).catch((error) => toast(error.message));
    };
    sheet.append(h("div", { class: "recognise" }, h("small", {}, "长按二维码，微信会问："), button("识别图中的二维码", scan)));
  }
  frame.contentDocument?.addEventListener("click", (event) => {
    const to = event.target.closest("a")?.href;
    if (!isService(to)) return;
    event.preventDefault();
    closePage();
    if (matchMedia(SMALL).matches) toast("微信客服的聊天要在宽一些的屏幕上看，在“群”里。");
    openService(to).catch((error) => toast(error.message));
  });
}

function escape(event) {
  if (event.key === "Escape") closePage();
}

function closePage() {
  if (!open) return;
  document.removeEventListener("keydown", escape, true);
  const { sheet, behind, from } = open;
  open = null;
  sheet.remove();
  behind.forEach((part) => { part.inert = false; });
  if (from?.isConnected) from.focus({ preventScroll: true });
}
