// Words, emphasis, chips and notes of one block as source.

const ANGLES = /^<(?:[A-Za-z][A-Za-z0-9+.-]{1,31}:[^<>\s]*|[^\s<>@]+@[^\s<>@]+)>/;
const RULE = /^(?=.*\|) *\|? *:?-{2,}:? *(?:\| *:?-+:? *)*\|? *$/;
const SIGNS = { bold: "**", italic: "*" };

// Whether the sign at `i` would mean something, so that a backslash has to stand before it.
function means(text, i, after, { literal, cell }) {
  const sign = text[i], rest = text.slice(i, i + 400);
  switch (sign) {
    case "*": return true;
    case "\\": return "\\*[]#|{}<".includes(after || " ");
    case "[": return literal || after === "^";
    case "]": return after === "(" || after === ":";
    case "|": return cell;
    case "{": return rest.startsWith("{{cite:");
    case "<": return ANGLES.test(rest);
    default: return false;
  }
}

function escaped(text, next, look) {
  let out = "";
  for (let i = 0; i < text.length; i += 1) out += means(text, i, text[i + 1] ?? next, look) ? `\\${text[i]}` : text[i];
  return out;
}

const has = (node, name) => node.marks.some((mark) => mark.type.name === name);

// Pieces of one look; words and the spaces between them are pieces of their own.
function pieces(node) {
  const found = [];
  node.forEach((child) => {
    // Each paragraph of a note has its emphasis by itself.
    const isWords = child.type.name !== "note_break", look = { bold: isWords && has(child, "bold"), italic: isWords && has(child, "italic") };
    if (!child.isText) { found.push({ ...look, node: child }); return; }
    const literal = has(child, "literal");
    for (const part of child.text.replace(/[\n\r]/g, " ").split(/(\s+)/)) {
      if (part) found.push({ ...look, text: part, literal, blank: !part.trim() });
    }
  });
  return found;
}

// Spaces at the edges of bold and italic are neither: «**a **b» would not be bold.
function runs(node) {
  const found = pieces(node);
  for (const mark of ["bold", "italic"]) {
    const bare = found.filter((run, i) => {
      if (!run.blank || !run[mark]) return false;
      let left = i - 1, right = i + 1;
      while (found[left]?.blank && found[left][mark]) left -= 1;
      while (found[right]?.blank && found[right][mark]) right += 1;
      return !(found[left]?.[mark] && found[right]?.[mark]);
    });
    bare.forEach((run) => { run[mark] = false; });
  }
  return found;
}

// Marks are closed in the order in which they were opened; the one that lasts longer opens first.
class Marks {
  constructor(list) { this.list = list; this.open = []; }
  lasts(mark, from) {
    let i = from;
    while (i < this.list.length && this.list[i][mark]) i += 1;
    return i;
  }
  before(run, i) {
    const staying = [];
    for (const mark of this.open) {
      if (!run[mark]) break;
      staying.push(mark);
    }
    const closing = this.open.slice(staying.length).reverse();
    const opening = ["bold", "italic"].filter((mark) => run[mark] && !staying.includes(mark));
    opening.sort((a, b) => this.lasts(b, i) - this.lasts(a, i));
    this.open = [...staying, ...opening];
    return [...closing, ...opening].map((mark) => SIGNS[mark]).join("");
  }
  after() { return this.open.reverse().map((mark) => SIGNS[mark]).join(""); }
}

// The sign that follows a run, for what means something only before another sign.
function follow(run, next, isOpen) {
  if (!next) return isOpen ? "*" : "";
  return next.bold !== run.bold || next.italic !== run.italic || !next.text ? "*" : next.text[0];
}

function written(run, next, isOpen, cell) {
  if (run.text) return escaped(run.text, follow(run, next, isOpen), { literal: run.literal, cell });
  if (run.node.type.name === "cite") return `{{cite:${run.node.attrs.key}}}`;
  return run.node.type.name === "note_break" ? "\n\n    " : `[^${run.node.attrs.label}]`;
}

// `start`: whether the block begins a line.
export function inline(node, { cell = false, start = true } = {}) {
  const list = runs(node), marks = new Marks(list);
  let out = "";
  list.forEach((run, i) => {
    out += marks.before(run, i);
    out += written(run, list[i + 1], marks.open.length > 0, cell);
  });
  out = (out + marks.after()).trim();
  // Where a line begins, as each paragraph of a note does, «#» would make a title of it.
  if (start) out = out.replace(/(^|\n\n {4} *)(?=#{1,3} +\S)/g, "$1\\");
  return RULE.test(out) && !cell ? out.replace("|", "\\|") : out;
}
