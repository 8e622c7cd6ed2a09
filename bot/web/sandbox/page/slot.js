// The right of the table has room for one thing: a device, or the look inside. Null: the table as one comes to it.
import { tell } from "./world.js";

let shown = null;
let opener = null;
let words = "";

export const isShown = (what) => shown === what;
export const nothingShown = () => shown === null;

export const nextStep = () => words; // of the scene that is being played

export function show(what, next = words) {
  words = what === null ? "" : next;
  if (what !== null && shown === null) opener = document.activeElement;
  shown = what;
  document.body.classList.toggle("looking", what !== null);
  tell("shown");
  if (what === null && opener?.isConnected) opener.focus({ preventScroll: true });
}
