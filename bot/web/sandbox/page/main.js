// Puts the page together once the platform has told who is there.
import { drawBench } from "./bench.js";
import { drawChat } from "./chat.js";
import { drawComposer } from "./composer.js";
import { h, button } from "./dom.js";
import { drawPeople } from "./people.js";
import { drawPhone } from "./phone.js";
import { drawSide } from "./side.js";
import { drawTop } from "./top.js";
import { load, on } from "./world.js";

const AGAIN_MS = 2000;

async function start() {
  try {
    await load();
  } catch (error) {
    sorry(error);
    return;
  }
  drawTop();
  drawPeople();
  drawPhone();
  drawChat();
  drawComposer();
  drawSide();
  drawBench();
  on("line", (line) => showLine(line));
  document.body.classList.add("ready");
}

function sorry(error) {
  const again = button("再试一次", () => location.reload(), { class: "main" });
  document.getElementById("table").replaceChildren(
    h("section", { class: "sorry", role: "alert" }, h("h2", {}, "沙盒还没有准备好"), h("p", {}, error.message), again),
  );
}

function showLine(line) {
  const notice = document.getElementById("offline");
  notice.hidden = line === "open";
  if (line === "open") return;
  notice.textContent = "与沙盒的连接断了，正在重新连接。消息不会丢。";
  if (line === "closed") setTimeout(() => load().catch(() => showLine("closed")), AGAIN_MS);
}

start();
