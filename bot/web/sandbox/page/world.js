// Everything the page knows, kept current by the two streams; the parts of the page listen by topic.
import { follow, get, post, slow } from "./api.js";
import { keyOf } from "./key.js";

const listeners = new Map();
const OWN = {
  name: "own-slow", label: "小助手慢", own: true, highlight: true,
  hint: "小助手要想 6 秒：先回 success，答复随后作为客服消息送到",
};
const TICK_MS = 1000;
let streams = [];

setInterval(() => { if (world.clock) tell("tick"); }, TICK_MS);

export const world = { clock: null, account: null, people: [], menu: null, faults: [], chosen: null };
const bubbles = new Map();
const exchanges = new Map();
const lookedBack = new Set();
const reports = new Map();
let calls = [];
const unread = new Map();
const typing = new Map();

// Returns what ends the listening, for parts of the page that do not stay.
export function on(topics, listener) {
  const names = topics.split(" ");
  for (const name of names) listeners.set(name, [...(listeners.get(name) ?? []), listener]);
  return () => names.forEach((name) => listeners.set(name, listeners.get(name).filter((one) => one !== listener)));
}

export function tell(topic, value) {
  for (const listener of listeners.get(topic) ?? []) listener(value);
}

export const me = () => world.people.find((person) => person.id === world.chosen);
export const bubblesOf = (person) => bubbles.get(person) ?? [];
export const exchangesOf = (person) => [...(exchanges.get(person)?.values() ?? [])];
export const callsFor = (person) => calls.filter((call) => call.person === person || call.person === null);
export const reportsOn = (exchange) => reports.get(keyOf(exchange, openidOf(exchange.person))) ?? [];
export const unreadOf = (person) => unread.get(person) ?? 0;
export const isTyping = (person) => typing.has(person);
export const now = () => Date.parse(world.clock.now) + (world.clock.running ? performance.now() - world.clock.readAt : 0);

export function choose(person) {
  world.chosen = person;
  unread.delete(person);
  sessionStorage.setItem("person", person);
  tell("chosen");
  lookBack(person);
}

export async function load() {
  const state = await get("state");
  const { people, menu, faults, account } = state;
  Object.assign(world, { people, menu, faults: [...faults, { ...OWN, ...(await slow()) }], account });
  readClock(state.clock);
  calls = state.api_calls;
  exchanges.clear();
  lookedBack.clear();
  const kept = await Promise.all(people.map((person) => get(`people/${person.id}/bubbles`)));
  bubbles.clear();
  people.forEach((person, index) => bubbles.set(person.id, kept[index].bubbles));
  const before = world.chosen ?? sessionStorage.getItem("person");
  world.chosen = people.some((person) => person.id === before) ? before : people[0].id;
  listen(state.last_event_id);
  tell("loaded");
  lookBack(world.chosen);
}

// The exchanges from before, for the drawer; where the platform is away the page says so anyway.
async function lookBack(person) {
  if (lookedBack.has(person)) return;
  lookedBack.add(person);
  const kept = await get(`people/${person}/exchanges`).catch(() => { lookedBack.delete(person); });
  for (const exchange of kept?.exchanges ?? []) takeExchange(exchange);
}

function listen(after) {
  streams.forEach((stream) => stream.close());
  reports.clear(); // a new stream tells all of them again
  const line = { lost: (forGood) => tell("line", forGood ? "closed" : "waiting"), found: () => tell("line", "open") };
  streams = [
    follow(`platform/_sim/events?after=${after}`, TAKERS, line),
    follow("inside", { inside: takeReport, ...DEVICES }, { lost: () => {}, found: () => {} }),
  ];
}

const TAKERS = {
  bubble: takeBubble,
  system: takeBubble,
  exchange: takeExchange,
  api(call) {
    calls = [...calls.slice(-99), call];
    tell("exchange");
  },
  typing({ person, on: typed, until }) {
    clearTimeout(typing.get(person));
    typing.delete(person);
    if (typed) typing.set(person, setTimeout(() => stopTyping(person), Math.max(0, Date.parse(until) - now())));
    tell("typing");
  },
  person(person) {
    const known = world.people.findIndex((one) => one.id === person.id);
    if (known < 0) world.people.push(person);
    else world.people[known] = person;
    tell("people");
  },
  clock(clock) {
    readClock(clock);
    tell("clock");
  },
  fault(fault) {
    world.faults = world.faults.map((one) => (one.name === fault.name ? fault : one));
    tell("faults");
  },
  menu(menu) {
    world.menu = menu;
    tell("menu");
  },
  cabinet(cabinet) {
    tell("cabinet", cabinet);
  },
  reset() {
    unread.clear();
    load().catch(() => tell("line", "closed"));
  },
};

// What happens at the further devices is theirs to read: { event, data }.
const DEVICES = { wecom: (news) => tell("wecom", news), city: (news) => tell("city", news), assistant: (news) => tell("assistant", news) };

export async function flip(fault) {
  if (!fault.own) {
    await post("faults", { name: fault.name, on: !fault.on });
    return;
  }
  TAKERS.fault({ ...fault, ...(await slow(!fault.on)) });
}

function takeBubble(bubble) {
  const kept = bubblesOf(bubble.person);
  if (kept.some((one) => one.id === bubble.id)) return;
  bubbles.set(bubble.person, [...kept, bubble]);
  if (bubble.from !== "person") stopTyping(bubble.person);
  if (bubble.person !== world.chosen) unread.set(bubble.person, unreadOf(bubble.person) + 1);
  tell("bubble", bubble);
}

function takeExchange(exchange) {
  if (!exchanges.has(exchange.person)) exchanges.set(exchange.person, new Map());
  exchanges.get(exchange.person).set(exchange.id, exchange);
  tell("exchange");
}

function takeReport(report) {
  const key = `${report.openid} ${report.key}`.toLowerCase();
  reports.set(key, [...(reports.get(key) ?? []), report]);
  tell("exchange");
}

function stopTyping(person) {
  if (!typing.has(person)) return;
  clearTimeout(typing.get(person));
  typing.delete(person);
  tell("typing");
}

function readClock(clock) {
  world.clock = { ...clock, readAt: performance.now() };
}

function openidOf(person) {
  return world.people.find((one) => one.id === person)?.openid ?? "";
}
