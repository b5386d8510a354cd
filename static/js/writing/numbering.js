// Numbers go on as in Word: Enter behind «1. …», «a) …», «- …» or «Điều 1. …» begins the next one. They are typed letters all the same.
import { Plugin, PluginKey, TextSelection } from "../../vendor/prosemirror/prosemirror.min.js";
import { schema } from "./schema.js";

const { nodes } = schema;
// Points go by the letters of Vietnamese (Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II, khoản 6).
const LETTERS = "abcdđeghiklmnopqrstuvxy";
const ROMAN = [[10, "X"], [9, "IX"], [5, "V"], [4, "IV"], [1, "I"]];
const roman = (n) => ROMAN.reduce(([left, done], [value, sign]) => [left % value, done + sign.repeat(Math.floor(left / value))], [n, ""])[1];
const next = (digits) => String(Number(digits) + 1);

// What a paragraph may begin with, and what the one behind it does.
const MARKERS = [
  [/^(Điều )(\d{1,3})([.:])\s/, ([, word, number, end]) => `${word}${next(number)}${end} `],
  [/^((?:\d{1,2}\.)*)(\d{1,3})([.)/])\s/, ([, before, number, end]) => `${before}${next(number)}${end} `],
  [/^((?:\d{1,2}\.)+)(\d{1,2})\s/, ([, before, number]) => `${before}${next(number)} `],
  [/^([IVX]{1,6})([.)])\s/, ([, number, end]) => {
    const value = [...Array(39).keys()].findIndex((n) => roman(n + 1) === number) + 1;
    return value && `${roman(value + 1)}${end} `;
  }],
  [/^([a-zđ])([.)/])\s/, ([, letter, end]) => {
    const at = LETTERS.indexOf(letter);
    return at >= 0 && at < LETTERS.length - 1 && `${LETTERS[at + 1]}${end} `;
  }],
  [/^([-–+])\s/, ([, sign]) => `${sign} `],
];

// {marker, next} of what a text begins with; nothing where it begins with words.
function markerOf(text) {
  for (const [pattern, following] of MARKERS) {
    const found = pattern.exec(text);
    if (found) return following(found) ? { marker: found[0], next: following(found) } : null;
  }
  return null;
}

// Where a number was put that nobody has typed behind yet: one Backspace takes it away again.
const key = new PluginKey("numbering");
export const numbering = new Plugin({
  key,
  state: { init: () => null, apply: (tr, old) => tr.getMeta(key) ?? (tr.docChanged || tr.selectionSet ? null : old) },
});

const isAtEnd = ({ empty, $from, $head }) => empty && $from.depth === 1 && $from.parent.type === nodes.paragraph
  && $head.parentOffset === $head.parent.content.size;
const cleared = (state) => state.tr.delete(state.selection.$from.start(), state.selection.$from.end());

export function goOn(state, dispatch) {
  const { selection } = state, { $from } = selection;
  if (!isAtEnd(selection)) return false;
  const text = $from.parent.textBetween(0, $from.parent.content.size, null, "\ufffc"), found = markerOf(text);
  // A paragraph that ends with a colon is followed by what is below it.
  if (!found || text.trimEnd().endsWith(":")) return false;
  if (!text.slice(found.marker.length).trim()) {
    dispatch?.(cleared(state).scrollIntoView());
    return true;
  }
  if (dispatch) {
    const look = $from.parent.firstChild.marks, words = found.next.trimEnd();
    const tr = state.tr.split($from.pos), at = tr.selection.from;
    tr.insert(at, [schema.text(words, look), schema.text(" ")]).setSelection(TextSelection.create(tr.doc, at + found.next.length));
    dispatch(tr.setStoredMarks([]).setMeta(key, at).scrollIntoView());
  }
  return true;
}

// Not for Unikey's own backspaces, which follow letters.
export function takeBack(state, dispatch) {
  if (key.getState(state) === null || !isAtEnd(state.selection)) return false;
  dispatch?.(cleared(state));
  return true;
}
