// A template card with buttons, as WeCom shows it; what it says now is what it was changed to last.
import { wecom } from "./api.js";
import { button, h, toast } from "./dom.js";

const STYLES = { 1: "first", 2: "second", 3: "danger", 4: "plain" };

export function workCard(bubble) {
  const { card } = bubble;
  const link = card.card_action?.url;
  return h("article", { class: `work-card ${bubble.grey ? "grey" : ""}` },
    h("h4", {}, card.main_title.title),
    card.main_title.desc ? h("p", { class: "about" }, card.main_title.desc) : null,
    rows(card.horizontal_content_list ?? []),
    card.sub_title_text ? h("p", { class: "below" }, card.sub_title_text) : null,
    bubble.grey ? h("p", { class: "done" }, card.replace_text) : buttons(bubble),
    link ? h("a", { href: link, target: "_blank", rel: "noopener noreferrer" }, "在后台里看全部") : null);
}

function rows(list) {
  return list.length ? h("dl", {}, list.map((row) => [h("dt", {}, row.keyname), h("dd", {}, row.value)])) : null;
}

function buttons(bubble) {
  const place = h("div", { class: "card-buttons" });
  const tap = (label) => {
    place.inert = true;
    wecom.post(`members/${encodeURIComponent(bubble.member)}/tap`, { button: label, bubble: bubble.id })
      .catch((error) => toast(error.message))
      .finally(() => { place.inert = false; });
  };
  place.append(...bubble.card.button_list.map((one) => button(one.text, () => tap(one.text), { class: STYLES[one.style] ?? "plain" })));
  return place;
}
