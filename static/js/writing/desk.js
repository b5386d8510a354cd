// The editor of one text: opened on a document, read as source. What it is used by stands in field.js.
import {
  baseKeymap, chainCommands, dropCursor, EditorState, EditorView, gapCursor, history, keymap, redo, setBlockType, Slice,
  tableEditing, toggleMark, undo,
} from "../../vendor/prosemirror/prosemirror.min.js";
import { cleaned } from "./clipboard.js";
import { TableView } from "./columns.js";
import { addNote, labels, NoteView } from "./notes.js";
import { blanks, chip, faultKey, faults } from "./places.js";
import { pieceAt } from "./placing.js";
import { schema } from "./schema.js";
import { addTable, down, lastCell, nextCell, tableCommands, tidy } from "./tables.js";
import { prepared, written } from "./write.js";

const { nodes, marks } = schema;

// What buttons and keys do, by name.
export const commands = {
  bold: toggleMark(marks.bold), italic: toggleMark(marks.italic), undo, redo, note: addNote, table: addTable(3, 3),
  paragraph: setBlockType(nodes.paragraph),
  "title-1": setBlockType(nodes.title, { level: 1 }),
  "title-2": setBlockType(nodes.title, { level: 2 }),
  "title-3": setBlockType(nodes.title, { level: 3 }),
  ...tableCommands,
};

export const addCite = (key) => (state, dispatch) => {
  dispatch?.(state.tr.replaceSelectionWith(nodes.cite.create({ key }), true).scrollIntoView());
  return true;
};

// Tab leaves the editor outside a table: who writes without a mouse must be able to go on. No key map on Space or Backspace:
// Unikey types by them.
const KEYS = {
  "Mod-z": undo, "Mod-y": redo, "Mod-Shift-z": redo, "Mod-b": commands.bold, "Mod-i": commands.italic,
  "Mod-Alt-f": addNote, "Mod-Alt-0": commands.paragraph, "Mod-Alt-1": commands["title-1"],
  "Mod-Alt-2": commands["title-2"], "Mod-Alt-3": commands["title-3"],
  Tab: nextCell, "Shift-Tab": lastCell, Enter: down, "Shift-Enter": chainCommands(down, baseKeymap.Enter),
};

const plugins = () => [
  history(), labels, tidy, blanks, faults, keymap(KEYS), keymap(baseKeymap), tableEditing(), dropCursor(), gapCursor(),
];

export const documentOf = (json) => prepared(schema.nodeFromJSON(json));

// An empty text as JSON, as the server would give it.
export const EMPTY = {
  type: "doc", attrs: { tail: "", places: [] }, content: [{ type: "paragraph", attrs: { gap: "", raw: null, places: null } }],
};

// Before what was cleaned already, so that its notes are not cleaned away.
export const CLEANED = `<!--${Math.random()}-->`;

// All text is NFC; Windows' own Vietnamese keyboard and files of a Mac bring decomposed letters.
const composed = (slice) => Slice.fromJSON(schema, JSON.parse(JSON.stringify(slice.toJSON() ?? null).normalize("NFC")));

// `place` holds the editor, `doc` comes from `documentOf`; `cites(key)` tells what a citation prints, `changed(view)` hears of
// each change, `told(dropped)` of what a paste lost, `pasting(html, text)` may take a paste over.
export function openDesk({ place, doc, label, describedBy, cites, changed, moved, told, pasting }) {
  return new EditorView(place, {
    state: EditorState.create({ doc, plugins: plugins() }),
    nodeViews: {
      note: (node, view, getPos) => new NoteView(node, view, getPos),
      table: (node, view, getPos) => new TableView(node, view, getPos),
      cite: chip(cites),
    },
    attributes: {
      class: "desk-words", lang: "vi", spellcheck: "true", role: "textbox", "aria-multiline": "true", "aria-label": label,
      ...(describedBy ? { "aria-describedby": describedBy } : {}),
    },
    transformPastedHTML(html) {
      if (html.startsWith(CLEANED) || /data-pm-slice/.test(html)) return html;
      const { html: kept, dropped } = cleaned(html);
      told(dropped);
      return kept;
    },
    transformPasted: composed,
    transformPastedText: (text) => text.normalize("NFC"),
    handlePaste: (view, event) => pasting(view, event),
    handleDOMEvents: {
      focus(view) {
        // Once it knows that it has the focus.
        queueMicrotask(() => moved(view));
        return false;
      },
    },
    dispatchTransaction(tr) {
      this.updateState(this.state.apply(tr));
      if (tr.docChanged) changed(this);
      moved(this);
    },
  });
}

// Another document in the place of the one that is shown, as one change that can be undone; blocks that are alike stay, and
// with them the caret.
export function replaceDocument(view, doc) {
  const { tr, doc: shown } = view.state, before = shown.content.content, after = doc.content.content;
  const most = Math.min(before.length, after.length);
  let same = 0, end = 0, at = 0, rest = 0;
  for (; same < most && before[same].eq(after[same]); same += 1) at += before[same].nodeSize;
  for (; end < most - same && before.at(-1 - end).eq(after.at(-1 - end)); end += 1) rest += before.at(-1 - end).nodeSize;
  const isOther = same < before.length || same < after.length;
  if (isOther) tr.replaceWith(at, shown.content.size - rest, after.slice(same, after.length - end));
  Object.entries(doc.attrs).forEach(([name, value]) => tr.setDocAttribute(name, value));
  view.dispatch(tr.setMeta("addToHistory", isOther));
}

// Marks what the server found: [{line, words}], by lines of the source.
export function markFaults(view, found) {
  const { lines } = written(view.state.doc);
  const places = found.map(({ line, words }) => ({ at: pieceAt(lines, line).at, words }));
  view.dispatch(view.state.tr.setMeta(faultKey, places).setMeta("addToHistory", false));
}
