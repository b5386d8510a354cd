// Tables: their keys, what their menu does, and how they stay such as the source can say.
import {
  addColumnAfter, addColumnBefore, addRowAfter, addRowBefore, CellSelection, deleteColumn, deleteRow, deleteTable, Fragment, goToNextCell,
  isInTable, mergeCells, Plugin, selectedRect, Selection, Slice, splitCell, tableEditing, TableMap,
} from "../../vendor/prosemirror/prosemirror.min.js";
import { columnsOf, headOf } from "./grid.js";
import { asLine } from "./pasting.js";
import { schema } from "./schema.js";

const { nodes } = schema;

// After a row or a column is gone the caret stays in the table, in the cell that took its place.
const staying = (command) => (state, dispatch) => isInTable(state) && command(state, dispatch && ((tr) => {
  const { tableStart, top, left } = selectedRect(state), table = tr.doc.nodeAt(tableStart - 1);
  if (table?.type !== nodes.table) return dispatch(tr);
  const map = TableMap.get(table), row = Math.min(top, map.height - 1), column = Math.min(left, map.width - 1);
  const cell = map.map[row * map.width + column];
  return dispatch(tr.setSelection(Selection.near(tr.doc.resolve(tableStart + cell + 2))));
}));

const caretAt = (tr, at) => tr.setSelection(Selection.near(tr.doc.resolve(at))).scrollIntoView();

// A new last row with the caret in its first cell.
function rowBelow(state, dispatch) {
  return addRowAfter(state, dispatch && ((tr) => {
    const { tableStart, bottom, table } = selectedRect(state);
    let at = tableStart;
    for (let i = 0; i < bottom; i += 1) at += table.child(i).nodeSize;
    dispatch(caretAt(tr, at + 3));
  }));
}

// Enter goes one cell down, and on into a new row, as in Excel: a cell holds one line.
export function down(state, dispatch) {
  if (!isInTable(state)) return false;
  const { bottom, left, map, tableStart } = selectedRect(state);
  if (bottom >= map.height) return rowBelow(state, dispatch);
  dispatch?.(caretAt(state.tr, tableStart + map.map[bottom * map.width + left] + 2));
  return true;
}

// Backspace behind a table and Delete before it go into its nearest cell: nothing of it is chosen, so that no key empties it. An
// empty paragraph behind it goes.
export const intoTable = (side) => (state, dispatch) => {
  const { empty, $from } = state.selection, isBehind = side < 0;
  if (!empty || $from.depth !== 1 || $from.parentOffset !== (isBehind ? 0 : $from.parent.content.size)) return false;
  const edge = isBehind ? $from.before() : $from.after(), $edge = state.doc.resolve(edge);
  const near = isBehind ? $edge.nodeBefore : $edge.nodeAfter;
  if (near?.type !== nodes.table) return false;
  if (dispatch) {
    const { tr } = state;
    if (!$from.parent.content.size && state.doc.childCount > 1) tr.delete($from.before(), $from.after());
    dispatch(tr.setSelection(Selection.near(tr.doc.resolve(tr.mapping.map(edge)), side)).scrollIntoView());
  }
  return true;
};

// What is typed over several cells stands in the first of them, the others are emptied.
export function overCells(view) {
  const { state } = view;
  if (!(state.selection instanceof CellSelection) || state.selection.$anchorCell.pos === state.selection.$headCell.pos) return;
  const { map, tableStart, top, left } = selectedRect(state), lines = [], { tr } = state;
  state.selection.forEachCell((cell, at) => lines.push([at + 2, at + 2 + cell.firstChild.content.size]));
  lines.sort(([a], [b]) => b - a).forEach(([from, to]) => tr.delete(from, to));
  view.dispatch(caretAt(tr, tableStart + map.map[top * map.width + left] + 2));
}

// Whether what is pasted is cells, which go over those of the table.
function areCells({ content, openStart, openEnd }) {
  let inner = content, depth = Math.min(openStart, openEnd);
  while (inner.childCount === 1 && (depth > 0 || inner.firstChild.type === nodes.table)) {
    inner = inner.firstChild.content;
    depth -= 1;
  }
  return ["row", "cell", "header_cell"].includes(inner.firstChild?.type.spec.tableRole);
}

// Into a cell words are pasted as its one line: paragraphs would break the table in two.
export function intoCell(view, slice, told) {
  if (!isInTable(view.state) || areCells(slice)) return false;
  overCells(view);
  view.dispatch(view.state.tr.replaceSelection(asLine(slice, told)).scrollIntoView());
  return true;
}

// Heads that are pasted below the head of a table are rows like the others there.
export function asRows(slice, { state }) {
  if (!isInTable(state) || selectedRect(state).top < headOf(selectedRect(state).table)) return slice;
  const row = (node) => (node.type === nodes.table_header ? nodes.table_cell.create(node.attrs, node.content)
    : node.isTextblock ? node : node.copy(Fragment.from(node.content.content.map(row))));
  return new Slice(Fragment.from(slice.content.content.map(row)), slice.openStart, slice.openEnd);
}

export const editing = tableEditing();

// Cells are pasted by the library, which cannot put them over some joined ones: nothing is changed then.
export function ontoCells(view, event, slice, say) {
  try {
    return editing.props.handlePaste(view, event, slice);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    say?.("Chưa dán được vào các ô đã gộp như vậy, chưa có gì thay đổi. Hãy tách ô rồi dán lại.");
    return true;
  }
}

export const nextCell = (state, dispatch) => isInTable(state) && (goToNextCell(1)(state, dispatch) || rowBelow(state, dispatch));
export const lastCell = goToNextCell(-1);

// Of so many rows and columns, below the paragraph that one stands in, never through its middle.
export const addTable = (rows, columns) => (state, dispatch) => {
  if (isInTable(state)) return false;
  const row = (type) => nodes.table_row.create(null, Array.from({ length: columns }, () => type.createAndFill()));
  const below = Array.from({ length: rows - 1 }, () => row(nodes.table_cell));
  if (dispatch) {
    const { $to } = state.selection, at = $to.depth ? $to.after(1) : $to.pos;
    const tr = state.tr.insert(at, nodes.table.create(null, [row(nodes.table_header), ...below]));
    dispatch(caretAt(tr, at + 3));
  }
  return true;
};

// The rows down to the one with the caret become the head; where they are already, only the first stays one.
function head(state, dispatch) {
  if (!isInTable(state)) return false;
  const { table, tableStart, bottom, map } = selectedRect(state), is = headOf(table);
  const wanted = bottom === is ? 1 : bottom;
  if (wanted >= map.height && map.height > 1) return false;
  dispatch?.(dressed(state.tr, table, tableStart - 1, { rows: wanted }));
  return true;
}

// Where the words of the columns with the caret stand.
const align = (to) => (state, dispatch) => {
  if (!isInTable(state)) return false;
  const { table, tableStart, left, right, map } = selectedRect(state), { aligns } = columnsOf(table);
  const wanted = aligns.map((now, i) => (i >= left && i < right ? to : now));
  dispatch?.(dressed(state.tr, table, tableStart - 1, { aligns: wanted, rows: headOf(table) }));
  return map.width > 0;
};

// Widths are numbers in proportion; all `null`: as wide as what the columns hold.
export const setWidths = (at, widths) => (state, dispatch) => {
  const table = state.doc.nodeAt(at);
  if (table?.type !== nodes.table) return false;
  dispatch?.(dressed(state.tr, table, at, { widths, rows: headOf(table) }));
  return true;
};
const freeWidths = (state, dispatch) => {
  if (!isInTable(state)) return false;
  const { table, tableStart, map } = selectedRect(state);
  return columnsOf(table).widths !== null && setWidths(tableStart - 1, Array(map.width).fill(null))(state, dispatch);
};

// The column with the caret wider or narrower by a twentieth of the table; its neighbour gives or takes what that is. Widths that
// nobody gave are read off the screen.
const PARTS = 50;
const drawn = (by) => (state, dispatch, view) => {
  if (!isInTable(state)) return false;
  const { table, tableStart, right, map } = selectedRect(state), column = right - 1;
  if (map.width < 2) return false;
  if (!dispatch) return true;
  const shown = [...view.nodeDOM(tableStart - 1).querySelectorAll("col")].map((col) => col.getBoundingClientRect().width);
  const given = columnsOf(table).widths || shown, whole = given.reduce((sum, width) => sum + width, 0);
  const parts = given.map((width) => Math.max(1, Math.round((PARTS * width) / whole)));
  const other = column + 1 < map.width ? column + 1 : column - 1, step = Math.round(PARTS / 20) * by;
  if (parts[column] + step < 1 || parts[other] - step < 1) return true;
  parts[column] += step;
  parts[other] -= step;
  // All equal would say that nothing was said.
  if (new Set(parts).size === 1) parts[other] += 1;
  return setWidths(tableStart - 1, parts)(state, dispatch);
};

// Joined cells may not reach from the head into the rows below it: such a row could not repeat on the next page.
const joined = (state, dispatch) => {
  if (!isInTable(state)) return false;
  const { table, top, bottom } = selectedRect(state), rows = headOf(table);
  if ((top < rows && bottom > rows) || !mergeCells(state)) return false;
  if (!dispatch) return true;
  const tr = gathered(state);
  return mergeCells(state.apply(tr), ({ steps }) => {
    steps.forEach((step) => tr.step(step));
    dispatch(tr);
  });
};

// The words of all selected cells in the first of them, as one line: a cell holds no more.
function gathered(state) {
  const cells = [], { tr } = state;
  state.selection.forEachCell((cell, at) => cells.push({ line: cell.firstChild, from: at + 2, to: at + 2 + cell.firstChild.content.size }));
  const space = state.schema.text(" "), full = cells.filter(({ line }) => line.content.size);
  const words = full.flatMap(({ line }, i) => [...(i ? [space] : []), ...line.content.content]);
  cells.sort((a, b) => b.from - a.from).forEach(({ from, to }, i) => tr.replaceWith(from, to, i === cells.length - 1 ? words : []));
  return tr;
}

export const tableCommands = {
  "row-above": addRowBefore, "row-below": addRowAfter, "column-left": addColumnBefore, "column-right": addColumnAfter,
  "delete-row": staying(deleteRow), "delete-column": staying(deleteColumn), "delete-table": deleteTable,
  join: joined, split: splitCell, head,
  "align-left": align("left"), "align-center": align("center"), "align-right": align("right"), "free-widths": freeWidths,
  wider: drawn(1), narrower: drawn(-1),
};

// Gives each cell the type, alignment and widths that its place asks for; what is as it should be stays untouched.
function dressed(tr, table, at, { rows, widths, aligns }) {
  const map = TableMap.get(table), now = columnsOf(table);
  const wide = widths || now.widths, stand = aligns || now.aligns;
  new Set(map.map).forEach((place) => {
    const cell = table.nodeAt(place), { left, top } = map.findCell(place);
    const type = top < rows ? nodes.table_header : nodes.table_cell;
    const colwidth = wide?.[left] ? wide.slice(left, left + cell.attrs.colspan) : null;
    const attrs = { ...cell.attrs, align: stand[left], colwidth };
    const same = type === cell.type && attrs.align === cell.attrs.align && String(colwidth) === String(cell.attrs.colwidth);
    if (!same) tr.setNodeMarkup(at + 1 + place, type, attrs);
  });
  return tr;
}

// What is typed, pasted and joined stays such as the source can say it: one alignment and one width a column, a head on top.
export const tidy = new Plugin({
  appendTransaction(transactions, before, state) {
    if (!transactions.some((tr) => tr.docChanged)) return null;
    const known = new Set(before.doc.children), { tr } = state;
    state.doc.forEach((block, at) => {
      if (block.type === nodes.table && !known.has(block)) dressed(tr, block, at, { rows: headOf(block) });
    });
    return tr.docChanged ? tr : null;
  },
});
