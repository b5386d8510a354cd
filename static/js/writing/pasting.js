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
  told(dropped);
  return clean;
}

// Plain text: lines are paragraphs; lines of as many tabs each, as Excel and Notepad give them, a table.
export function ofText(text, $context) {
  const lines = text.normalize("NFC").split(/\r\n?|\n/).filter((line) => line.trim()), grid = lines.map((line) => line.split("\t"));
  const width = grid[0]?.length, marks = $context.marks();
  const words = (line) => (line.trim() ? [schema.text(line.trim().replace(/\t+/g, " "), marks)] : []);
  const isGrid = lines.length > 1 && width > 1 && grid.every((row) => row.length === width) && lines.every((line) => line.trim() !== "");
  if (!isGrid) return Slice.maxOpen(Fragment.from(lines.map((line) => nodes.paragraph.create(null, words(line)))));
  const row = (cells, y) => nodes.table_row.create(null, cells.map((cell) =>
    (y ? nodes.table_cell : nodes.table_header).create(null, nodes.cell_line.create(null, words(cell)))));
  return new Slice(Fragment.from(nodes.table.create(null, grid.map(row))), 0, 0);
}

// A slice of a body as the words of a note: its paragraphs and rows each on a line, cells beside each other.
export function asNote(slice, told) {
  const found = [], dropped = {};
  const end = (between) => { if (found.length && found.at(-1).type !== nodes.note_break) found.push(between); };
  const walk = (node) => {
    if (node.isText || node.type === nodes.cite || node.type === nodes.note_break) found.push(node);
    else if (node.type === nodes.note || node.type === nodes.note_again) dropped["chú thích trong chú thích"] = (dropped["chú thích trong chú thích"] || 0) + 1;
    else {
      if (node.type.spec.tableRole === "cell" || node.type.spec.tableRole === "header_cell") end(schema.text(" "));
      else if (node.isBlock && node.type !== nodes.cell_line) end(nodes.note_break.create());
      node.forEach(walk);
    }
  };
  slice.content.forEach(walk);
  while (found.at(-1)?.type === nodes.note_break) found.pop();
  told(dropped);
  return new Slice(Fragment.from(found), 0, 0);
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
