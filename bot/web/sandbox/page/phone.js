// The phone around the chat: its status line, the account's name, and what one can do about the account.
import { act } from "./api.js";
import { avatar, button, h, icon, toast } from "./dom.js";
import { openPeople } from "./people.js";
import { closeSheet, openSheet } from "./sheet.js";
import { openControls } from "./top.js";
import { day, hour, parse } from "./when.js";
import { isTyping, me, now, on, unreadOf, world } from "./world.js";

export function drawPhone() {
  const log = h("div", { class: "log", id: "log", role: "log", "aria-live": "polite", "aria-label": "聊天", tabindex: "0" });
  document.getElementById("phone").append(
    statusBar(), titleBar(), log, h("div", { class: "composer", id: "composer" }));
}

function statusBar() {
  const at = h("span", { class: "status-time" });
  const tick = () => { at.textContent = hour(now()); };
  on("clock loaded tick", tick);
  tick();
  return h("div", { class: "status-bar", "aria-hidden": "true" }, at,
    h("span", { class: "status-marks" }, h("i", { class: "signal" }), h("i", { class: "battery" })));
}

function titleBar() {
  const title = h("h2", { class: "title" });
  const who = button("", openPeople, { class: "who-button narrow" });
  const draw = () => {
    const person = me();
    title.textContent = isTyping(person.id) ? "对方正在输入…" : world.account.name;
    const others = world.people.some((one) => unreadOf(one.id));
    who.replaceChildren(avatar(person.initial, person.colour), icon("down"), others ? h("span", { class: "dot small" }) : "");
    who.setAttribute("aria-label", `您是${person.name}，换一个人${others ? "，别人有新消息" : ""}`);
  };
  on("chosen typing people bubble loaded", draw);
  draw();
  return h("div", { class: "title-bar" }, h("span", { class: "title-left" }, who), title, h("span", { class: "title-right" },
    controlsButton(),
    button(icon("more"), openAccount, { class: "icon-button", "aria-label": "公众号资料" })));
}

function controlsButton() {
  const opener = button(icon("clock"), openControls, { class: "icon-button narrow" });
  const draw = () => {
    const struck = world.faults.filter((fault) => fault.on).map((fault) => fault.label);
    opener.classList.toggle("struck", struck.length > 0);
    opener.setAttribute("aria-label", ["时间和状况", ...struck].join("，"));
  };
  on("faults loaded", draw);
  draw();
  return opener;
}

function openAccount() {
  const person = me();
  const { account } = world;
  const until = person.allowance.until ? `，到${day(parse(person.allowance.until))} ${hour(parse(person.allowance.until))}` : "";
  const facts = [
    ["微信号", account.original_id],
    ["推送", { plain: "明文模式", compat: "兼容模式", secure: "安全模式（加密）" }[account.mode]],
    ["还可发客服消息", `${person.allowance.left} 条${until}`],
  ];
  const follow = person.following
    ? button("取消关注", () => done("unfollow"), { class: "wide danger" })
    : button("关注", () => done("follow"), { class: "wide main" });
  openSheet("公众号资料", [
    h("div", { class: "account-card" }, accountFace(), h("div", {}, h("b", {}, account.name), h("p", {}, person.following ? "服务号 · 已关注" : "服务号"))),
    h("dl", { class: "facts" }, facts.map(([name, value]) => [h("dt", {}, name), h("dd", {}, value)])),
    follow,
  ]);
}

export function followNow() {
  act(world.chosen, "follow").catch((error) => toast(error.message));
}

function done(what) {
  closeSheet();
  act(world.chosen, what).catch((error) => toast(error.message));
}

export function accountFace() {
  return h("img", { class: "avatar", src: "static/icon.svg", alt: "" });
}
