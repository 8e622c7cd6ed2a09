// The screen of a cabinet: what it shows, the code to scan, and the keys.
import { act } from "./api.js";
import { button, h, toast } from "./dom.js";
import { cabinet, handle } from "./lockers.js";
import { code } from "./scan.js";
import { me, world } from "./world.js";

const SHOWS = {
  idle: "扫码，或输入取件码", checking: "正在核对…", opened: "门开了，放取好请关紧", wrong: "这个码不对", wait: "错得太多，请等一会儿",
  stuck: "门没有打开", cleared: "已经作废", dark: "",
};
const KEYS = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "清除", "0", "确认"];
const [FEWEST, MOST] = [4, 12];

export function drawScreen() {
  const says = h("p", { class: "shows", role: "status" });
  const typed = h("p", { class: "typed", "aria-live": "polite", "aria-label": "已经输入" });
  const digits = h("p", { class: "presence" });
  const label = h("span", {});
  const qr = h("button", { type: "button", class: "qr", onclick: scan }, h("span", {}), label);
  let digitsTyped = "";
  const put = (wanted) => {
    digitsTyped = wanted.slice(0, MOST);
    typed.textContent = digitsTyped;
    says.hidden = digitsTyped !== "";
    typed.hidden = !says.hidden;
  };
  const press = (key) => {
    if (key === "清除") put("");
    else if (key !== "确认") put(digitsTyped + key);
    else if (digitsTyped.length < FEWEST) toast("取件码有 6 位，离线码有 8 位。");
    else {
      handle("keypad", { code: digitsTyped });
      put("");
    }
  };
  const keys = h("div", { class: "keypad", role: "group", "aria-label": "柜子的键盘", onkeydown: (event) => {
    const key = { Backspace: "清除", Delete: "清除" }[event.key] ?? (/^\d$/.test(event.key) ? event.key : null);
    if (key) press(key);
  } }, KEYS.map((key) => button(key, () => press(key), { class: key.length > 1 ? "wordy" : null })));
  let scene = "";
  const draw = () => {
    const { display, shown, serial, connected } = cabinet();
    says.textContent = SHOWS[display] ?? display;
    digits.replaceChildren(h("small", {}, "屏上的四位数"), h("b", {}, display === "dark" ? "----" : shown));
    const fresh = `locker-${serial}-${shown}`;
    if (fresh !== scene) qr.firstChild.replaceChildren(code(fresh));
    scene = fresh;
    label.textContent = `用${me().name}的手机扫`;
    screen.classList.toggle("dark", display === "dark");
    line.textContent = display === "dark" ? "没有电" : connected ? "在线" : "⚠ 离线";
    line.classList.toggle("bad", !connected);
  };
  const line = h("p", { class: "on-line" });
  const screen = h("div", { class: "screen" }, h("div", { class: "glass" }, line, says, typed, digits), qr, keys);
  function scan() {
    act(world.chosen, "scan", { scene }).catch((error) => toast(error.message));
  }
  put("");
  return { screen, draw };
}
