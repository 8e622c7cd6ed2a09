// Who one can be: on the left, and on a narrow screen in a sheet.
import { act } from "./api.js";
import { avatar, button, h, toast } from "./dom.js";
import { closeSheet, openSheet } from "./sheet.js";
import { parse, said } from "./when.js";
import { bubblesOf, choose, me, now, on, unreadOf, world } from "./world.js";

export function drawPeople() {
  const list = h("ul", { class: "people-list" });
  document.getElementById("people").append(
    h("h2", {}, "先扮演一位居民"),
    h("p", { class: "lead" }, "点一句话发出去，几毫秒后就有回音。手机、加密和重试都和真的微信一样。"),
    list,
  );
  keepDrawn(list, choose);
}

export function openPeople() {
  const list = h("ul", { class: "people-list" });
  const stop = keepDrawn(list, (person) => {
    closeSheet();
    choose(person);
  });
  openSheet("扮演谁", [list], { onclose: stop });
}

function keepDrawn(list, pick) {
  const draw = () => {
    const focused = document.activeElement?.dataset?.person;
    list.replaceChildren(...world.people.map((person) => card(person, pick)));
    if (focused) list.querySelector(`[data-person="${focused}"]`)?.focus();
  };
  draw();
  return on("people chosen bubble loaded", draw);
}

function card(person, pick) {
  const chosen = person.id === world.chosen;
  const unread = unreadOf(person.id);
  const dot = unread ? h("span", { class: "dot" }, String(unread), h("span", { class: "unseen" }, "条未读")) : null;
  const row = h("button", {
    type: "button", class: "person", "data-person": person.id, "aria-current": chosen ? "true" : null,
    onclick: () => pick(person.id),
  }, h("span", { class: "face" }, avatar(person.initial, person.colour), dot), words(person));
  return h("li", { class: chosen ? "chosen" : null }, row, chosen ? chips(person) : null);
}

function words(person) {
  const all = bubblesOf(person.id);
  const last = all.some((bubble) => bubble.from === "person") || unreadOf(person.id) ? all.at(-1) : null; // till then who it is says more
  const line = last ? last.text.split("\n")[0] : person.role;
  const at = last ? h("time", {}, said(parse(last.at), now())) : null;
  return h("span", { class: "who" }, h("b", {}, person.name), at, h("small", {}, person.following ? line : "没有关注"));
}

export function chips(person) {
  if (!person.following) return null;
  const say = (text) => {
    closeSheet();
    act(person.id, "say", { text }).catch((error) => toast(error.message));
  };
  return h("div", { class: "chips", role: "group", "aria-label": `${person.name}会说的话` },
    person.suggestions.map((text) => button(text, () => say(text), { class: "chip" })));
}

export function intro() {
  const person = me();
  return h("div", { class: "intro" },
    h("p", {}, `您现在是${person.name}，${person.role}。`),
    h("div", { class: "intro-chips" }, chips(person)));
}
