// What the platform allows in a residents' group, where no assistant can be: four ways, each with who has to tap.
import { wecom } from "./api.js";
import { button, h, toast } from "./dom.js";
import { send, speaker, toTheirPhone } from "./groupsay.js";
import { words } from "./markup.js";
import { look, room, rooms, titleOf, waitingIn } from "./rooms.js";
import { code } from "./scan.js";
import { task } from "./talk.js";
import { tell } from "./world.js";

export function allowed() {
  const place = h("div", { class: "allowed", tabindex: "0", "aria-label": "平台允许的四样" });
  let drawn = "";
  place.redraw = () => {
    const one = room();
    const way = rooms.ways.find((found) => found.chat_id_list.includes(one.id));
    const offered = Object.entries(rooms.welcomes).find(([, text]) => way && text.includes(`from-${way.state}`));
    const state = JSON.stringify([one, way, offered, waitingIn(one.id), speaker("residents")?.id]);
    if (state === drawn) return;
    drawn = state;
    place.replaceChildren(
      h("p", { class: "note" }, "平台没有让机器人在居民群里聊天的接口。能做的有四样，都把人带到一对一的聊天里。"),
      welcome(one, offered), joining(one, way), keywords(one), mass(one));
  };
  return place;
}

function part(title, who, ...content) {
  return h("section", {}, h("h4", {}, title, h("span", {}, who)), content);
}

function welcome(one, offered) {
  if (!offered) return part("入群欢迎语", "接口写好，群主选用", h("p", { class: "note" }, "还没有写。到后台“居民群”里写一段。"));
  const [id, text] = offered;
  const apply = () => ask(wecom.post(`customer-groups/${one.id}/apply`, { welcome: id }));
  return part("入群欢迎语", "接口写好，群主选用", h("blockquote", {}, words(text, () => toTheirPhone("residents"))),
    one.welcome === id ? h("p", { class: "done" }, `✓ 群主${titleOf(one.owner)}选用了`) : button(`群主${titleOf(one.owner)}：选用`, apply, { class: "confirm" }));
}

function joining(one, way) {
  const join = () => ask(wecom.post(`customer-groups/${one.id}/join`, { external_userid: `wm-${speaker("residents").id}` })).then(() => tell("panel"));
  return part("进群二维码", "接口生成，居民扫", h("div", { class: "joining" }, code(way?.state ?? one.id),
    h("div", {}, h("p", {}, way ? `码里记着“${way.state}”：从哪张海报进来的，看得出来。` : "还没有做。到后台“居民群”里做一个。"),
      way ? button(`${speaker("residents").name}扫码进群`, join, { class: "quiet-one" }) : null)));
}

function keywords(one) {
  const entries = Object.keys(one.answers);
  const asking = (word) => () => send("residents", `@${rooms.helper} ${word}`, true).then(() => tell("panel"), () => {});
  return part("关键词自动回复", "没有接口，员工粘到企业微信后台", entries.length
    ? [h("p", { class: "note" }, `居民@${rooms.helper}说这些词，平台自己回一条带链接的话：`), h("div", { class: "keywords" }, entries.map((word) => button(word, asking(word), { class: "chip" })))]
    : h("p", { class: "note" }, "还没有粘。后台“居民群”里有现成的，可以下载。"));
}

function mass(one) {
  const sent = one.bubbles.filter((bubble) => bubble.note === "群发").length;
  const waiting = waitingIn(one.id);
  return part("群发", "接口建任务，群主点了才发，一天一条", waiting.map(task),
    waiting.length ? null : h("p", { class: "note" }, sent ? "今天的一条已经发了。" : "现在没有等群主点的。"));
}

function ask(asked) {
  return asked.catch((error) => toast(error.message)).finally(() => look("residents"));
}
