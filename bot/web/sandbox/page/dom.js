// Elements from plain calls: no markup in strings, so nothing anybody typed can become markup.
const SVG = "http://www.w3.org/2000/svg";

export function h(tag, props, ...children) {
  return fill(document.createElement(tag), props, children);
}

export function svg(tag, props, ...children) {
  return fill(document.createElementNS(SVG, tag), props, children);
}

function fill(element, props, children) {
  for (const [name, value] of Object.entries(props ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child || child === 0));
  return element;
}

const PATHS = {
  keyboard: "M4 6h16v12H4zM7 10h.01M11 10h.01M15 10h.01M7 14h10",
  menu: "M5 7h14M5 12h14M5 17h14",
  mic: "M12 4a2.5 2.5 0 0 1 2.5 2.5v5a2.5 2.5 0 0 1-5 0v-5A2.5 2.5 0 0 1 12 4zM6.5 11.5a5.5 5.5 0 0 0 11 0M12 17v3",
  plus: "M12 4.5v15M4.5 12h15",
  picture: "M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15.5 9.5h.01",
  place: "M12 21s7-6.2 7-11.5a7 7 0 0 0-14 0C5 14.8 12 21 12 21zM12 12a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z",
  scan: "M4 8V4h4M16 4h4v4M20 16v4h-4M8 20H4v-4M4 12h16",
  sound: "M6 10v4M10 7v10M14 9v6M18 11v2",
  play: "M8 5.5v13l10-6.5z",
  more: "M5 12h.01M12 12h.01M19 12h.01",
  clock: "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16zM12 8v4.5l3 2",
  close: "M6 6l12 12M18 6 6 18",
  next: "M9.5 5.5 16 12l-6.5 6.5",
  down: "M6 9l6 6 6-6",
  staff: "M4 5.5h16v10.5h-9L7 20v-4H4zM8.5 10.8h.01M12 10.8h.01M15.5 10.8h.01",
  group: "M9 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM3.5 19c.3-3.2 2.5-5 5.5-5s5.2 1.8 5.5 5M15.5 5.4a3 3 0 0 1 0 5.2M17 14.3c2 .7 3.3 2.3 3.5 4.7",
  city: "M5 20V9l5-2.5V20M10 20V4l9 4v12M3.5 20h17M7.5 12h.01M7.5 15.5h.01M14 10.5h.01M14 14h.01M14 17h.01",
  cabinet: "M5 4h14v16H5zM5 9.3h14M5 14.6h14M12 4v16M9.5 6.7h.01M9.5 12h.01M9.5 17.3h.01M14.5 6.7h.01M14.5 12h.01M14.5 17.3h.01",
  eye: "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM12 14.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z",
};

export function icon(name) {
  return svg("svg", { class: "icon", viewBox: "0 0 24 24", "aria-hidden": "true" }, svg("path", { d: PATHS[name] }));
}

export function avatar(initial, colour) {
  const face = h("span", { class: "avatar", "aria-hidden": "true" }, initial);
  face.style.backgroundColor = colour;
  return face;
}

export function button(label, onclick, props) {
  return h("button", { type: "button", onclick, ...props }, label);
}

let hush;
export function toast(text) {
  const line = document.getElementById("toast");
  line.textContent = text;
  line.classList.add("seen");
  clearTimeout(hush);
  hush = setTimeout(() => line.classList.remove("seen"), 4000);
}
