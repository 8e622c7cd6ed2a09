// Words in a group as WeChat and WeCom draw them: links to follow, a little markdown, nothing else.
import { isOurs, openPage } from "./browser.js";
import { h, toast } from "./dom.js";
import { isService, openService } from "./rooms.js";

const LONGEST = 26;
const PIECES = /\*\*(?<bold>[^*]+)\*\*|\[(?<label>(?:[^\[\]]|\[[^\]]*\])*)\]\((?<at>https?:\/\/[^)\s]+)\)|(?<url>https?:\/\/[^\s)，。]+)|<@?(?<mention>[^>\s]+)>/gu;

// `before`: what has to happen before a page of ours opens, as taking the right phone into the hand.
export function words(text, before) {
  return text.split("\n").map((line) => {
    if (line.startsWith("#")) return h("b", { class: "headline" }, pieces(line.replace(/^#+\s*/u, ""), before));
    if (line.startsWith(">")) return h("span", { class: "quoted" }, pieces(line.replace(/^>\s*/u, ""), before));
    return h("span", { class: "worded" }, pieces(line, before));
  });
}

function pieces(line, before) {
  const made = [];
  let at = 0;
  for (const found of line.matchAll(PIECES)) {
    const { bold, label, at: to, url, mention } = found.groups;
    made.push(line.slice(at, found.index), bold ? h("b", {}, bold) : mention ? `@${mention}` : link(to ?? url, label ?? short(url), before));
    at = found.index + found[0].length;
  }
  return [...made, line.slice(at)];
}

export function link(url, label, before) {
  const follow = (event) => {
    if (!isOurs(url) && !isService(url)) return;
    event.preventDefault();
    before?.();
    if (isOurs(url)) openPage(url);
    else openService(url).catch((error) => toast(error.message));
  };
  return h("a", { href: url, title: url, target: "_blank", rel: "noopener noreferrer", onclick: follow }, label);
}

function short(url) {
  const plain = url.replace(/^https?:\/\//u, "");
  return plain.length > LONGEST ? `${plain.slice(0, LONGEST)}…` : plain;
}
