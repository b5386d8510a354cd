// A browser tells of a moved selection a moment after the key that moved it. Who chooses a line and makes it bold faster than that,
// on a busy machine or by a macro, would have nothing chosen: with Ctrl the selection is read before the key is taken.
export function readSelection(view, event) {
  if ((event.ctrlKey || event.metaKey) && !view.composing) view.domObserver.flush();
  return false;
}
