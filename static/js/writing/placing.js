// Where the caret stands, as a line and a column of the source, and the place of the document that these name.
import { NodeSelection, Selection, TableMap, TextSelection } from "../../vendor/prosemirror/prosemirror.min.js";
import { headOf } from "./grid.js";

// What begins at or before a line of the source, the last of it: {line, at}.
export function pieceAt(lines, line) {
  return lines.filter((each) => each.line <= line).reduce((found, each) => (each.line >= found.line ? each : found), { line: 0, at: 0 });
}

// Which line of a table's source a row is: the rule stands below the first, a second one below a head of several.
const lineOfRow = (table, row) => row + (row > 0) + (headOf(table) > 1 && row >= headOf(table));

// {line, column} of the caret of `state`; `lines` as `written` gives them.
export function caretLine(state, lines) {
  const { $head, node, from } = state.selection;
  // The words of a note stand at the foot of a page: where its definition is.
  const note = node?.type.name === "note" && lines.find((each) => each.at === from);
  if (note) return { line: note.line, column: 0 };
  if (!$head.depth) return { line: 1, column: 0 };
  const at = $head.before(1), begin = lines.find((each) => each.at === at)?.line || 1, block = $head.node(1);
  if (block.type.name !== "table") return { line: begin, column: $head.parentOffset };
  return { line: begin + lineOfRow(block, $head.index(1)), column: columnOf(block, $head) };
}

// Of cells the letters before the caret's one, and the bars between them.
function columnOf(table, $head) {
  if ($head.depth < 2) return 0;
  const row = table.child($head.index(1));
  let column = 0;
  for (let i = 0; i < $head.index(2) && i < row.childCount; i += 1) column += row.child(i).textContent.length + 3;
  return column + 2 + ($head.parent.inlineContent ? $head.parentOffset : 0);
}

// The selection at a line and a column of the source; in a table in the cell of the row that is told, if one is.
export function selectionAt(doc, lines, line, column = 0, { cell, before = 0 } = {}) {
  const { line: begin, at } = pieceAt(lines, line), node = doc.nodeAt(at);
  if (!node) return Selection.atStart(doc);
  if (node.type.name === "note") return NodeSelection.create(doc, at);
  if (node.type.name === "table") {
    const row = rowOf(node, line - begin);
    return cell === undefined ? inTable(doc, node, at, row, column) : inCell(doc, node, at, row, cell, before);
  }
  return TextSelection.create(doc, at + 1 + Math.min(column, node.content.size));
}

function rowOf(table, down) {
  let row = 0;
  while (row + 1 < table.childCount && lineOfRow(table, row + 1) <= down) row += 1;
  return row;
}

function inCell(doc, table, at, row, cell, before) {
  const cells = table.child(row), last = Math.min(cell, cells.childCount - 1);
  if (last < 0) return Selection.near(doc.resolve(at + 1));
  let place = at + 2;
  for (let i = 0; i < row; i += 1) place += table.child(i).nodeSize;
  for (let i = 0; i < last; i += 1) place += cells.child(i).nodeSize;
  return TextSelection.near(doc.resolve(place + 2 + Math.min(before, cells.child(last).firstChild.content.size)));
}

function inTable(doc, table, at, row, column) {
  const map = TableMap.get(table);
  let left = column, place = 0;
  for (let x = 0; x < map.width; x += 1) {
    const cell = map.map[row * map.width + x];
    place = cell;
    left -= map.findCell(cell).left === x ? table.nodeAt(cell).textContent.length + 3 : 4;
    if (left < 0) break;
  }
  return Selection.near(doc.resolve(at + 1 + place + 2));
}
