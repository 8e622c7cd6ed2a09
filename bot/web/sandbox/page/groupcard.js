// A card in a group: choices to tap, one of a list, or something to look at that leads to a page.
import { button, h } from "./dom.js";
import { link } from "./markup.js";

export function groupCard(bubble, tap, before) {
  const { card } = bubble;
  if (card.articles) return news(card.articles, before);
  const title = card.main_title?.title ?? "";
  const to = card.card_action?.url;
  return h("article", { class: "work-card group-card" },
    h("h4", {}, to ? link(to, title, before) : title),
    card.main_title?.desc ? h("p", { class: "about" }, card.main_title.desc) : null,
    rows(card.horizontal_content_list ?? []),
    card.sub_title_text ? h("p", { class: "below" }, card.sub_title_text) : null,
    bubble.changed ? null : choices(card, tap));
}

function news(articles, before) {
  return h("article", { class: "work-card group-card" }, articles.map((one) =>
    [h("h4", {}, link(one.url, one.title, before)), one.description ? h("p", { class: "about" }, one.description) : null]));
}

function rows(list) {
  return list.length ? h("dl", {}, list.map((row) => [h("dt", {}, row.keyname), h("dd", {}, row.value)])) : null;
}

// A list is chosen from and sent with one tap: the page has no need of a second one.
function choices(card, tap) {
  const labels = (card.button_list ?? card.checkbox?.option_list ?? []).map((one) => one.text);
  if (!labels.length || card.card_action) return null;
  const place = h("div", { class: "card-choices" });
  place.append(...labels.map((label) => button(label, () => {
    place.inert = true;
    tap(label).finally(() => { place.inert = false; });
  })));
  return place;
}
