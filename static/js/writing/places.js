// What is shown over the words without being one: gaps that are to be filled in, chips, blocks that the server found a fault in.
import { Decoration, DecorationSet, Plugin, PluginKey, TextSelection } from "../../vendor/prosemirror/prosemirror.min.js";
import { blanksOf } from "./blanks.js";
import { schema } from "./schema.js";

const { nodes } = schema;

function shownBlanks(doc) {
  const found = [];
  doc.descendants((node, at) => {
    if (!node.isTextblock) return node.type !== nodes.note;
    blanksOf(node).forEach(([from, to]) => found.push(Decoration.inline(at + 1 + from, at + 1 + to, { class: "blank" })));
    return false;
  });
  return DecorationSet.create(doc, found);
}

const gapKey = new PluginKey("gaps");

// A click on a gap selects it: what is typed then takes its place.
export const blanks = new Plugin({
  key: gapKey,
  state: { init: (_, state) => shownBlanks(state.doc), apply: (tr, old) => (tr.docChanged ? shownBlanks(tr.doc) : old) },
  props: {
    decorations(state) { return this.getState(state); },
    handleClick(view, at) {
      const [blank] = this.getState(view.state).find(at, at);
      if (!blank || blank.from === at || blank.to === at) return false;
      view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, blank.from, blank.to)));
      return true;
    },
  },
});

// [{from, to}] of what is still to be filled in.
export const gapsOf = (state) => gapKey.getState(state).find().sort((a, b) => a.from - b.from);

// Selects the next gap; behind the last one the first, where `round`.
export const nextGap = (round) => (state, dispatch) => {
  const gaps = gapsOf(state), { from, to } = state.selection;
  const gap = gaps.find((one) => (one.from === from ? to < one.to : one.from >= to)) || (round ? gaps[0] : null);
  if (!gap) return false;
  dispatch?.(state.tr.setSelection(TextSelection.create(state.doc, gap.from, gap.to)).scrollIntoView());
  return true;
};

// Blocks and notes with a fault, by their places; what is typed on moves the mark along.
export const faultKey = new PluginKey("faults");
export const faults = new Plugin({
  key: faultKey,
  state: {
    init: () => DecorationSet.empty,
    apply(tr, old) {
      const places = tr.getMeta(faultKey);
      if (!places) return old.map(tr.mapping, tr.doc);
      return DecorationSet.create(tr.doc, places.flatMap(({ at, words }) => {
        const node = tr.doc.nodeAt(at);
        return node ? [Decoration.node(at, at + node.nodeSize, { class: "at-fault", title: words })] : [];
      }));
    },
  },
  props: { decorations(state) { return this.getState(state); } },
});

// A citation as a chip: its short name, the whole of it by pointing; what the register does not hold or what ended looks otherwise.
export const chip = (cites) => (node) => {
  const dom = document.createElement("span"), { key } = node.attrs;
  dom.className = "chip";
  const end = cites(key, (told) => {
    dom.textContent = told?.short || key;
    dom.classList.toggle("is-unknown", told === false);
    dom.classList.toggle("is-doubtful", Boolean(told?.doubt));
    dom.title = titleOf(key, told);
  });
  if (!dom.textContent) dom.textContent = key;
  return { dom, ignoreMutation: () => true, destroy: () => end?.() };
};

function titleOf(key, told) {
  if (told === false) return `Sổ chưa có văn bản «${key}» mà bạn được xem: hãy ghi vào sổ, hoặc viết trích dẫn bằng chữ.`;
  if (!told) return `Trích dẫn từ sổ văn bản: ${key}`;
  return told.doubt ? `Nên xem lại: ${told.long}, ${told.doubt}.` : `${told.long}. In đủ ở lần đầu, in gọn ở các lần sau.`;
}
