// What static/js/writing/ uses of ProseMirror: bin/vendor makes one module of it, static/vendor/prosemirror/prosemirror.min.js.
export { baseKeymap, chainCommands, selectAll, setBlockType, toggleMark } from "prosemirror-commands";
export { dropCursor } from "prosemirror-dropcursor";
export { gapCursor } from "prosemirror-gapcursor";
export { closeHistory, history, redo, redoDepth, undo, undoDepth } from "prosemirror-history";
export { keymap } from "prosemirror-keymap";
export { DOMParser, Fragment, Node, Schema, Slice } from "prosemirror-model";
export { EditorState, NodeSelection, Plugin, PluginKey, Selection, TextSelection } from "prosemirror-state";
export {
  addColumnAfter, addColumnBefore, addRowAfter, addRowBefore, CellSelection, deleteColumn, deleteRow, deleteTable,
  goToNextCell, isInTable, mergeCells, selectedRect, splitCell, TableMap, tableEditing,
} from "prosemirror-tables";
export { StepMap } from "prosemirror-transform";
export { Decoration, DecorationSet, EditorView } from "prosemirror-view";
