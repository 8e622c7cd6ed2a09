// Times as people say them, in the community's own time zone, which knows no summer time.
const HOURS_AHEAD = 8;
const DAY = 86_400_000;
const WEEKDAYS = "日一二三四五六";

const local = (moment) => new Date(moment + HOURS_AHEAD * 3_600_000);
const two = (number) => String(number).padStart(2, "0");
const dayOf = (moment) => Math.floor((moment + HOURS_AHEAD * 3_600_000) / DAY);

export const parse = (iso) => Date.parse(iso);

export function hour(moment) {
  const at = local(moment);
  return `${two(at.getUTCHours())}:${two(at.getUTCMinutes())}`;
}

export function second(moment) {
  return `${hour(moment)}:${two(local(moment).getUTCSeconds())}`;
}

export function day(moment) {
  const at = local(moment);
  return `${at.getUTCMonth() + 1}月${at.getUTCDate()}日 周${WEEKDAYS[at.getUTCDay()]}`;
}

export function full(moment) {
  return `${local(moment).getUTCFullYear()}年${day(moment)} ${second(moment)}`;
}

export function said(moment, from) {
  const ago = dayOf(from) - dayOf(moment);
  if (ago === 0) return hour(moment);
  if (ago === 1) return `昨天 ${hour(moment)}`;
  if (ago > 1 && ago < 7) return `周${WEEKDAYS[local(moment).getUTCDay()]} ${hour(moment)}`;
  return `${local(moment).getUTCMonth() + 1}月${local(moment).getUTCDate()}日 ${hour(moment)}`;
}

export function span(seconds) {
  const days = Math.floor(seconds / 86_400);
  const hours = Math.floor((seconds % 86_400) / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  if (days) return hours ? `${days} 天 ${hours} 小时` : `${days} 天`;
  if (hours) return minutes ? `${hours} 小时 ${minutes} 分` : `${hours} 小时`;
  return `${minutes} 分钟`;
}

export function millis(ms) {
  if (ms >= 1000) return `${(ms / 1000).toFixed(1)} 秒`;
  return `${ms >= 100 ? Math.round(ms) : ms.toFixed(1)} ms`;
}
