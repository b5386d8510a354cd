// A footnote: a raised figure, and below it a box with an editor of its own. An inline node that the editor around it edits
// itself would repeat letters at its edges under an input method.
import {
  baseKeymap, EditorState, EditorView, keymap, NodeSelection, Plugin, redo, Selection, StepMap, TextSelection, undo,
} from "../../vendor/prosemirror/prosemirror.min.js";
import { toggle } from "./emphasis.js";
import { holding } from "./holding.js";
import { readSelection, typedKey, typedWords } from "./keys.js";
import { asBody, asNote, composed, kept, ofText } from "./pasting.js";
import { chip } from "./places.js";
import { nameOf } from "./cited.js";
import { schema } from "./schema.js";

const { nodes, marks } = schema;

// The editor of the note that is open in an editor, if one is: what the bar above does is done there.
const open = new WeakMap();
export const innerOf = (outer) => open.get(outer) || null;

// A key that comes before a note that was just opened has got the caret is for the note: around it, it would take the note's place.
export function forNote(outer, event) {
  const inner = innerOf(outer);
  if (!inner || inner.hasFocus()) return false;
  inner.focus();
  if (inner.someProp("handleKeyDown", (press) => press(inner, event))) event.preventDefault();
  return true;
}

const wordsOf = (node) => node.textBetween(0, node.content.size, null, (leaf) => (leaf.type === nodes.cite ? nameOf(leaf.attrs.key) : " "));

export class NoteView {
  // `cites`, `told`, `pasting`, `moved`: as `openDesk` has them.
  constructor(node, outer, getPos, hooks) {
    Object.assign(this, { node, outer, getPos, hooks, inner: null });
    this.dom = document.createElement("span");
    this.dom.className = "note";
    this.box = document.createElement("span");
    this.box.className = "note-box";
    this.dom.append(this.box);
    this.tell();
  }
  tell() {
    const words = wordsOf(this.node);
    this.box.textContent = words;
    this.dom.title = words || "Chú thích chưa có lời";
    this.dom.classList.toggle("is-empty", !this.node.content.size);
  }
  selectNode() {
    this.dom.classList.add("is-open");
    this.open();
  }
  deselectNode() {
    this.dom.classList.remove("is-open");
    this.close();
  }
  open() {
    if (this.inner) return;
    this.box.textContent = "";
    this.inner = new EditorView(this.box, {
      state: EditorState.create({ doc: this.node, plugins: [keymap(this.keys()), keymap(baseKeymap), holding] }),
      attributes: { class: "note-words", lang: "vi", spellcheck: "true", role: "textbox", "aria-label": "Lời chú thích" },
      nodeViews: { cite: chip(this.hooks.cites) },
      dispatchTransaction: (tr) => this.send(tr),
      transformPastedHTML: (html) => kept(html, this.hooks.told),
      transformCopied: asBody,
      transformPasted: composed,
      clipboardTextParser: ofText,
      handleKeyPress: typedKey,
      handlePaste: (view, event, slice) => {
        if (!this.hooks.pasting(view, event)) view.dispatch(view.state.tr.replaceSelection(asNote(slice, this.hooks.told)).scrollIntoView());
        return true;
      },
      handleDOMEvents: {
        keydown: readSelection,
        beforeinput: typedWords,
        mousedown: () => {
          if (this.outer.hasFocus()) this.inner.focus();
          return false;
        },
      },
    });
    open.set(this.outer, this.inner);
    setTimeout(() => {
      this.inner?.focus();
      this.box.scrollIntoView({ block: "nearest" });
    });
  }
  keys() {
    const enter = (state, dispatch) => {
      dispatch?.(state.tr.replaceSelectionWith(nodes.note_break.create()));
      return true;
    };
    const edge = (at) => (state, dispatch) => {
      dispatch?.(state.tr.setSelection(at(state.doc)).scrollIntoView());
      return true;
    };
    // Left to itself a browser goes on behind the edge of the box, and pulls the blocks around it together.
    const within = (end) => ({ selection, doc }) => selection.empty && selection.head === (end ? doc.content.size : 0);
    const held = ["", "Mod-", "Shift-"].map((by) => ({ [`${by}Backspace`]: within(false), [`${by}Delete`]: within(true) }));
    return Object.assign({
      "Mod-z": () => undo(this.outer.state, this.outer.dispatch),
      "Mod-y": () => redo(this.outer.state, this.outer.dispatch),
      "Mod-Shift-z": () => redo(this.outer.state, this.outer.dispatch),
      "Mod-b": toggle(marks.bold), "Mod-i": toggle(marks.italic),
      "Mod-Home": edge(Selection.atStart), "Mod-End": edge(Selection.atEnd),
      Escape: () => this.leave(), Enter: enter, "Shift-Enter": enter,
    }, ...held);
  }
  leave() {
    const at = this.getPos() + this.node.nodeSize, { state } = this.outer;
    this.outer.dispatch(state.tr.setSelection(TextSelection.create(state.doc, at)));
    this.outer.focus();
    return true;
  }
  close() {
    this.destroy();
    this.inner = null;
    this.tell();
  }
  send(tr) {
    // What the note is in is being read anew.
    if (tr.docChanged && !tr.getMeta("outside") && !this.outer.editable) return;
    const { state, transactions } = this.inner.state.applyTransaction(tr);
    this.inner.updateState(state);
    this.hooks.moved(this.outer);
    if (tr.getMeta("outside")) return;
    const outer = this.outer.state.tr, offset = StepMap.offset(this.getPos() + 1);
    transactions.forEach((each) => each.steps.forEach((step) => outer.step(step.map(offset))));
    if (outer.docChanged) this.outer.dispatch(outer);
  }
  update(node) {
    if (node.type !== this.node.type) return false;
    this.node = node;
    if (this.inner) this.follow(node);
    else this.tell();
    return true;
  }
  // What the editor around it changed, by undo for one, is changed in the box too.
  follow(node) {
    const { state } = this.inner, start = node.content.findDiffStart(state.doc.content);
    if (start === null) return;
    let { a, b } = node.content.findDiffEnd(state.doc.content);
    const overlap = start - Math.min(a, b);
    if (overlap > 0) {
      a += overlap;
      b += overlap;
    }
    this.inner.dispatch(state.tr.replace(start, b, node.slice(start, a)).setMeta("outside", true));
  }
  destroy() {
    const focused = this.inner?.hasFocus();
    if (open.get(this.outer) === this.inner) open.delete(this.outer);
    this.inner?.destroy();
    // A box that is undone away takes the focus with it, and Ctrl+Y would go nowhere.
    if (focused) queueMicrotask(() => this.outer.focus());
  }
  stopEvent(event) { return Boolean(this.inner?.dom.contains(event.target)); }
  ignoreMutation() { return true; }
}

export function addNote(state, dispatch) {
  if (!state.selection.$to.parent.inlineContent) return false;
  if (dispatch) {
    const at = state.selection.to, tr = state.tr.insert(at, nodes.note.create({ label: null }));
    dispatch(tr.setSelection(NodeSelection.create(tr.doc, at)).scrollIntoView());
  }
  return true;
}

// Where a document cites notes, in order: {node, at}.
function citedIn(doc) {
  const found = [];
  doc.descendants((node, at) => {
    if (node.type === nodes.note || node.type === nodes.note_again) found.push({ node, at });
  });
  return found;
}

// {label: the first note that has it}.
const byLabel = (cited) => new Map(cited.filter(({ node }) => node.type === nodes.note && node.attrs.label !== null)
  .reverse().map(({ node }) => [node.attrs.label, node]));

// Every note has a label of its own; pasted and new ones get the next free number. Of several places that cite one note the first has
// its words: another one, once that was deleted or moved.
export const labels = new Plugin({
  appendTransaction(transactions, before, state) {
    if (!transactions.some((tr) => tr.docChanged)) return null;
    const cited = citedIn(state.doc), known = byLabel(cited), first = new Map(), changes = [], { tr } = state;
    const put = (at, node, other) => changes.push(() => tr.replaceWith(at, at + node.nodeSize, other?.mark(node.marks) || []));
    let highest = Math.max(0, ...[...known.keys()].filter((label) => /^\d{1,6}$/.test(label)).map(Number));
    cited.forEach(({ node, at }) => {
      const { label } = node.attrs, had = first.get(label);
      if (node.type === nodes.note_again) {
        if (had) return;
        const words = known.get(label) || byLabel(citedIn(before.doc)).get(label);
        if (words) first.set(label, words);
        put(at, node, words);
      } else if (label !== null && !had) first.set(label, node);
      else if (had === node) put(at, node, nodes.note_again.create({ label }));
      else {
        highest += 1;
        const next = String(highest);
        changes.push(() => tr.setNodeAttribute(at, "label", next));
      }
    });
    changes.reverse().forEach((change) => change());
    return tr.docChanged ? tr : null;
  },
});
