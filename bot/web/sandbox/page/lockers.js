// What the page knows of the simulated cabinets, each as its maker's view tells it.
import { get, post } from "./api.js";
import { toast } from "./dom.js";
import { now, on, tell, world } from "./world.js";

export const lockers = { all: [], chosen: null };
const MINUTE_MS = 60_000;
let minute = 0;

export const cabinet = () => lockers.all.find((one) => one.serial === lockers.chosen);
export const openDoors = () => lockers.all.reduce((sum, one) => sum + one.doors.filter((door) => door.open).length, 0);
export const fullDoors = () => lockers.all.reduce((sum, one) => sum + one.doors.filter((door) => door.occupied).length, 0);

on("cabinet", (changed) => {
  const before = lockers.all.find((one) => one.serial === changed.serial);
  const opened = changed.doors.find((door, at) => door.open && before && !before.doors[at].open);
  lockers.all = before ? lockers.all.map((one) => (one === before ? changed : one)) : [...lockers.all, changed];
  if (opened) lockers.chosen = changed.serial;
  tell("lockers", opened?.door);
});
on("loaded", look);
on("clock", look);
on("tick", () => { if (Math.floor(now() / MINUTE_MS) !== minute) look(); });

export function pickCabinet(serial) {
  lockers.chosen = serial;
  tell("lockers");
}

// What somebody does in front of the chosen one; what comes of it arrives as an event.
export function handle(what, body) {
  return post(`cabinets/${encodeURIComponent(lockers.chosen)}/${what}`, body).catch((error) => toast(error.message));
}

// The digits on the display change with the minute, and nobody tells of that.
async function look() {
  minute = Math.floor(now() / MINUTE_MS);
  const { cabinets } = await get("cabinets").catch(() => ({ cabinets: lockers.all }));
  lockers.all = cabinets;
  lockers.chosen ??= cabinets[0]?.serial ?? null;
  if (world.clock) tell("lockers");
}
