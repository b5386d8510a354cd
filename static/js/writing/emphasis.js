// Bold and italic, such as the source can say them (`_may_open` and `_may_close` of documents/source/markdown.py): of whole words, as
// in Word, and not beginning with a mark that ends what stands before it.
import { Plugin, PluginKey, toggleMark } from "../../vendor/prosemirror/prosemirror.min.js";
import { schema } from "./schema.js";

const { marks, nodes } = schema;
const BEGINS = "([{<“‘«", ENDS = ")]}>”’».,;:!?%", BEHIND = ")]}>”’»%", STOPS = ".:;!?";
const EDGES = new Map([[nodes.cite, "{}"], [nodes.note, "[]"], [nodes.note_again, "[]"], [nodes.note_break, "  "]]);
const isLetter = (sign) => /\p{L}/u.test(sign), isOfWord = (sign) => /[\p{L}\p{N}]/u.test(sign), isSpace = (sign) => !sign.trim();

// Each letter, chip and note of a line with its place, and the signs with which the source begins and ends it.
function signsOf(line) {
  const found = [];
  line.forEach((node) => {
    if (node.isText) [...node.text].forEach((sign) => found.push({ node, first: sign, last: sign, size: sign.length }));
    else found.push({ node, first: EDGES.get(node.type)[0], last: EDGES.get(node.type)[1], size: node.nodeSize });
  });
  found.reduce((at, sign) => Object.assign(sign, { at }).at + sign.size, 0);
  return found;
}

// Whether emphasis may begin, or end, between two signs.
const mayBegin = (before, after) => !isOfWord(before) && !(BEHIND + after).includes(before) && !ENDS.includes(after);
const mayEnd = (before, after) => !BEGINS.includes(before) && (isLetter(after) ? STOPS.includes(before) : !isOfWord(after) && before !== after);

// Which of the signs have the emphasis: those that do, and what the source needs beside them. What stands right before `caret` is
// still being written.
function sayable(signs, has, caret) {
  const on = signs.map(has);
  for (let from = on.indexOf(true), end; from >= 0; from = on.indexOf(true, end)) {
    end = on.indexOf(false, from);
    if (end < 0) end = on.length;
    let begin = from;
    for (; begin < end && (isSpace(signs[begin].first) || ENDS.includes(signs[begin].first)); begin += 1)
      on[begin] = isSpace(signs[begin].first);
    if (begin === end) continue;
    for (; begin > 0 && !mayBegin(signs[begin - 1].last, signs[begin].first); begin -= 1) on[begin - 1] = true;
    // Spaces at an edge are neither bold nor italic: inline.js.
    let last = end - 1;
    for (; last >= begin && signs[last].at + signs[last].size !== caret && (isSpace(signs[last].last) || BEGINS.includes(signs[last].last)); last -= 1)
      on[last] = isSpace(signs[last].last);
    if (last < end - 1) continue;
    for (; end < on.length && !mayEnd(signs[end - 1].last, signs[end].first); end += 1) on[end] = true;
  }
  return on;
}

function put(tr, type, isOn, node, from, to) {
  if (node.isText) isOn ? tr.addMark(from, to, type.create()) : tr.removeMark(from, to, type);
  // The words of a note are none of the words around it.
  else isOn ? tr.addNodeMark(from, type.create()) : tr.removeNodeMark(from, type);
}

function settleLine(tr, line, start, caret) {
  const signs = signsOf(line);
  [marks.bold, marks.italic].forEach((type) => {
    const has = ({ node }) => Boolean(type.isInSet(node.marks));
    sayable(signs, has, caret - start).forEach((isOn, i) => {
      const { node, at, size } = signs[i];
      if (isOn !== has(signs[i])) put(tr, type, isOn, node, start + at, start + at + size);
    });
  });
}

// What came from a source or was looked at.
const known = new WeakSet();
export const asRead = (doc) => doc.descendants((node) => { known.add(node); });

// An input method is left alone until it is done, and what is still being written until it is sent.
const key = new PluginKey("emphasis");
export const settle = (view) => view.dispatch(view.state.tr.setMeta(key, true));
export const settleSoon = (view) => void setTimeout(() => {
  if (!view.isDestroyed && !view.composing) settle(view);
}, 60);
const DONE = "done";
const isForIt = (tr) => (tr.docChanged || tr.getMeta(key)) && tr.getMeta(key) !== DONE && !tr.getMeta("composition") && !tr.getMeta("history$");

export const emphasis = new Plugin({
  key,
  state: { init: (_, { doc }) => asRead(doc), apply: () => null },
  appendTransaction(transactions, before, state) {
    if (!transactions.every(isForIt)) return null;
    const { tr, selection: { $head, empty } } = state;
    const caret = empty && !transactions.some((each) => each.getMeta(key)) ? $head.pos : -1;
    state.doc.descendants((node, at) => {
      if (known.has(node) || node.isText) return false;
      if (caret < at || caret > at + node.nodeSize) known.add(node);
      if (node.inlineContent) settleLine(tr, node, at + 1, caret);
      return true;
    });
    // Who turned bold on or off goes on so.
    return tr.docChanged ? tr.setMeta(key, DONE).setStoredMarks(empty ? state.storedMarks || $head.marks() : null) : null;
  },
});

// The edge of the word that a place is in the middle of.
function edgeOfWord({ parent, parentOffset, pos }, by) {
  const signs = parent.inlineContent ? signsOf(parent) : [];
  const isWithin = (i) => i > 0 && i < signs.length && isOfWord(signs[i - 1].last) && isOfWord(signs[i].first);
  let i = signs.findIndex(({ at }) => at >= parentOffset);
  while (isWithin(i)) i += by;
  return i < 0 ? pos : pos - parentOffset + (signs[i]?.at ?? parent.content.size);
}

// What a selection means to emphasize, as pieces of one look.
function piecesOf({ doc, selection }) {
  const found = [];
  selection.ranges.forEach(({ $from, $to }) => {
    const from = edgeOfWord($from, -1), to = edgeOfWord($to, 1);
    doc.nodesBetween(from, to, (node, at) => {
      const words = node.text?.slice(Math.max(from - at, 0), to - at);
      if (node.isInline) found.push({ node, words, from: Math.max(from, at), to: Math.min(to, at + node.nodeSize) });
      return !node.isInline;
    });
  });
  return found.filter((piece) => piece.from < piece.to);
}

// Whether all of what is chosen has a mark; without a selection what is typed next.
export function isAll(state, type) {
  const { storedMarks, selection: { empty, $from } } = state;
  if (empty) return Boolean(type.isInSet(storedMarks || $from.marks()));
  const pieces = piecesOf(state), withWords = pieces.filter(({ words }) => words === undefined || isOfWord(words));
  return pieces.length > 0 && (withWords.length ? withWords : pieces).every(({ node }) => type.isInSet(node.marks));
}

export const toggle = (type) => (state, dispatch) => {
  const pieces = piecesOf(state), isOn = !isAll(state, type);
  if (!pieces.length) return toggleMark(type)(state, dispatch);
  const { tr } = state;
  pieces.forEach(({ node, from, to }) => put(tr, type, isOn, node, from, to));
  dispatch?.(tr.scrollIntoView());
  return true;
};
