// Tables on the clipboard: cells with one line of words, joined ones as they were joined.
import { BREAK, styleOf } from "./clipboard-styles.js";

// The lines of a cell: its paragraphs, items of lists with their signs, cells of a table within it, and the words between them.
function lines(reader, node) {
  const found = [];
  let line = "";
  [...node.childNodes].forEach((child) => {
    if (!reader.isBlock(child)) {
      line += reader.inline(child);
      return;
    }
    const [first = "", ...rest] = lines(reader, child);
    found.push(line, reader.signOf(child) + first, ...rest);
    line = "";
  });
  return [...found, line].filter((words) => words.replaceAll(BREAK, " ").trim());
}

// Its lines become one, for a cell of a body has one.
const words = (reader, cell) => lines(reader, cell).map((line) => line.replaceAll(BREAK, " ").trim()).join(" ");

const empty = () => ({ words: "", wide: 1, high: 1 });

// [[{words, wide, high} or null where a joined cell reaches]], as many in each row.
function gridOf(reader, rows) {
  const grid = rows.map(() => []);
  rows.forEach((row, y) => [...row.cells].forEach((cell) => {
    let x = 0;
    while (grid[y][x] !== undefined) x += 1;
    const wide = Math.min(cell.colSpan || 1, 100), high = Math.min(cell.rowSpan || 1, rows.length - y);
    for (let dy = 0; dy < high; dy += 1) for (let dx = 0; dx < wide; dx += 1) grid[y + dy][x + dx] = null;
    grid[y][x] = { words: words(reader, cell), wide, high };
  }));
  const width = Math.max(0, ...grid.map((row) => row.length));
  grid.forEach((row) => {
    for (let x = 0; x < width; x += 1) row[x] = row[x] === undefined ? empty() : row[x];
  });
  return grid;
}

// How many rows repeat as the head: those that say so, and what their joined cells reach.
function headOf(rows, grid) {
  const told = rows.findIndex((row) => !(row.closest("thead") || /mso-yfti-firstrow|row-header/.test(styleOf(row))
    || (row.cells.length && [...row.cells].every((cell) => cell.tagName === "TH"))));
  let head = Math.max(1, told < 0 ? 1 : told);
  for (let y = 0; y < Math.min(head, grid.length); y += 1) {
    grid[y].forEach((cell) => { head = Math.max(head, cell ? y + cell.high : 1); });
  }
  // A joined cell that reaches down the whole table is no head.
  return head < grid.length ? head : 1;
}

// A cell of the head ends with it.
function cut(grid, head) {
  grid.slice(0, head).forEach((row, y) => row.forEach((cell, x) => {
    if (!cell || y + cell.high <= head) return;
    for (let below = head; below < y + cell.high; below += 1) for (let i = 0; i < cell.wide; i += 1) grid[below][x + i] = empty();
    cell.high = head - y;
  }));
}

const plain = (text) => text.replace(/<\/?strong>/g, "");
const spans = ({ wide, high }) => `${wide > 1 ? ` colspan="${wide}"` : ""}${high > 1 ? ` rowspan="${high}"` : ""}`;

export function tableOf(reader, table) {
  const nested = [...table.querySelectorAll("table")];
  nested.forEach(() => reader.drop("bảng trong bảng (giữ chữ)"));
  const all = [...table.rows], whole = gridOf(reader, all);
  // Excel gives rows without words below those that have some.
  const kept = whole.map((row) => row.some((cell) => !cell || cell.words || cell.high > 1));
  const rows = all.filter((_, y) => kept[y]), grid = whole.filter((_, y) => kept[y]);
  if (!grid.some((row) => row.some((cell) => cell?.words))) return;
  // Words set out in a frame of one column are paragraphs, no table.
  if (grid[0].length === 1) {
    grid.forEach(([cell]) => cell && reader.paragraph(cell.words));
    return;
  }
  const head = headOf(rows, grid);
  cut(grid, head);
  const lines = grid.map((row, y) => row.filter(Boolean).map((cell) => {
    const tag = y < head ? "th" : "td";
    return `<${tag}${spans(cell)}>${y < head ? plain(cell.words) : cell.words}</${tag}>`;
  }).join(""));
  reader.out.push(`<table>${lines.map((line) => `<tr>${line}</tr>`).join("")}</table>`);
}
