// Which turn inside the product belongs to which exchange: the sender and the message's key, as the product makes it.
const field = (xml, name) => new RegExp(`<${name}>\\s*(?:<!\\[CDATA\\[([\\s\\S]*?)\\]\\]>|([^<]*))`).exec(xml ?? "");

function valueOf(xml, name) {
  const found = field(xml, name);
  return found ? (found[1] ?? found[2] ?? "").trim() : "";
}

export function keyOf(exchange, openid) {
  const created = valueOf(exchange.clear_xml, "CreateTime");
  const event = `e${created}-${exchange.event}-${valueOf(exchange.clear_xml, "EventKey")}`;
  const key = exchange.kind === "event" ? event : `m${exchange.msg_id}-${created}`;
  return `${openid} ${key}`.toLowerCase();
}
