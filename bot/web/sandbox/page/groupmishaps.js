// What can go wrong in the open room: switches of the platform, and the line that breaks or is taken by somebody else.
import { assistant, wecom } from "./api.js";
import { button, h, toast } from "./dom.js";
import { look, rooms } from "./rooms.js";

const SURE_MS = 4000;
const BOT = ["resend", "lost_ack", "rate"];
const CORP = { webhook: ["rate", "api_down", "hangs"], residents: ["rate", "api_down"], service: ["resend", "drop", "api_down"] };
let sure = null;

export function mishapRow(kind) {
  const inside = kind === "members";
  const names = inside ? BOT : CORP[kind];
  const list = (inside ? rooms.mishaps.bot : rooms.mishaps.corp).filter((one) => names.includes(one.name));
  const flip = (one) => after((inside ? assistant : wecom).post("mishaps", { name: one.name, on: !one.on }), inside);
  const struck = list.filter((one) => one.on);
  return h("div", { class: "modes" }, h("div", { role: "group", "aria-label": "让群里出点状况" }, h("span", { class: "label", "aria-hidden": "true" }, "状况"),
    list.map((one) => button(one.label, () => flip(one), { class: "mode", title: one.hint, "aria-pressed": String(one.on), "data-does": one.name })),
    inside ? [button("断线", () => after(assistant.post("line/cut"), true), { class: "mode", title: "长连接断了，几秒后自己连回来", "data-does": "cut" }), taken()] : null),
  struck.length ? h("p", { class: "odd" }, struck.map((one) => `⚠ ${one.label}：${one.hint}`).join("；")) : "");
}

// Asks once more: whoever was displaced stops for good, until the demo is started again.
function taken() {
  const press = () => {
    if (sure) {
      calm();
      after(assistant.post("line/evict"), true);
      return;
    }
    sure = setTimeout(() => {
      calm();
      look("members");
    }, SURE_MS);
    look("members");
  };
  return button(sure ? "要重启演示才回来，确定？" : "被顶掉", press, { class: `mode ${sure ? "danger" : ""}`, title: "别的系统用同一个机器人连上了：我们停下，不去抢", "data-does": "evict" });
}

function calm() {
  clearTimeout(sure);
  sure = null;
}

function after(asked, inside) {
  asked.catch((error) => toast(error.message)).finally(() => look(inside ? "members" : "webhook"));
}
