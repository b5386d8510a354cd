// Numbers and bullets of lists on the clipboard, as they were drawn.
import { says, styleOf, tidy } from "./clipboard-styles.js";

const BULLETS = /^[·•o§\u00a7\uf0b7\uf0a7\uf0d8\uf076\u25aa\u25cf\u25cb\u2022\u2013\u2014+*v-]$/;
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

// The number of an item of a web page's or LibreOffice's list.
export function counted(list, item) {
  const items = [...list.children].filter((child) => child.tagName === "LI");
  const number = Number(item.getAttribute("value")) || (Number(list.getAttribute("start")) || 1) + items.indexOf(item);
  const kind = list.getAttribute("type") || KINDS[says(item, "list-style-type") || says(list, "list-style-type")];
  return (DRAWN[kind] || ((n) => `${n}. `))(Math.min(number, 10000));
}

// The number that Word drew before a paragraph of a list.
export function marker(node) {
  if (!/mso-list: ?l?\d/.test(styleOf(node))) return "";
  const own = [...node.querySelectorAll("[data-style]")].find((child) => /mso-list: ?ignore/.test(styleOf(child)));
  const text = own ? tidy(own.textContent).trim() : "";
  if (!text) return "";
  return BULLETS.test(text) ? "- " : `${text} `;
}
