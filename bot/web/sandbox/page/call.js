// One call the product made to the platform's API: customer messages, tokens, menus.
import { h } from "./dom.js";
import { full, millis, parse, second } from "./when.js";

const CALLS = {
  "/cgi-bin/stable_token": "取令牌", "/cgi-bin/token": "取令牌", "/cgi-bin/message/custom/send": "发客服消息",
  "/cgi-bin/message/custom/typing": "正在输入", "/cgi-bin/menu/create": "发布菜单", "/cgi-bin/message/template/send": "发模板消息",
  "/cgi-bin/message/subscribe/bizsend": "发订阅通知", "/cgi-bin/user/info": "查关注者", "/cgi-bin/media/upload": "上传素材",
};

export function callRow(call) {
  const at = parse(call.at);
  const fine = call.errcode === 0 && call.status === 200;
  const how = call.errcode ? `⚠ ${call.errcode}` : call.status === 200 ? "成功" : `⚠ ${call.status || "没有回音"}`;
  return h("li", { class: "turn call" }, h("details", {},
    h("summary", {}, h("time", { title: full(at) }, second(at)), h("span", { class: "what" }, `→ ${CALLS[call.path] ?? call.path}`),
      h("span", { class: `how ${fine ? "" : "bad"}` }, how), h("span", { class: "ms" }, millis(call.ms))),
    [["请求", `${call.method} ${call.path}`, call.request], ["回应", `HTTP ${call.status}`, call.response]].map(([name, line, body]) =>
      h("figure", {}, h("figcaption", {}, name), h("pre", { tabindex: "0" }, body ? `${line}\n${JSON.stringify(body, null, 2)}` : line)))));
}
