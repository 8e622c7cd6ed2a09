// The little square beside what somebody says: initials on colour, the same for the same person.
import { avatar, h } from "./dom.js";
import { PUSH } from "./rooms.js";
import { world } from "./world.js";

const COLOURS = ["#c8553d", "#2f7f79", "#3867b0", "#6a5699", "#8a6d1f", "#4c7a34"];
const SIGNS = [[/第(\d+)网格/, (found) => found[1]], [/党员(.)/, (found) => found[1]], [/党小组长/, () => "长"], [/值班/, () => "值"]];

export function face({ role, from, by }) {
  if (by === PUSH) return avatar("推", "#2563b0");
  if (role === "bot") return h("span", { class: "avatar app", "aria-hidden": "true" }, "微");
  if (role === "helper") return avatar("助", "#1f5fb0");
  const known = world.people.find((one) => one.id === from) ;
  if (known) return avatar(known.initial, known.colour);
  const [pattern, made] = SIGNS.find(([one]) => one.test(by ?? "")) ?? [/./u, (found) => found[0]];
  const seed = [...(from ?? by ?? "")].reduce((sum, letter) => sum + letter.codePointAt(0), 0);
  return avatar(made(pattern.exec(by ?? "") ?? ["邻"]), COLOURS[seed % COLOURS.length]);
}
