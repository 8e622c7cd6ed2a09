// Pictures residents send, drawn by hand so that nobody's photo is in them: colours and outlines on 480 by 360.
import { h, svg } from "./dom.js";

const [WIDTH, HEIGHT] = [480, 360];
const QUALITY = 0.85;
const ALL = "M0 0H480V360H0z";

export const SCENES = {
  路灯不亮: [
    ["#27324a", ALL], ["#46506c", "M0 190H480V310H0z"], ["#1b2334", "M20 110H150V310H20zM330 80H470V310H330z"],
    ["#e8c874", "M40 130h24v24h-24zM84 130h24v24h-24zM84 200h24v24h-24zM350 110h24v24h-24zM400 160h24v24h-24zM350 214h24v24h-24z"],
    ["#121826", "M0 300H480V360H0z"], ["#747d90", "M226 92h10v226h-10zM231 86h66v8h-66z"], ["#9aa2b3", "M284 84h40l10 20h-60z"],
  ],
  垃圾没人收: [
    ["#d9d2c3", ALL], ["#a9a294", "M0 270H480V360H0z"], ["#3f7a52", "M70 132h110l-10 162H80z"], ["#2f5f40", "M62 114h126v18H62z"],
    ["#3f6a9a", "M206 132h110l-10 162h-90z"], ["#2f5075", "M196 120l122-34 5 16-122 34z"], ["#8a8577", "M222 118h70l-8 18h-54z"],
    ["#b98a56", "M14 236h62v58H14z"], ["#2f2f33", "M326 296c-14-54 6-80 36-84l-8-20h26l-8 20c34 4 50 38 40 84z"],
    ["#4a4a51", "M392 300c-6-34 8-54 28-56l-4-14h18l-4 14c24 4 34 26 28 56z"],
  ],
  水管漏水: [
    ["#dfe6e8", ALL], ["#c6d1d5", "M0 88h480v4H0zM0 180h480v4H0zM0 272h480v4H0zM118 0h4v360h-4zM238 0h4v360h-4zM358 0h4v360h-4z"],
    ["#7dbbe4", "M110 334c50-24 230-24 280 0 8 14-30 22-140 22s-150-8-140-22z"], ["#9aa3a8", "M190 0h44v196h130v44H190z"],
    ["#77828a", "M180 176h64v34h-64zM350 186h26v64h-26z"],
    ["#3f93cf", "M212 252c-10 16-14 22-14 30a14 14 0 0 0 28 0c0-8-4-14-14-30zM244 276c-7 11-10 16-10 21a10 10 0 0 0 20 0c0-5-3-10-10-21z"],
  ],
};

export function thumbnail(name) {
  return svg("svg", { class: "thumb", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, "aria-hidden": "true" },
    SCENES[name].map(([fill, d]) => svg("path", { fill, d })));
}

// base64 of a JPEG
export function photograph(name) {
  const canvas = h("canvas", { width: WIDTH, height: HEIGHT });
  const brush = canvas.getContext("2d");
  for (const [fill, d] of SCENES[name]) {
    brush.fillStyle = fill;
    brush.fill(new Path2D(d));
  }
  return canvas.toDataURL("image/jpeg", QUALITY).split(",")[1];
}
