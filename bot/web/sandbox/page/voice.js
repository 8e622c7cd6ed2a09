// Hold to talk: as long as the key is held, so long is the message. A tap from the keyboard speaks for three seconds.
import { act } from "./api.js";
import { h, toast } from "./dom.js";
import { world } from "./world.js";

const TAPPED_SECONDS = 3;
const LONGEST_SECONDS = 60;

export function holdToTalk() {
  let since = null;
  const key = h("button", { type: "button", class: "hold" }, "按住 说话");
  const send = (seconds) => act(world.chosen, "voice", { seconds }).catch((error) => toast(error.message));
  const begin = (event) => {
    since = performance.now();
    key.setPointerCapture(event.pointerId);
    key.textContent = "松开 发送";
  };
  const end = (sent) => {
    if (since === null) return;
    const seconds = Math.round((performance.now() - since) / 1000);
    since = null;
    key.textContent = "按住 说话";
    if (sent) send(Math.min(LONGEST_SECONDS, seconds || TAPPED_SECONDS));
  };
  key.addEventListener("pointerdown", begin);
  key.addEventListener("pointerup", () => end(true));
  key.addEventListener("pointercancel", () => end(false));
  key.addEventListener("click", (event) => { if (event.detail === 0) send(TAPPED_SECONDS); });
  key.addEventListener("contextmenu", (event) => event.preventDefault());
  return key;
}
