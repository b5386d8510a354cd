// The place of a paste that waits for an answer (offers.js): what is typed meanwhile stands behind what is pasted there.
import { Plugin, PluginKey } from "../../vendor/prosemirror/prosemirror.min.js";

const key = new PluginKey("holding");

export const holding = new Plugin({
  key,
  state: {
    // `side`: where a place goes when something comes to stand right at it, as with the maps of the library.
    init: () => ({ places: new Map(), side: -1 }),
    apply(tr, { places, side: before }) {
      const { hold, drop, side = before } = tr.getMeta(key) || {};
      const mapping = { map: (at) => tr.mapping.map(at, side), mapResult: (at) => tr.mapping.mapResult(at, side) };
      const moved = new Map([...places].map(([place, bookmark]) => [place, bookmark.map(mapping)]));
      if (hold) moved.set(hold, tr.selection.getBookmark());
      moved.delete(drop);
      return { places: moved, side };
    },
  },
});

const selectionAt = ({ state }, place) => key.getState(state).places.get(place)?.resolve(state.doc);

// What is selected now is found again however much is changed.
export function hold(view) {
  const place = {};
  view.dispatch(view.state.tr.setMeta(key, { hold: place }));
  return place;
}

// Does `put` where `place` was held; who went on meanwhile stays where that was. What is held still comes behind what is put.
export function putAt(view, place, put) {
  const selection = selectionAt(view, place);
  // In a note that was closed.
  if (!selection) return put();
  const isThere = selection.eq(view.state.selection), caret = hold(view);
  view.dispatch(view.state.tr.setSelection(selection).setMeta(key, { drop: place, side: 1 }));
  put();
  const { tr } = view.state;
  if (!isThere) tr.setSelection(selectionAt(view, caret)).scrollIntoView();
  return view.dispatch(tr.setMeta(key, { drop: caret, side: -1 }));
}
