// Numbers and bullets of lists on the clipboard, as they were drawn.
import { fontOf, says, tidy } from "./clipboard-styles.js";

const BULLETS = /^[·•o§\u00a7\uf000-\uf0ff\u2022\u2013\u2014\u2190-\u21ff\u25a0-\u27bf+*v-]$/;
const KINDS = { "lower-alpha": "a", "lower-latin": "a", "upper-alpha": "A", "upper-latin": "A", "lower-roman": "i", "upper-roman": "I" };
const ROMAN = [[100, "c"], [90, "xc"], [50, "l"], [40, "xl"], [10, "x"], [9, "ix"], [5, "v"], [4, "iv"], [1, "i"]];

const letters = (n) => (n < 1 ? "" : letters(Math.floor((n - 1) / 26)) + "abcdefghijklmnopqrstuvwxyz"[(n - 1) % 26]);

function roman(n) {
  let left = n, done = "";
  ROMAN.forEach(([value, sign]) => {
    for (; left >= value; left -= value) done += sign;
  });
  return done;
}

const DRAWN = {
  a: (n) => `${letters(n)}) `, A: (n) => `${letters(n).toUpperCase()}. `, i: (n) => `${roman(n)}. `, I: (n) => `${roman(n).toUpperCase()}. `,
};

// What is drawn before an item of a web page's or LibreOffice's list.
export function counted(item) {
  const list = item.parentElement, style = says(item, "list-style-type") || says(list, "list-style-type");
  if (style === "none") return "";
  if (list.tagName !== "OL") return "- ";
  const items = [...list.children].filter((child) => child.tagName === "LI"), place = items.indexOf(item);
  // Behind an item with a number of its own they go on from there.
  const from = items.slice(0, place + 1).findLastIndex((before) => before.hasAttribute("value"));
  const first = from < 0 ? list.getAttribute("start") : items[from].getAttribute("value");
  const number = (Number(first) || 1) + place - Math.max(from, 0);
  return (DRAWN[list.getAttribute("type") || KINDS[style]] || ((n) => `${n}. `))(Math.min(number, 10000));
}

// The number or sign of a paragraph of Word's list: «-» for bullets, which fonts of signs draw.
export function marker(node) {
  const text = tidy(node.textContent).trim();
  return BULLETS.test(text) || (text.length === 1 && isOfSigns(node)) ? "-" : text;
}
const isOfSigns = (node) => {
  for (let up = node; up && up.tagName !== "P"; up = up.parentElement) if (fontOf(up)) return true;
  return false;
};
