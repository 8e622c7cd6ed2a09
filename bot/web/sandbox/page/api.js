// The ways to the simulators: ask one something, and follow what happens there.

const SAID = {
  not_following: "还没有关注这个公众号，先点“关注”。",
  no_such_link: "这个选项已经不在了，请直接打字。",
  no_such_button: "菜单刚刚换过，请再点一次。",
  code_expired: "这个二维码过期了。",
  platform_unreachable: "连不上模拟的微信平台，请看看 weizhan demo 还开着没有。",
  wecom_unreachable: "连不上模拟的企业微信，请看看 weizhan demo 还开着没有。",
  city_unreachable: "连不上模拟的城市后台，请看看 weizhan demo 还开着没有。",
  assistant_unreachable: "连不上模拟的群助手，请看看 weizhan demo 还开着没有。",
  too_many_in_progress: "这个人还有三句在等回答，等一下再问。",
  door_shut: "这扇门关着，放不进也拿不出。",
  bad_code: "键盘只收 4 到 12 位数字。",
};

// A simulator's control API below `root`.
function wayTo(root) {
  return {
    get: async (path) => read(await fetch(root + path)),
    post: async (path, body = {}) => {
      const headers = { "Content-Type": "application/json" };
      return read(await fetch(root + path, { method: "POST", headers, body: JSON.stringify(body) }));
    },
  };
}

export const { get, post } = wayTo("platform/_sim/");
export const wecom = wayTo("wecom/_sim/");
export const assistant = wayTo("assistant/_sim/");
export const city = wayTo("city/_office/");
export const devices = async () => (await read(await fetch("devices"))).devices;

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
