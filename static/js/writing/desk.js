// The editor of one text: opened on a document, read as source. What it is used by stands in field.js.
import {
  baseKeymap, chainCommands, closeHistory, dropCursor, EditorState, EditorView, gapCursor, history, keymap, redo, setBlockType, undo,
} from "../../vendor/prosemirror/prosemirror.min.js";
import { TableView } from "./columns.js";
import { asRead, emphasis, settleSoon, toggle } from "./emphasis.js";
import { holding } from "./holding.js";
import { readSelection, typedKey, typedWords } from "./keys.js";
import { addNote, forNote, innerOf, labels, NoteView } from "./notes.js";
import { goOn, numbering, takeBack } from "./numbering.js";
import { composed, kept, ofText } from "./pasting.js";
import { blanks, chip, faultKey, faults, nextGap } from "./places.js";
import { pieceAt } from "./placing.js";
import { schema } from "./schema.js";
import { TableMenu } from "./table-menu.js";
import {
  addTable, asRows, down, editing, intoCell, intoTable, lastCell, nextCell, ontoCells, overCells, tableCommands, tidy,
} from "./tables.js";
import { prepared, written } from "./write.js";

const { nodes, marks } = schema;

// What buttons and keys do, by name.
export const commands = {
  bold: toggle(marks.bold), italic: toggle(marks.italic), undo, redo, note: addNote, table: addTable(3, 3),
  gap: nextGap(true),
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

// Does what a button asks for: in the note that is open, where that can be done in a note.
const IN_NOTES = new Set(["bold", "italic"]);
export function run(name, view) {
  const inner = IN_NOTES.has(name) ? innerOf(view) : null, { state, dispatch } = inner || view;
  commands[name](state, dispatch.bind(inner || view), inner || view);
  (inner || view).focus();
}

// A space at which no line ends, by Word's key for it.
export function tiedSpace(state, dispatch) {
  dispatch?.(state.tr.insertText("\u00a0").scrollIntoView());
  return true;
}

// Keys of Word for what a paper does not have: nothing happens, and why is told.
const NOT_HERE = {
  "Mod-u": "Thể thức văn bản không dùng chữ gạch chân; muốn nhấn mạnh thì dùng chữ đậm hoặc chữ nghiêng.",
  "Mod-Enter": "Chương trình tự sang trang khi hết trang. Phần phải sang trang mới thì để ở phụ lục.",
};
const notHere = (say) => Object.fromEntries(Object.entries(NOT_HERE).map(([key, words]) => [key, () => {
  say?.(words);
  return true;
}]));

// Tab goes on to the next gap; behind the last one, and where there is none, it leaves the editor: who writes without a mouse must
// be able to. No key map on Space alone, and none on Backspace where letters stand before it: Unikey types by them.
const KEYS = {
  "Mod-z": undo, "Mod-y": redo, "Mod-Shift-z": redo, "Mod-b": commands.bold, "Mod-i": commands.italic,
  "Mod-Alt-f": addNote, "Mod-Alt-0": commands.paragraph, "Mod-Alt-1": commands["title-1"],
  "Mod-Alt-2": commands["title-2"], "Mod-Alt-3": commands["title-3"],
  "Mod-Shift-Space": tiedSpace, "Alt-Shift-ArrowRight": commands.wider, "Alt-Shift-ArrowLeft": commands.narrower,
  Tab: chainCommands(nextCell, nextGap(false)), "Shift-Tab": lastCell, Backspace: chainCommands(takeBack, intoTable(-1)), Delete: intoTable(1), Enter: chainCommands(down, goOn),
  "Shift-Enter": chainCommands(down, baseKeymap.Enter),
};

const plugins = (say) => [
  history(), labels, blanks, faults, numbering, keymap({ ...KEYS, ...notHere(say) }), keymap(baseKeymap), editing,
  // After what fills holes of tables.
  tidy, emphasis, dropCursor(), gapCursor(), holding,
];

export const documentOf = (json) => prepared(schema.nodeFromJSON(json));

// An empty text as JSON, as the server would give it.
export const EMPTY = {
  type: "doc", attrs: { tail: "", places: [] }, content: [{ type: "paragraph", attrs: { gap: "", raw: null, places: null } }],
};

// `place` holds the editor, `doc` comes from `documentOf`; `cites(key, show)` shows what a citation says, `changed(view)` hears of
// each change, `told(dropped)` of what a paste lost, `say(words)` of what cannot be done, `pasting(view, event)` may take a paste over.
export function openDesk({ place, doc, label, describedBy, cites, changed, moved, told, say, pasting }) {
  const view = new EditorView(place, {
    state: EditorState.create({ doc, plugins: plugins(say) }),
    nodeViews: {
      note: (node, outer, getPos) => new NoteView(node, outer, getPos, { cites, told, pasting, moved }),
      table: (node, outer, getPos) => new TableView(node, outer, getPos),
      cite: chip(cites),
    },
    attributes: {
      class: "desk-words", lang: "vi", spellcheck: "true", role: "textbox", tabindex: "0", "aria-multiline": "true", "aria-label": label,
      ...(describedBy ? { "aria-describedby": describedBy } : {}),
    },
    transformPastedHTML: (html) => kept(html, told),
    transformPasted: (slice, view) => asRows(composed(slice), view),
    clipboardTextParser: ofText,
    handlePaste: (view, event, slice) => pasting(view, event) || intoCell(view, slice, told) || ontoCells(view, event, slice, say),
    handleKeyPress: typedKey,
    handleDOMEvents: {
      keydown(view, event) {
        // An input method begins.
        if (event.keyCode === 229) overCells(view);
        return forNote(view, event) || readSelection(view, event);
      },
      beforeinput: typedWords,
      compositionend: settleSoon,
      focus(view) {
        // Once it knows that it has the focus.
        queueMicrotask(() => moved(view));
        return false;
      },
    },
    dispatchTransaction(tr) {
      // By buttons too, and by what the server was asked for a moment ago.
      if (tr.docChanged && !this.editable) return void say?.("Chưa làm được: ô soạn đang đóng hoặc đang đọc chữ vừa đổi. Chờ một lát rồi làm lại.");
      this.updateState(this.state.apply(tr));
      if (tr.docChanged) changed(this);
      moved(this);
    },
  });
  new TableMenu(view, { may: (name) => commands[name](view.state), run: (name) => run(name, view) });
  return view;
}

// Another document in the place of the one that is shown, as one change that can be undone; blocks that are alike stay, and
// with them the caret.
export function replaceDocument(view, doc) {
  asRead(doc);
  const { tr, doc: shown } = view.state, before = shown.content.content, after = doc.content.content;
  const most = Math.min(before.length, after.length);
  let same = 0, end = 0, at = 0, rest = 0;
  for (; same < most && before[same].eq(after[same]); same += 1) at += before[same].nodeSize;
  for (; end < most - same && before.at(-1 - end).eq(after.at(-1 - end)); end += 1) rest += before.at(-1 - end).nodeSize;
  const isOther = same < before.length || same < after.length;
  if (isOther) tr.replaceWith(at, shown.content.size - rest, after.slice(same, after.length - end));
  Object.entries(doc.attrs).forEach(([name, value]) => tr.setDocAttribute(name, value));
  // However soon it follows another change, it is taken back by itself.
  view.dispatch(closeHistory(tr).setMeta("addToHistory", isOther));
}

// Marks what the server found: [{line, words}], by lines of the source.
export function markFaults(view, found) {
  const { lines } = written(view.state.doc);
  const places = found.map(({ line, words }) => ({ at: pieceAt(lines, line).at, words }));
  view.dispatch(view.state.tr.setMeta(faultKey, places).setMeta("addToHistory", false));
}
