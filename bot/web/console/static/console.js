// What the pages do beyond links and forms: keys, drafts, counting, news. Everything works without it, only slower.
const $ = (what, within = document) => within.querySelector(what);
const all = (what, within = document) => [...within.querySelectorAll(what)];
const token = $('meta[name="token"]')?.content ?? "";

document.addEventListener("htmx:configRequest", (event) => { event.detail.headers["X-CSRF-Token"] = token; });

/* drafts: what was typed is there again after a signed-out session or a closed window */
const done = $("[data-draft-done]");
if (done) sessionStorage.removeItem(`draft:${done.dataset.draftDone}`);
for (const field of all("textarea[data-draft]")) {
  const key = `draft:${field.dataset.draft}`;
  if (!field.value && sessionStorage.getItem(key)) field.value = sessionStorage.getItem(key);
  field.addEventListener("input", () => sessionStorage.setItem(key, field.value));
}
/* how much is typed */
for (const count of all("[data-counts]")) {
  const field = document.getElementById(count.dataset.counts);
  const most = Number(field.maxLength);
  const show = () => { count.textContent = `${[...field.value].length}/${most}`; };
  field.addEventListener("input", show);
  show();
}

/* a canned reply goes into the box */
document.addEventListener("click", (event) => {
  const chosen = event.target.closest("[data-reply]");
  if (!chosen) return;
  const field = document.getElementById(chosen.dataset.into);
  field.value = chosen.dataset.reply;
  field.dispatchEvent(new Event("input"));
  field.focus();
});

/* the list under the keys */
const rows = () => all("[data-rows] > li");
const current = () => $("[data-rows] > li[data-current]");
function choose(row) {
  current()?.removeAttribute("data-current");
  if (!row) return;
  row.setAttribute("data-current", "");
  const link = $("a", row);
  link?.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
}
function step(by) {
  const list = rows();
  const at = list.indexOf(current());
  choose(list[Math.min(Math.max(at + by, 0), list.length - 1)]);
}
function open(hash = "") {
  const link = current() && $("a", current());
  if (link) location.assign(link.href + hash);
}
function act(name) {
  const there = $(`[data-key="${name}"]`);
  if (!there) { open(`#${name}`); return; }
  const box = there.closest("details");
  if (box) box.open = true;
  if (there.type === "radio") { there.click(); document.getElementById(there.dataset.then).focus(); }
  else there.focus();
}
const KEYS = {
  j: () => step(1), k: () => step(-1),
  Enter: () => open(), e: () => act("solve"), a: () => act("assign"), r: () => act("reply"),
  u: () => { const back = $("[data-back]"); if (back) location.assign(back.href); },
  "/": () => $("input[type=search]")?.focus(),
  "?": () => $("dialog#keys")?.showModal(),
};
document.addEventListener("keydown", (event) => {
  const inside = event.target.closest("input, textarea, select, [contenteditable]");
  if (inside && !["radio", "checkbox"].includes(inside.type)) {
    if (event.key === "Escape") inside.blur();
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) inside.form?.requestSubmit();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || $("dialog[open]")) return;
  if (event.key === "Enter" && event.target.closest("a, button, summary")) return;
  const does = KEYS[event.key];
  if (does) { event.preventDefault(); does(); }
});
document.addEventListener("focusin", (event) => {
  const row = event.target.closest("[data-rows] > li");
  if (row && row !== current()) choose(row);
});
for (const button of all("[data-shut]")) button.addEventListener("click", () => button.closest("dialog").close());
for (const button of all("[data-open]")) button.addEventListener("click", () => document.getElementById(button.dataset.open).showModal());
if (location.hash.length > 1 && $(`[data-key="${location.hash.slice(1)}"]`)) act(location.hash.slice(1));

/* news: the list never jumps; a bar says how many have come and brings them in when tapped */
const bar = $("[data-news]");
if (bar) {
  const fresh = new Set();
  const button = $("button", bar);
  const stream = new EventSource(bar.dataset.news);
  stream.addEventListener("ticket", (event) => {
    const told = JSON.parse(event.data);
    const known = $(`[data-number="${told.number}"]`);
    if (known) { known.setAttribute("data-changed", ""); return; }
    if (!told.opened) return;
    fresh.add(told.number);
    $("[data-count]", bar).textContent = String(fresh.size);
    bar.hidden = false;
  });
  stream.addEventListener("many", () => { $("[data-count]", bar).textContent = "很多"; bar.hidden = false; });
  stream.addEventListener("bye", () => { stream.close(); location.reload(); });
  button.addEventListener("click", () => location.reload());
  addEventListener("pagehide", () => stream.close());
}
