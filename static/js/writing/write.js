// An editor's document as source. What nobody touched is written as it was read, to the byte.
import { gridSource } from "./grid.js";
import { inline } from "./inline.js";

export function canon(block) {
  if (block.type.name === "table") return gridSource(block);
  if (block.type.name !== "title") return inline(block);
  const words = inline(block, { start: false });
  return words && `${"#".repeat(block.attrs.level)} ${words}`;
}

const definition = (note) => `[^${note.attrs.label}]: ${inline(note)}`;

// {label: {node, at}} of the notes of a document.
function notesOf(doc) {
  const notes = new Map();
  doc.descendants((node, at) => {
    if (node.type.name === "note" && !notes.has(node.attrs.label)) notes.set(node.attrs.label, { node, at });
  });
  return notes;
}

// A document as it was loaded: each block learns what it would be written as, so that a later change can be told.
export function prepared(doc) {
  const notes = notesOf(doc);
  const known = (places) => (places || []).map((place) => {
    const note = notes.get(place.label);
    return { ...place, canon: note ? definition(note.node) : null };
  });
  const blocks = [];
  doc.forEach((block, _, at) => {
    const attrs = { ...block.attrs, at, canon: canon(block), places: known(block.attrs.places) };
    blocks.push(block.type.create(attrs, block.content, block.marks));
  });
  return doc.type.create({ ...doc.attrs, places: known(doc.attrs.places) }, blocks);
}

class Writer {
  constructor(doc) {
    this.doc = doc;
    this.notes = notesOf(doc);
    this.written = new Set();
    this.out = "";
    this.last = null;
    // [{line, at}]: on which line, from 1, what stands at a place of the document begins.
    this.lines = [];
    this.line = 1;
  }
  add(text, at) {
    if (at !== undefined) this.lines.push({ line: this.line, at });
    this.out += text;
    for (let i = text.indexOf("\n"); i >= 0; i = text.indexOf("\n", i + 1)) this.line += 1;
  }
  places(places) {
    (places || []).forEach((place) => {
      const note = this.notes.get(place.label);
      if (!note || this.written.has(place.label)) return;
      this.written.add(place.label);
      const now = definition(note.node), same = now === place.canon;
      this.add(this.out || this.last === null ? place.gap : "\n\n");
      this.add(same ? place.raw : now, note.at);
      this.last = same && this.last ? this.last : { at: -9 };
    });
  }
  block(block, at) {
    const now = canon(block), { raw, gap } = block.attrs;
    const same = raw !== null && now === block.attrs.canon;
    if (now || same) {
      // A block that follows without an empty line does so only where both are what they were.
      const follows = same && this.last?.at === block.attrs.at - 1;
      const kept = gap !== null && (/\n[ \t]*\n/.test(gap) || follows) && (this.out !== "" || block.attrs.at === 0);
      this.add(kept ? gap : this.out ? "\n\n" : "");
      this.add(same ? raw : now, at);
      this.last = { at: same ? block.attrs.at : -9 };
    }
    this.places(block.attrs.places);
  }
  left() {
    [...this.notes.values()].filter(({ node }) => !this.written.has(node.attrs.label)).forEach(({ node, at }, i) => {
      this.add(i ? "\n" : "\n\n");
      this.add(definition(node), at);
    });
  }
  whole() {
    this.places(this.doc.attrs.places);
    this.doc.forEach((block, at) => this.block(block, at));
    this.left();
    this.add(this.doc.attrs.tail || "");
    return { source: this.out.normalize("NFC"), lines: this.lines };
  }
}

// {source, lines}: the document as source, and on which line, from 1, what stands at a place of the document begins.
export const written = (doc) => new Writer(doc).whole();
export const write = (doc) => written(doc).source;

// The document as the server compares it with the source: without what is only the writer's.
export function sent(node) {
  const plain = node.toJSON();
  const bare = (piece) => {
    if (piece.attrs) {
      const { raw, canon: _, at, gap, places, tail, ...kept } = piece.attrs;
      piece.attrs = kept;
    }
    (piece.content || []).forEach(bare);
    return piece;
  };
  return bare(plain);
}
