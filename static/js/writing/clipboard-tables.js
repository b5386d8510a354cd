// Tables on the clipboard: cells with one line of words, joined ones as they were joined; what only sets out a page is no table.
import { counted } from "./clipboard-lists.js";
import { alignOf, BREAK, styleOf } from "./clipboard-styles.js";

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
    found.push(line, (child.tagName === "LI" ? counted(child) : "") + first, ...rest);
    line = "";
  });
  return [...found, line].flatMap((words) => words.split(BREAK)).filter((words) => words.trim());
}

// Its lines become one, for a cell of a body has one.
function words(reader, cell) {
  const found = lines(reader, cell);
  if (found.length > 1 && !reader.isSheet) reader.drop("xuống dòng trong ô bảng (giữ chữ)");
  return found.map((line) => line.trim()).join(" ");
}

// «center» or «right», as most of its words stand; those at the left are as all are.
function align(cell) {
  const said = alignOf([...cell.querySelectorAll("p, div")].find((line) => line.textContent.trim() && alignOf(line)) || cell);
  return { center: "center", right: "right", end: "right" }[said] || "";
}

const empty = () => ({ words: "", align: "", wide: 1, high: 1 });

// [[{words, align, wide, high} or null where a joined cell reaches]], as many in each row.
function gridOf(reader, rows) {
  const grid = rows.map(() => []);
  rows.forEach((row, y) => [...row.cells].forEach((cell) => {
    let x = 0;
    while (grid[y][x] !== undefined) x += 1;
    const wide = Math.min(cell.colSpan || 1, 100), high = Math.min(cell.rowSpan || 1, rows.length - y);
    // Excel writes empty cells beside each other as one, and words that reach over those at their right.
    const isJoined = !/mso-ignore: ?colspan/.test(styleOf(cell));
    for (let dy = 0; dy < high; dy += 1) for (let dx = 0; dx < wide; dx += 1) grid[y + dy][x + dx] = isJoined ? null : empty();
    grid[y][x] = { words: words(reader, cell), align: align(cell), ...(isJoined ? { wide, high } : { wide: 1, high: 1 }) };
  }));
  const width = Math.max(0, ...grid.map((row) => row.length));
  grid.forEach((row) => {
    for (let x = 0; x < width; x += 1) row[x] = row[x] === undefined ? empty() : row[x];
  });
  return grid;
}

const isHidden = (node) => /display: ?none/.test(styleOf(node));

// Which columns Excel hides: [true for one that is seen].
function seenColumns(table, width) {
  const seen = [...table.querySelectorAll("col")].filter((col) => col.closest("table") === table)
    .flatMap((col) => Array(Math.min(col.span || 1, 300)).fill(!isHidden(col)));
  return Array.from({ length: width }, (_, x) => seen[x] ?? true);
}

// How many of `kept` stand before each place.
function counts(kept) {
  const found = [0];
  kept.forEach((is) => found.push(found.at(-1) + (is ? 1 : 0)));
  return found;
}

// The grid without some of its rows and columns; joined cells reach over those that stay.
function only(grid, rows, columns) {
  const down = counts(rows), right = counts(columns);
  const found = Array.from({ length: down.at(-1) }, () => Array(right.at(-1)).fill(null));
  grid.forEach((row, y) => row.forEach((cell, x) => {
    if (!cell) return;
    const high = down[y + cell.high] - down[y], wide = right[x + cell.wide] - right[x];
    if (high && wide) found[down[y]][right[x]] = { ...cell, high, wide };
  }));
  return found;
}

// {grid, rows}: what is seen of a table; of a sheet without the rows that have no words.
function seen(reader, table) {
  const rows = [...table.rows], grid = gridOf(reader, rows), columns = seenColumns(table, grid[0]?.length || 0);
  const isShown = rows.map((row) => !isHidden(row));
  const told = (what, cells) => { if (cells.some((cell) => cell?.words)) reader.drop(what); };
  grid.forEach((row, y) => { if (!isShown[y]) told("hàng ẩn của bảng", row); });
  columns.forEach((is, x) => { if (!is) told("cột ẩn của bảng", grid.map((row) => row[x])); });
  const isBlank = (row) => row.every((cell) => cell && !cell.words && cell.high === 1);
  const kept = isShown.map((is, y) => is && !(reader.isSheet && isBlank(grid[y])));
  return { grid: only(grid, kept, columns), rows: rows.filter((_, y) => kept[y]) };
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

// A column stands as all its cells below the head do, where they agree.
function aligns(grid, head) {
  return grid[0].map((_, x) => {
    const said = new Set(grid.slice(head).map((row) => row[x]).filter((cell) => cell?.words && cell.wide === 1).map((cell) => cell.align));
    return said.size === 1 ? [...said][0] : "";
  });
}

// Whether a table only sets out a page, as the head of a letter or the frame around a law: it has one column, or no lines, few
// rows and several paragraphs in the first.
function isFrame(table) {
  const rows = [...table.rows], cells = rows.flatMap((row) => [...row.cells]);
  if (rows.every((row) => row.cells.length < 2)) return true;
  const isRuled = Number(table.getAttribute("border")) > 0 || cells.some((cell) => /border[^;]*(solid|double|dotted|dashed)/.test(styleOf(cell)));
  return !isRuled && rows.length < 3 && [...rows[0].cells].some((cell) => (
    cell.querySelector("p, div") && cell.querySelectorAll("p, div, li, br").length > 1));
}

const plain = (text) => text.replace(/<\/?strong>/g, "");
const spans = ({ wide, high }) => `${wide > 1 ? ` colspan="${wide}"` : ""}${high > 1 ? ` rowspan="${high}"` : ""}`;

export function tableOf(reader, table) {
  [...table.querySelectorAll("caption")].filter((caption) => caption.closest("table") === table).forEach((caption) => reader.walk(caption));
  if (isFrame(table)) {
    if ([...table.rows].some((row) => row.cells.length > 1)) reader.drop("bảng dàn trang không kẻ (giữ chữ)");
    [...table.rows].filter((row) => !isHidden(row)).forEach((row) => [...row.cells].forEach((cell) => reader.walk(cell)));
    return;
  }
  table.querySelectorAll("table").forEach((inner) => {
    if (!inner.closest("[data-style*='vglayout']")) reader.drop("bảng trong bảng (giữ chữ)");
  });
  const { grid, rows } = seen(reader, table);
  // An empty table is a blank to be filled in, or holds a page's pictures apart.
  if (!grid.length || !grid[0].length || (!reader.isWord && !grid.some((row) => row.some((cell) => cell?.words)))) return;
  const head = headOf(rows, grid);
  cut(grid, head);
  const stand = aligns(grid, head);
  const lines = grid.map((row, y) => row.map((cell, x) => {
    if (!cell) return "";
    const tag = y < head ? "th" : "td", look = stand[x] && cell.wide === 1 ? ` class="align-${stand[x]}"` : "";
    return `<${tag}${look}${spans(cell)}>${y < head ? plain(cell.words) : cell.words}</${tag}>`;
  }).join(""));
  reader.out.push(`<table>${lines.map((line) => `<tr>${line}</tr>`).join("")}</table>`);
}
