// The two ways to the simulator: ask it something, and follow what happens there.
const ROOT = "platform/_sim/";

const SAID = {
  not_following: "还没有关注这个公众号，先点“关注”。",
  no_such_link: "这个选项已经不在了，请直接打字。",
  no_such_button: "菜单刚刚换过，请再点一次。",
  code_expired: "这个二维码过期了。",
  platform_unreachable: "连不上模拟的微信平台，请看看 weizhan demo 还开着没有。",
};

export async function get(path) {
  return read(await fetch(ROOT + path));
}

export async function post(path, body = {}) {
  const headers = { "Content-Type": "application/json" };
  return read(await fetch(ROOT + path, { method: "POST", headers, body: JSON.stringify(body) }));
}

// The product's own mishap has a switch of its own.
export async function slow(on) {
  if (on === undefined) return read(await fetch("slow"));
  return read(await fetch("slow", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ on }) }));
}

async function read(answer) {
  const body = await answer.json().catch(() => ({}));
  if (answer.ok) return body;
  throw new Error(SAID[body.error] ?? `平台没有照办（${answer.status}${body.message ? "：" + body.message : ""}）。`);
}

// What a person does. Nothing waits for the answer here: it arrives as events, as on a phone.
export function act(person, what, body = {}) {
  return post(`people/${encodeURIComponent(person)}/${what}`, { ...body, wait: false });
}

export function fromPlatform(path) {
  return /^https?:/.test(path) ? path : "platform/" + path.replace(/^\//, "");
}

// `takers`: a function for each event's name. `lost` and `found` tell whether the line is up.
export function follow(url, takers, { lost, found }) {
  const source = new EventSource(url);
  for (const [name, take] of Object.entries(takers)) {
    source.addEventListener(name, (event) => take(JSON.parse(event.data)));
  }
  source.addEventListener("open", found);
  source.addEventListener("error", () => lost(source.readyState === EventSource.CLOSED));
  return source;
}
