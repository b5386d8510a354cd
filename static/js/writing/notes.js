// A footnote: a raised figure, and below it a box with an editor of its own. An inline node that the editor around it edits
// itself would repeat letters at its edges under an input method.
import {
  baseKeymap, EditorState, EditorView, keymap, NodeSelection, Plugin, redo, Selection, StepMap, TextSelection, toggleMark, undo,
} from "../../vendor/prosemirror/prosemirror.min.js";
import { readSelection } from "./keys.js";
import { asBody, asNote, composed, kept, ofText } from "./pasting.js";
import { chip, typedBehindChip } from "./places.js";
import { nameOf } from "./cited.js";
import { schema } from "./schema.js";

const { nodes, marks } = schema;

// The editor of the note that is open in an editor, if one is: what the bar above does is done there.
const open = new WeakMap();
export const innerOf = (outer) => open.get(outer) || null;

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
      state: EditorState.create({ doc: this.node, plugins: [keymap(this.keys()), keymap(baseKeymap)] }),
      attributes: { class: "note-words", lang: "vi", spellcheck: "true", role: "textbox", "aria-label": "Lời chú thích" },
      nodeViews: { cite: chip(this.hooks.cites) },
      dispatchTransaction: (tr) => this.send(tr),
      transformPastedHTML: (html) => kept(html, this.hooks.told),
      transformCopied: asBody,
      transformPasted: composed,
      clipboardTextParser: ofText,
      handleKeyPress: typedBehindChip,
      handlePaste: (view, event, slice) => {
        if (!this.hooks.pasting(view, event)) view.dispatch(view.state.tr.replaceSelection(asNote(slice, this.hooks.told)).scrollIntoView());
        return true;
      },
      handleDOMEvents: {
        keydown: readSelection,
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
    return {
      "Mod-z": () => undo(this.outer.state, this.outer.dispatch),
      "Mod-y": () => redo(this.outer.state, this.outer.dispatch),
      "Mod-Shift-z": () => redo(this.outer.state, this.outer.dispatch),
      "Mod-b": toggleMark(marks.bold), "Mod-i": toggleMark(marks.italic),
      "Mod-Home": edge(Selection.atStart), "Mod-End": edge(Selection.atEnd),
      Escape: () => this.leave(), Enter: enter, "Shift-Enter": enter,
    };
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
    if (focused) setTimeout(() => this.outer.focus());
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

// Every note has a label of its own; pasted and new ones get the next free number.
export const labels = new Plugin({
  appendTransaction(transactions, before, state) {
    if (!transactions.some((tr) => tr.docChanged)) return null;
    const taken = new Set(), wrong = [];
    let highest = 0;
    state.doc.descendants((node, at) => {
      if (node.type !== nodes.note) return;
      const { label } = node.attrs;
      if (label === null || taken.has(label)) wrong.push(at);
      taken.add(label);
      if (/^\d{1,6}$/.test(label)) highest = Math.max(highest, Number(label));
    });
    if (!wrong.length) return null;
    const { tr } = state;
    wrong.forEach((at) => {
      highest += 1;
      tr.setNodeAttribute(at, "label", String(highest));
    });
    return tr;
  },
});
