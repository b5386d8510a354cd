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
  const { $head } = state.selection;
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

// The selection at a line and a column of the source.
export function selectionAt(doc, lines, line, column = 0) {
  const { line: begin, at } = pieceAt(lines, line), node = doc.nodeAt(at);
  if (!node) return Selection.atStart(doc);
  if (node.type.name === "note") return NodeSelection.create(doc, at);
  if (node.type.name === "table") return inTable(doc, node, at, line - begin, column);
  return TextSelection.create(doc, at + 1 + Math.min(column, node.content.size));
}

function inTable(doc, table, at, down, column) {
  const map = TableMap.get(table);
  let row = 0;
  while (row + 1 < map.height && lineOfRow(table, row + 1) <= down) row += 1;
  let left = column, place = 0;
  for (let x = 0; x < map.width; x += 1) {
    const cell = map.map[row * map.width + x];
    place = cell;
    left -= map.findCell(cell).left === x ? table.nodeAt(cell).textContent.length + 3 : 4;
    if (left < 0) break;
  }
  return Selection.near(doc.resolve(at + 1 + place + 2));
}
