// One exchange as a row: received, understood, decided, written, answered; the XML one click deeper.
import { h } from "./dom.js";
import { decided, understood, written } from "./explain.js";
import { millis, parse, second, full } from "./when.js";

const ANSWERED = {
  replied: "已答复", success: "先应一声", empty: "不作声", timeout: "超时", unreachable: "连不上", http_error: "出错",
  malformed: "格式不对", bad_signature: "签名不对", undecryptable: "解不开", too_long: "太长", wrong_address: "收件人不对",
};
const FINE = new Set(["replied", "success", "empty"]);
const KINDS = { text: "文字", image: "图片", voice: "语音", video: "视频", location: "位置", link: "链接", event: "事件" };
const EVENTS = {
  subscribe: "关注", unsubscribe: "取消关注", scan: "扫码", click: "点菜单", view: "打开网页", location: "上报位置",
  scancode_waitmsg: "扫码", location_select: "选位置", pic_photo_or_album: "发图",
};
const PHASES = [["wait", "排队"], ["understand", "听懂"], ["decide", "决定"], ["write", "写下"], ["commit", "落盘"]];

export function turnCard(exchange, reports, { open }) {
  const report = reports.find((one) => one.outcome !== "retry") ?? reports.at(-1);
  const at = parse(exchange.at);
  const fine = FINE.has(exchange.outcome);
  const summary = h("summary", {},
    h("time", { title: full(at) }, second(at)),
    h("span", { class: "what" }, saidWhat(exchange, report)),
    h("span", { class: `how ${fine ? "" : "bad"}` }, fine ? "" : "⚠ ", ANSWERED[exchange.outcome] ?? exchange.outcome),
    h("span", { class: "ms" }, millis(exchange.ms)),
    bar(exchange, report));
  return h("li", { class: "turn" }, h("details", { open }, summary, h("ol", { class: "steps" },
    step("收到", received(exchange), report?.ms?.wait),
    step("听懂", report ? understood(report) : dark(), report?.ms?.understand),
    step("决定", report ? decided(report) : dark(), report?.ms?.decide),
    step("写下", report ? written(report) : dark(), sum(report?.ms?.write, report?.ms?.commit)),
    step("答复", answered(exchange), null)), protocol(exchange)));
}

function saidWhat(exchange, report) {
  if (exchange.kind === "text") return `“${report?.text || content(exchange)}”`;
  return nameOf(exchange);
}

function nameOf({ kind, event }) {
  return kind === "event" ? `事件 · ${EVENTS[event.toLowerCase()] ?? event}` : (KINDS[kind] ?? kind);
}

function content(exchange) {
  return /<Content>(?:<!\[CDATA\[)?([\s\S]*?)(?:\]\]>)?<\/Content>/.exec(exchange.clear_xml)?.[1] ?? "文字";
}

// The product's own phases on the whole exchange's length; what is left is the way there and back, and the encryption.
function bar(exchange, report) {
  const strip = h("span", { class: "bar", "aria-hidden": "true" });
  const whole = Math.max(exchange.ms, 0.1);
  for (const [name, label] of PHASES) {
    const ms = report?.ms?.[name];
    if (!ms) continue;
    const part = h("i", { class: name, title: `${label} ${millis(ms)}` });
    part.style.width = `${Math.min(100, (ms / whole) * 100)}%`;
    strip.append(part);
  }
  return strip;
}

function step(name, content, ms) {
  return h("li", {}, h("b", {}, name), h("div", {}, content), h("span", { class: "ms" }, ms === null || ms === undefined ? "" : millis(ms)));
}

function dark() {
  return h("p", { class: "note" }, "没有记录");
}

function received(exchange) {
  const mode = exchange.query.encrypt_type === "aes" ? "加密的 XML，验签、解密" : "明文 XML，验签";
  const again = exchange.attempts.length > 1 ? h("ul", { class: "attempts" }, exchange.attempts.map(attempt)) : null;
  return [h("p", {}, `${nameOf(exchange)}，${mode}`), again];
}

function attempt(one) {
  const fine = FINE.has(one.outcome);
  const detail = one.detail && !fine && one.outcome !== "timeout" ? `：${one.detail}` : "";
  return h("li", { class: fine ? null : "bad" }, `第 ${one.number} 次投递 · ${fine ? "" : "⚠ "}${ANSWERED[one.outcome]}${detail} · ${millis(one.ms)}`);
}

function answered(exchange) {
  if (exchange.outcome === "success") return h("p", {}, "先应一声 success，话随后用客服消息送到。");
  if (!FINE.has(exchange.outcome)) return h("p", { class: "bad" }, "⚠ 没有答成，手机上出现灰色的故障提示。");
  return exchange.text ? h("p", { class: "quote" }, exchange.text) : h("p", { class: "note" }, "这一类不用答复。");
}

function protocol(exchange) {
  const papers = [["平台发来的", exchange.sent_xml], ["解密以后", exchange.clear_xml], ["我们答的", exchange.reply_xml], ["加密以后", exchange.raw_reply]];
  const kept = papers.filter(([, text], at) => text && (at === 0 || text !== papers[at - 1][1]));
  const query = Object.entries(exchange.query).map(([name, value]) => `${name}=${value}`).join("\n");
  return h("details", { class: "papers" }, h("summary", {}, "原文：解密前后的 XML"),
    [["地址里的参数", query], ...kept].map(([name, text]) => h("figure", {}, h("figcaption", {}, name), h("pre", { tabindex: "0" }, text))));
}

function sum(one, other) {
  return one === undefined && other === undefined ? null : (one ?? 0) + (other ?? 0);
}
