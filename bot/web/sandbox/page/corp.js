// What the page knows of the simulated WeCom: its members, what stands in their chats, and what nobody has looked at.
import { wecom } from "./api.js";
import { on, tell } from "./world.js";

export const corp = { there: false, members: [], chosen: null };
const chats = new Map(); // member: bubbles, oldest first
const unread = new Map();
let meanwhile = null; // what arrives while the chats are being read
let last = null; // the newest bubble ever seen; null before the first look
let looking = false;
let follow = false; // what arrives next brings its reader to the fore

export const chatOf = (member) => chats.get(member) ?? [];
export const unreadFor = (member) => unread.get(member) ?? 0;
export const unreadInAll = () => [...unread.values()].reduce((sum, one) => sum + one, 0);
export const member = () => corp.members.find((one) => one.userid === corp.chosen);

on("wecom", ({ event, data }) => {
  if (event === "ready") look().catch(() => lose());
  else if (event === "lost") lose();
  else if (event === "bubble" && meanwhile) meanwhile.push(data);
  else if (event === "bubble") take(data);
  else if (event === "person") join(data);
});

export function pick(userid) {
  corp.chosen = userid;
  if (looking) unread.delete(userid);
  tell("corp");
}

// Whether somebody has the device before them: what arrives in the open chat is read at once.
export function watch(on) {
  looking = on;
  if (looking) pick(corp.chosen);
}

export function followNext() {
  follow = true;
}

async function look() {
  meanwhile = [];
  const { members } = await wecom.get("state");
  corp.members = members.filter((one) => !one.left);
  const kept = await Promise.all(corp.members.map((one) => wecom.get(`members/${encodeURIComponent(one.userid)}/bubbles`)));
  corp.chosen ??= corp.members[0]?.userid ?? null;
  const before = last;
  corp.there = true;
  corp.members.forEach(({ userid }, at) => {
    chats.set(userid, kept[at].bubbles);
    const news = kept[at].bubbles.filter((one) => before !== null && one.id > before && one.from === "app");
    if (news.length) unread.set(userid, unreadFor(userid) + news.length);
  });
  last = Math.max(before ?? 0, ...kept.flatMap(({ bubbles }) => bubbles.map((one) => one.id)));
  const arrivedSince = meanwhile;
  meanwhile = null;
  arrivedSince.forEach(take);
  tell("corp");
}

function take(bubble) {
  const kept = chatOf(bubble.member);
  const known = kept.findIndex((one) => one.id === bubble.id);
  chats.set(bubble.member, known < 0 ? [...kept, bubble] : kept.with(known, bubble));
  if (known < 0) arrived(bubble);
  tell("corp");
}

function arrived(bubble) {
  last = Math.max(last, bubble.id);
  if (bubble.from !== "app") return;
  if (follow) {
    follow = false;
    corp.chosen = bubble.member;
  }
  if (!looking || bubble.member !== corp.chosen) unread.set(bubble.member, unreadFor(bubble.member) + 1);
}

function join(person) {
  if (!corp.there || corp.members.some((one) => one.userid === person.userid)) return;
  corp.members = [...corp.members, person];
  tell("corp");
}

function lose() {
  corp.there = false;
  tell("corp");
}
