// What a bubble holds, by its kind. Anything unknown is shown by its text.
import { act, fromPlatform } from "./api.js";
import { isOurs, openPage } from "./browser.js";
import { h, icon, toast } from "./dom.js";
import { littleMap } from "./place.js";

export function drawn(bubble) {
  return (KINDS[bubble.kind] ?? text)(bubble);
}

const KINDS = {
  image: ({ detail }) => h("img", { class: "photo", src: fromPlatform(detail.src), alt: "图片" }),
  voice: ({ detail, from }) => {
    const length = Math.min(60, Math.max(1, detail.seconds ?? 1));
    const note = h("div", { class: "bubble voice", "aria-label": `语音，${length} 秒` }, icon("sound"), `${length}″`);
    note.style.width = `${72 + length * 4}px`;
    return note;
  },
  video: ({ detail }) => card(detail.title || "视频", detail.description, icon("play")),
  location: ({ detail }) => h("div", { class: "card place" },
    h("p", {}, detail.label || "位置"), littleMap(detail.lat, detail.lon)),
  news: ({ detail }) => h("div", { class: "card news-card" }, detail.articles.map((one) =>
    outside(one.url, h("b", {}, one.title), h("small", {}, one.description ?? "")))),
  music: ({ detail }) => card(detail.title, detail.description, icon("sound"), detail.url),
  link: ({ detail }) => card(detail.title, detail.description, null, detail.url),
  miniprogram: ({ detail }) => card(detail.title || "小程序", detail.description, null, detail.url),
  template: ({ detail }) => h("div", { class: "card template" }, h("b", {}, detail.title),
    h("dl", {}, detail.rows.map((row) => [h("dt", {}, row.label), h("dd", {}, row.value)])),
    detail.url ? outside(detail.url, "查看详情", icon("next")) : null),
  menu: (bubble) => h("div", { class: "bubble" },
    detailLine(bubble.detail.head),
    bubble.detail.entries.map((entry) => h("p", { class: "entry" }, tap(bubble, entry.id, entry.label))),
    detailLine(bubble.detail.tail)),
};

function text(bubble) {
  return h("div", { class: "bubble" }, bubble.parts.map((part) => piece(bubble, part)));
}

function piece(bubble, part) {
  if (part.kind === "link") return outside(part.url, part.text);
  if (part.kind === "send") return tap(bubble, part.id, part.text);
  if (part.kind === "miniprogram") return h("span", { class: "program" }, part.text);
  return part.text;
}

function tap(bubble, id, label) {
  const send = () => act(bubble.person, "tap", id ? { id, bubble: bubble.id } : { label, bubble: bubble.id });
  const onclick = (event) => {
    event.preventDefault();
    send().catch((error) => toast(error.message));
  };
  return h("a", { class: "tap", href: "#", onclick }, label); // a button would not break across lines
}

function outside(url, ...content) {
  const safe = /^(https?:\/\/|\/|tel:)/.test(url ?? "");
  const here = (event) => {
    if (!isOurs(url)) return;
    event.preventDefault();
    openPage(url);
  };
  return h("a", safe ? { href: url, target: "_blank", rel: "noopener noreferrer", onclick: here } : {}, content);
}

function card(title, description, mark, url) {
  const content = [h("b", {}, title, mark), description ? h("small", {}, description) : null];
  return h("div", { class: "card" }, url ? outside(url, content) : content);
}

function detailLine(words) {
  return words ? h("p", {}, words) : null;
}
