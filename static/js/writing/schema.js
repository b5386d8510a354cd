// What a body may hold, and nothing else: the schema is the contract of the source form.
import { Schema } from "../../vendor/prosemirror/prosemirror.min.js";

// raw: the characters that a block came from; canon: what it would have been written as then; at: which block it was;
// gap: the line ends before it; places: definitions of notes that stand behind it. See write.js.
const source = {
  raw: { default: null }, canon: { default: null }, at: { default: null }, gap: { default: null }, places: { default: null },
};
const spans = { align: { default: null }, colspan: { default: 1 }, rowspan: { default: 1 }, colwidth: { default: null } };
// Bounded: a page may put anything onto the clipboard, in the form of this editor too.
const span = (dom, name) => Math.min(Math.max(Math.trunc(Number(dom.getAttribute(name))) || 1, 1), 200);
function spanned(dom) {
  const colspan = span(dom, "colspan"), align = /\balign-(left|center|right)\b/.exec(dom.className)?.[1] || null;
  const widths = (dom.dataset.widths || "").split(",").map(Number);
  const isWide = widths.length === colspan && widths.every((width) => Number.isInteger(width) && width > 0 && width < 1000);
  return { colspan, rowspan: span(dom, "rowspan"), align, colwidth: isWide ? widths : null };
}

function cell(tag, role) {
  return {
    content: "cell_line", tableRole: role, isolating: true, attrs: spans,
    parseDOM: [{ tag, getAttrs: spanned }],
    toDOM({ attrs }) {
      const shown = attrs.align ? { class: `align-${attrs.align}` } : {};
      if (attrs.colspan > 1) shown.colspan = attrs.colspan;
      if (attrs.rowspan > 1) shown.rowspan = attrs.rowspan;
      // For what is copied: they are drawn by the table.
      if (attrs.colwidth) shown["data-widths"] = attrs.colwidth.join(",");
      return [tag, shown, 0];
    },
  };
}

export const schema = new Schema({
  nodes: {
    doc: { content: "(paragraph | title | table)+", attrs: { tail: { default: "" }, places: { default: null } } },
    paragraph: { content: "inline*", attrs: source, parseDOM: [{ tag: "p" }], toDOM: () => ["p", 0] },
    title: {
      content: "inline*", attrs: { ...source, level: { default: 2 } }, defining: true,
      parseDOM: [1, 2, 3].map((level) => ({ tag: `h${level}`, attrs: { level } })),
      toDOM: (node) => [`h${node.attrs.level}`, 0],
    },
    table: {
      content: "table_row+", tableRole: "table", isolating: true, attrs: source,
      parseDOM: [{ tag: "table" }], toDOM: () => ["table", ["tbody", 0]],
    },
    table_row: {
      content: "(table_cell | table_header)*", tableRole: "row", parseDOM: [{ tag: "tr" }], toDOM: () => ["tr", 0],
    },
    table_cell: cell("td", "cell"),
    table_header: cell("th", "header_cell"),
    cell_line: {
      // Words that are copied out of a cell know that they are no paragraph.
      content: "inline*", toDOM: () => ["p", { "data-cell-line": "" }, 0],
      parseDOM: [{ tag: "p[data-cell-line]", priority: 60 }, { tag: "p", context: "table_cell/|table_header/", priority: 60 }],
    },
    text: { group: "inline" },
    cite: {
      group: "inline", inline: true, atom: true, attrs: { key: {} },
      parseDOM: [{ tag: "span[data-cite]", getAttrs: (dom) => ({ key: dom.dataset.cite }) }],
      toDOM: (node) => ["span", { class: "chip", "data-cite": node.attrs.key }, node.attrs.key],
    },
    // Its words are its content; the editor around it takes it for one letter, and an editor of its own opens for it (note.js).
    note: {
      group: "inline", inline: true, atom: true, content: "(text | cite | note_break)*", attrs: { label: { default: null } },
      parseDOM: [{ tag: "span[data-note]", getAttrs: (dom) => ({ label: dom.dataset.note || null }) }],
      toDOM: (node) => ["span", { "data-note": node.attrs.label || "" }, 0],
    },
    // The second place that cites a note.
    note_again: {
      group: "inline", inline: true, atom: true, attrs: { label: {} },
      parseDOM: [{ tag: "sup.note-again", getAttrs: (dom) => ({ label: dom.textContent }) }],
      toDOM: (node) => ["sup", { class: "note-again" }, node.attrs.label],
    },
    note_break: {
      inline: true, selectable: false, parseDOM: [{ tag: "br", context: "note/" }], toDOM: () => ["br"],
    },
  },
  marks: {
    bold: { parseDOM: [{ tag: "strong" }], toDOM: () => ["strong", 0] },
    italic: { parseDOM: [{ tag: "em" }], toDOM: () => ["em", 0] },
    // A bracket that is to be printed, where «[…]» would be a blank to fill in.
    literal: { inclusive: false, parseDOM: [{ tag: "span.literal" }], toDOM: () => ["span", { class: "literal" }, 0] },
  },
});
