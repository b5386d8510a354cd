// What citations say: asked of the server once for all texts of a page, shown by chips as soon as it is known.
import { asked } from "./asking.js";

const MOST = 200;
const known = new Map(), watching = new Map(), waiting = new Set();
let address = "", timer, days = 0;

const dateField = () => document.querySelector("#draft [name=date]");
const tell = (key) => watching.get(key)?.forEach((show) => show(known.get(key)));

async function ask() {
  const keys = [...waiting].slice(0, MOST);
  keys.forEach((key) => waiting.delete(key));
  if (waiting.size) later();
  const day = days, found = await asked(address, { keys: JSON.stringify(keys), ngay: dateField()?.value || "" });
  // For another day all of them were asked for again.
  if (!found || day !== days) return;
  keys.forEach((key) => {
    known.set(key, found[key] || false);
    tell(key);
  });
}

function later() {
  clearTimeout(timer);
  timer = setTimeout(ask, 50);
}

// Shows what `key` says now and whenever that is known anew: {short, long, doubt}; false where the register does not hold it,
// nothing where that is not known yet. Gives what ends it.
export function watch(key, show) {
  const shows = watching.get(key) || watching.set(key, new Set()).get(key);
  shows.add(show);
  show(known.get(key));
  if (!known.has(key) && address) {
    waiting.add(key);
    later();
  }
  return () => shows.delete(show);
}

export function askAt(url) {
  address = url;
  dateField()?.addEventListener("change", () => {
    days += 1;
    watching.forEach((shows, key) => { if (shows.size) waiting.add(key); });
    if (waiting.size) later();
  });
}

// What a chip is called where only words can be shown.
export const nameOf = (key) => known.get(key)?.short || key;
