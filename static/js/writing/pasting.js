// What a paste may put into an editor: the few tags of a body, all text NFC; into a note its words, emphasis and citations.
import { Fragment, Slice } from "../../vendor/prosemirror/prosemirror.min.js";
import { cleaned } from "./clipboard.js";
import { schema } from "./schema.js";

const { nodes } = schema;

// Before what was cleaned already, so that its notes are not cleaned away.
export const CLEANED = `<!--${Math.random()}-->`;

// All text is NFC; Windows' own Vietnamese keyboard and files of a Mac bring decomposed letters.
export const composed = (slice) => Slice.fromJSON(schema, JSON.parse(JSON.stringify(slice.toJSON() ?? null).normalize("NFC")));

// HTML of a clipboard as the tags of a body; `told` hears {what was dropped: how often}.
export function kept(html, told) {
  if (html.startsWith(CLEANED) || /data-pm-slice/.test(html)) return html;
  const { html: clean, dropped } = cleaned(html);
  told(dropped, clean !== "");
  return clean;
}

// What stands before a point of a list, as programs copy it: with a tab behind it.
const MARK = /^\s*(?:\d+(?:\.\d+)*[.)]?|[a-zđ][.)]|[IVXLC]+[.)]|[-–—+*•·o§▪●\uf000-\uf0ff])$/;
const BULLET = /^\s*[•·o§▪●\uf000-\uf0ff]\t+/;

// Plain text: lines are paragraphs; lines of as many tabs each, as Excel and Notepad give them, a table, but for points of a list.
export function ofText(text, $context) {
  const lines = text.normalize("NFC").split(/\r\n?|\n/).filter((line) => line.trim()), grid = lines.map((line) => line.split("\t"));
  const width = grid[0]?.length, marks = $context.marks();
  const words = (line) => (line.trim() ? [schema.text(line.trim().replace(/\t+/g, " "), marks)] : []);
  const isList = width === 2 && grid.every(([first]) => MARK.test(first)) && !grid.every(([first]) => /^\d+$/.test(first));
  const isGrid = lines.length > 1 && width > 1 && grid.every((row) => row.length === width) && !isList;
  if (!isGrid) return Slice.maxOpen(Fragment.from(lines.map((line) => nodes.paragraph.create(null, words(line.replace(BULLET, "- "))))));
  const row = (cells, y) => nodes.table_row.create(null, cells.map((cell) =>
    (y ? nodes.table_cell : nodes.table_header).create(null, nodes.cell_line.create(null, words(cell)))));
  return new Slice(Fragment.from(nodes.table.create(null, grid.map(row))), 0, 0);
}

// The words of a slice of a body, its blocks apart by what `between()` gives, its cells by a space; what `take` refuses is left out.
function flat(slice, between, take) {
  const found = [];
  const end = (node) => { if (found.length && !found.at(-1).isBetween) found.push({ node, isBetween: true }); };
  const walk = (node) => {
    if (node.isInline) {
      if (take(node)) found.push({ node });
      return;
    }
    if (/cell$/.test(node.type.spec.tableRole)) end(schema.text(" "));
    else if (node.isBlock && node.type !== nodes.cell_line) end(between());
    node.forEach(walk);
  };
  slice.content.forEach(walk);
  while (found.at(-1)?.isBetween) found.pop();
  return new Slice(Fragment.from(found.map(({ node }) => node)), 0, 0);
}

// A slice of a body as the words of a note: its paragraphs and rows each on a line, cells beside each other.
export function asNote(slice, told) {
  const isNote = ({ type }) => type === nodes.note || type === nodes.note_again;
  let count = 0;
  const words = flat(slice, () => nodes.note_break.create(), (node) => {
    count += isNote(node);
    return !isNote(node);
  });
  if (count) told({ "chú thích trong chú thích": count });
  return words;
}

// A slice of a body as the words of a cell, which has one line.
export function asLine(slice, told) {
  let blocks = 0;
  slice.content.descendants((node) => { blocks += node.isTextblock && node.content.size > 0; });
  if (blocks > 1) told({ "xuống dòng trong ô bảng (giữ chữ)": 1 });
  return flat(slice, () => schema.text(" "), () => true);
}

// The words of a note as paragraphs of a body, as which they are copied.
export function asBody(slice) {
  const lines = [[]];
  slice.content.forEach((node) => {
    if (node.type === nodes.note_break) lines.push([]);
    else lines.at(-1).push(node);
  });
  return new Slice(Fragment.from(lines.map((line) => nodes.paragraph.create(null, line))), 1, 1);
}
