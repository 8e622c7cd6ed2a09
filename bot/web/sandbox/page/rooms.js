// What the page knows of the groups, and of one private chat with customer service; read again whenever something happens.
import { assistant, wecom } from "./api.js";
import { show } from "./slot.js";
import { me, on, tell, world } from "./world.js";

export const SERVICE = "service";
export const PUSH = "消息推送";
export const rooms = { ready: false, there: false, chosen: null, line: { up: true, bot: "" }, mishaps: { bot: [], corp: [] }, waiting: [], welcomes: {}, ways: [], helper: "" };
const PAUSE_MS = 40; // many things may happen at once; one look shows them all
const found = { members: [], webhook: [], residents: [] };
let service = [];
let titles = new Map(); // the staff's, by their names in WeCom
const seen = new Map(); // how much of each room somebody has looked at
const due = new Map();
const known = new Set(); // what was read since the line stands
let looking = false;

export const all = () => [...found.members, ...found.webhook, ...found.residents, serviceRoom()];
export const room = () => (rooms.ready ? all().find((one) => one.id === rooms.chosen) ?? all()[0] : undefined);
export const titleOf = (userid) => titles.get(userid) ?? userid;
export const unreadIn = (one) => one.bubbles.slice(seen.get(whose(one)) ?? 0).filter((bubble) => bubble.news).length;
const whose = (one) => (one.id === SERVICE ? mine() : one.id); // each phone has a chat of its own with customer service
const read = (one) => seen.set(whose(one), one.bubbles.length);
export const newsInGroups = () => (rooms.there ? all().reduce((sum, one) => sum + unreadIn(one), 0) : 0);
export const waitingIn = (id) => rooms.waiting.filter((task) => task.states[id] === 0);

on("assistant", ({ event }) => {
  if (event === "lost") lose("members");
  else if (event !== "exchange") look("members");
});
on("wecom", ({ event, data }) => {
  if (event === "lost") ["webhook", "residents"].forEach(lose);
  else if (event === "ready") ["webhook", "residents"].forEach(look);
  else if (event === "bubble" && data.member.startsWith("group:")) look("webhook");
  else if (event === "customer" || (event === "api" && data.path.includes("/externalcontact/"))) look("residents");
});
on("chosen", () => { if (rooms.there) changed(); });

export function enterRoom(id) {
  rooms.chosen = id;
  changed();
}

export const enterFirst = (kind) => enterRoom(found[kind][0]?.id ?? null);

// Whether somebody has the groups before them: what arrives in the open one is read at once.
export function watchGroups(there) {
  looking = there;
  if (looking) changed();
}

// Customer service opens in WeChat by a link; its scene says where the person comes from or what they said there.
export async function openService(address) {
  const scene = URL.canParse(address) ? new URL(address).searchParams.get("scene_param") : "";
  rooms.chosen = SERVICE;
  show("assistant");
  await wecom.post(`kf/${mine()}/enter`, { name: me().name, scene_param: scene ?? "" });
}

export const isService = (address) => URL.canParse(address ?? "") && new URL(address).hostname === "work.weixin.qq.com";
export const mine = () => `wm-${world.chosen}`;

export function look(what) {
  clearTimeout(due.get(what));
  due.set(what, setTimeout(() => LOOKS[what]().then(() => settle(what), () => lose(what)), PAUSE_MS));
}

const LOOKS = {
  async members() {
    const { groups, bot, line_up: up, mishaps } = await assistant.get("state");
    const chats = await Promise.all(groups.map(({ chat }) => assistant.get(`chats/${encodeURIComponent(chat)}/bubbles`)));
    Object.assign(rooms, { line: { up: up || bot.called, bot: bot.name }, mishaps: { ...rooms.mishaps, bot: mishaps } });
    found.members = groups.map(({ chat, name, members }, at) => ({
      id: chat, kind: "members", name, people: Object.entries(members).map(([id, called]) => ({ id, name: called })),
      bubbles: chats[at].bubbles.map((one) => fromMember(one, members, bot.name)),
    }));
  },
  async webhook() {
    const { robots, mishaps, members } = await wecom.get("state");
    titles = new Map(members.map((one) => [one.userid, one.title || one.name]));
    rooms.mishaps = { ...rooms.mishaps, corp: mishaps };
    const chats = await Promise.all(robots.map((name) => wecom.get(`groups/${encodeURIComponent(name)}/bubbles`)));
    found.webhook = robots.map((name, at) => ({ id: `hook ${name}`, kind: "webhook", name, people: [],
      bubbles: chats[at].bubbles.map((one) => ({ ...one, role: "bot", by: PUSH, news: true })) }));
  },
  async residents() {
    const [kept, kf] = await Promise.all([wecom.get("customer-groups"), wecom.get("kf")]);
    service = kf.residents;
    Object.assign(rooms, { waiting: kept.tasks.filter((one) => !one.cancelled), welcomes: kept.welcomes, ways: kept.ways, helper: kept.helper });
    found.residents = kept.groups.map((one) => ({ ...one, id: one.chat_id, kind: "residents", count: one.members, people: [],
      bubbles: one.log.map((word, at) => fromResidents(word, at, one)) }));
  },
};

function fromMember(bubble, members, bot) {
  const ours = bubble.from === "assistant";
  return { ...bubble, role: ours ? "bot" : "person", by: ours ? bot : members[bubble.from] ?? bubble.from, news: ours };
}

function fromResidents({ kind, who, text, at }, id, { owner }) {
  if (kind === "said") return { id, at, text, role: "person", from: who, by: residentName(who) };
  if (kind === "helper") return { id, at, text, role: "helper", by: who, news: true };
  const words = kind === "welcome" ? `入群欢迎语，${residentName(who)}进群` : "群发";
  return { id, at, text, role: "owner", by: titleOf(owner), note: words, news: true };
}

const residentName = (who) => world.people.find((one) => one.id === who || `wm-${one.id}` === who)?.name ?? "新邻居";

function serviceRoom() {
  const bubbles = service.find((one) => one.external_userid === mine())?.bubbles ?? [];
  return { id: SERVICE, kind: "service", name: `微信客服 · ${me()?.name ?? ""}`, people: [],
    bubbles: bubbles.map((one, at) => ({ ...one, ...inService(one.from === "resident"), id: `${world.chosen} ${at}` })) };
}

const inService = (said) => (said ? { role: "person", from: world.chosen, by: me().name } : { role: "bot", by: "微站客服", news: true });

function settle(what) {
  known.add(what);
  if (known.size < Object.keys(LOOKS).length) return;
  if (!rooms.ready) all().forEach(read);
  rooms.ready = true;
  rooms.there = true;
  changed();
}

function changed() {
  if (looking && room()) read(room());
  tell("rooms");
}

function lose(what) {
  known.delete(what);
  rooms.there = false;
  tell("rooms");
}
