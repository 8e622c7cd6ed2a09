// The hall's screen: says so when the line is down, dims a code that may be dead by now, and keeps the projector awake.
const LOST_AFTER = 20000; // milliseconds without a new look
const down = document.querySelector("[data-down]");
let last = Date.now();

function tell(isDown) {
  down.hidden = !isDown;
  document.body.classList.toggle("is-down", isDown);
}
document.addEventListener("htmx:afterSwap", () => { last = Date.now(); tell(false); });
for (const what of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
  document.addEventListener(what, () => { if (Date.now() - last > LOST_AFTER) tell(true); });
}
setInterval(() => {
  const polls = document.querySelector("#now[hx-get]") && !document.querySelector("[data-over]");
  if (polls && Date.now() - last > LOST_AFTER) tell(true);
}, 2000);

const wake = () => navigator.wakeLock?.request("screen").catch(() => {});
document.addEventListener("visibilitychange", () => { if (document.visibilityState === "visible") wake(); });
wake();
