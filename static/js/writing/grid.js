// A table as source: joined cells as «<» and «^», widths as dashes, a second rule below a head of several rows.
import { TableMap } from "../../vendor/prosemirror/prosemirror.min.js";
import { inline } from "./inline.js";

const isHead = (cell) => cell?.type.name === "table_header";

// How many rows of a table are its head: the first, all behind it that hold nothing but heads, and what their cells span.
export function headOf(table) {
  const map = TableMap.get(table);
  const isOfHead = (row) => table.child(row).childCount > 0 && table.child(row).content.content.every(isHead);
  let rows = 1;
  for (let row = 0; row < map.height && (row < rows || isOfHead(row)); row += 1) {
    const bottoms = map.map.slice(row * map.width, (row + 1) * map.width).map((at) => map.findCell(at).bottom);
    rows = Math.max(rows, row + 1, ...bottoms);
  }
  return Math.min(rows, map.height);
}

const SHORT = 3; // dashes: a rule line of no more in any column says nothing of widths (documents/source/grids.py)

// {widths, aligns} of the columns; widths are `null` where each is as wide as what it holds.
export function columnsOf(table) {
  const map = TableMap.get(table), widths = Array(map.width).fill(null), aligns = Array(map.width).fill(undefined);
  new Set(map.map).forEach((at) => {
    const { align, colspan, colwidth } = table.nodeAt(at).attrs, { left } = map.findCell(at);
    for (let i = 0; i < colspan; i += 1) widths[left + i] ??= colwidth?.[i] || null;
    if (colspan === 1 && aligns[left] === undefined) aligns[left] = align;
  });
  const known = widths.filter(Boolean);
  const usual = Math.max(1, Math.round(known.reduce((sum, width) => sum + width, 0) / (known.length || 1)));
  const some = widths.map((width) => width || usual), times = Math.max(...some) > SHORT ? 1 : SHORT + 1;
  const full = some.map((width) => width * times);
  return { widths: new Set(full).size > 1 ? full : null, aligns: aligns.map((align) => align || null) };
}

const words = (cell) => {
  const text = inline(cell.firstChild, { cell: true, start: false });
  return text === "<" || text === "^" ? `\\${text}` : text;
};

function rule(widths, aligns) {
  return `|${aligns.map((align, i) => {
    const dashes = "-".repeat(widths ? widths[i] : 3);
    return `${align === "left" || align === "center" ? ":" : ""}${dashes}${align === "right" || align === "center" ? ":" : ""}`;
  }).join("|")}|`;
}

export function gridSource(table) {
  const map = TableMap.get(table), { widths, aligns } = columnsOf(table), head = headOf(table);
  const lines = [];
  for (let row = 0; row < map.height; row += 1) {
    const cells = [];
    for (let column = 0; column < map.width; column += 1) {
      const at = map.map[row * map.width + column], { left, top } = map.findCell(at);
      cells.push(row === top && column === left ? words(table.nodeAt(at)) : column > left ? "<" : "^");
    }
    lines.push(`| ${cells.join(" | ")} |`);
  }
  if (head > 1) lines.splice(head, 0, rule(null, aligns.map(() => null)));
  lines.splice(1, 0, rule(widths, aligns));
  return lines.join("\n");
}
