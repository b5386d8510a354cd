// What reaches an editor by keys and input methods, before it takes it itself.
import { overCells } from "./tables.js";

// A browser tells of a moved selection a moment after the key that moved it. Who goes up a line and presses Delete faster than that,
// on a busy machine or by a macro, would delete where the caret was: the selection is read before the key is taken, or a button of
// the page. An input method (229) is left alone.
export function readSelection(view, event) {
  if (event.keyCode !== 229 && !view.composing) view.domObserver.flush();
  return false;
}

// Left to itself a browser puts words before a chip that begins a block, and pulls blocks together without their chips and notes.
function typed(view, words) {
  overCells(view);
  const { selection: { $from, $to, empty, node }, tr } = view.state, isInLine = $from.sameParent($to) && $from.parent.inlineContent;
  const isBehindChip = empty && isInLine && $from.nodeBefore && !$from.nodeBefore.isText;
  if (isInLine && !isBehindChip && !node) return false;
  view.dispatch(tr.insertText(words).scrollIntoView());
  return true;
}

export const typedKey = (view, { key, ctrlKey, metaKey }) => [...(key || "")].length === 1 && !ctrlKey && !metaKey && typed(view, key);

// Words that come without a key: from a phone's keyboard, a list of signs.
export function typedWords(view, event) {
  if (event.inputType !== "insertText" || !event.data || view.composing) return false;
  view.domObserver.flush();
  if (typed(view, event.data)) event.preventDefault();
  return event.defaultPrevented;
}
