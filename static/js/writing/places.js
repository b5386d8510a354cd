// What is shown over the words without being one: gaps that are to be filled in, chips, blocks that the server found a fault in.
import { Decoration, DecorationSet, Plugin, PluginKey, TextSelection } from "../../vendor/prosemirror/prosemirror.min.js";
import { schema } from "./schema.js";

const { marks } = schema;

// As documents/source/blanks.py has them.
const BLANK = /\[(?!\^)[^[\]]{0,100}\p{L}{2}[^[\]]{0,100}\]|\[\s*(?:…|\.{3,})\s*\]|(?<![.…])(?:…|\.{3})(?![.…])/gu;

function blanksOf(node, at) {
  if (!node.isText || marks.literal.isInSet(node.marks)) return [];
  return [...node.text.matchAll(BLANK)].map((found) => [at + found.index, at + found.index + found[0].length]);
}

function shownBlanks(doc) {
  const found = [];
  doc.descendants((node, at) => {
    blanksOf(node, at).forEach(([from, to]) => found.push(Decoration.inline(from, to, { class: "blank" })));
    return node.type.name !== "note";
  });
  return DecorationSet.create(doc, found);
}

// A click on a gap selects it: what is typed then takes its place.
export const blanks = new Plugin({
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

// A citation as a chip: what it will print where that is known, its key elsewhere.
export const chip = (told) => (node) => {
  const dom = document.createElement("span"), words = told(node.attrs.key);
  dom.className = "chip";
  dom.textContent = words || node.attrs.key;
  dom.title = `Trích dẫn từ sổ văn bản: ${words || node.attrs.key}`;
  return { dom, ignoreMutation: () => true };
};
