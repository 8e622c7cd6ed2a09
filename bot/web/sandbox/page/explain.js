// The product's own report on a turn, in words and thin bars: what it may have meant, what was decided, which rows changed.
import { h } from "./dom.js";

const DECIDED = {
  answer: "照知识库回答", action: "办一件事", clarify: "拿不准，请居民选", fallback: "没听懂，给出路", event: "按事件应答",
  retry: "重复投递，给同一份答复", refused: "规矩不允许，说明原因", bug: "自己出了错，道歉并留编号", failed: "没能记下来，请居民再发一次",
};
const DONE = { insert: "新增", update: "改", delete: "删" };

export function understood(report) {
  const candidates = report.candidates ?? [];
  if (!candidates.length && !report.target) return [h("p", { class: "note" }, report.kind === "text" ? "没有接近的说法" : "不是文字，不用理解"), channels(report)];
  const rows = candidates.length ? candidates : [{ target: report.target, title: "", score: report.score ?? 0 }];
  return [h("ul", { class: "candidates" }, rows.slice(0, 5).map((one) => candidate(one, report.target))), slots(report), channels(report)];
}

export function decided(report) {
  const target = report.target ? [" ", h("code", {}, report.target)] : "";
  const bad = report.outcome === "bug" || report.outcome === "failed";
  const late = report.late ? "，来不及当面答，改用客服消息" : "";
  return h("p", { class: bad ? "bad" : null }, bad ? "⚠ " : "", DECIDED[report.outcome] ?? report.outcome, target, late);
}

export function written(report) {
  const rows = report.rows ?? [];
  if (!rows.length) return h("p", { class: "note" }, "没有改动");
  return h("p", { class: "rows" }, rows.map((row) => h("code", {}, `${DONE[row.op] ?? row.op} ${row.table} × ${row.count}`)));
}

function candidate(one, target) {
  const strip = h("span", { class: "score", "aria-hidden": "true" }, h("i", {}));
  strip.firstChild.style.width = `${Math.round(Math.min(1, Math.max(0, one.score)) * 100)}%`;
  return h("li", { class: one.target === target ? "taken" : null },
    h("span", { class: "name", title: one.target }, one.title || one.target),
    strip, h("span", { class: "ms" }, one.score.toFixed(2)));
}

function slots(report) {
  const filled = Object.entries(report.slots ?? {});
  if (!filled.length) return null;
  return h("p", { class: "rows" }, filled.map(([name, value]) => h("code", {}, `${name} = ${typeof value === "object" ? JSON.stringify(value) : value}`)));
}

// Why it was taken so, and how each way of comparing contributed; the rows are shown as the product names them.
function channels(report) {
  const rows = report.explain ?? [];
  if (!rows.length) return report.why ? h("p", { class: "note" }, report.why) : null;
  const said = (row) => (typeof row === "object" && row ? Object.values(row) : [row]);
  const cell = (value) => (typeof value === "number" ? value.toFixed(2) : typeof value === "object" ? JSON.stringify(value) : String(value));
  return h("details", { class: "channels" }, h("summary", {}, "分数怎么来的"), h("p", {}, report.why),
    h("table", {}, rows.map((row) => h("tr", {}, said(row).map((value) => h("td", {}, cell(value)))))));
}
