// Where a block was left open, by the rules of documents/source/blanks.py: what is marked here keeps the paper from going out there.
import { schema } from "./schema.js";

const { marks } = schema;
const NONE = "\ufffc"; // a chip, a note, a bracket that is to be printed

const DOTS = "(?<![.…])(?:…|\\.{3})(?![.…])";
const TOLD = "\\((?:ghi|nêu|điền|nhập)(?!\\p{L})[^()]*\\)";
const NUMBER = "(?:(?:phần|chương|mục|điều|khoản|điểm)\\s+[\\p{L}\\d]+[.:)]?|(?:\\d+(?:\\.\\d+)*|[ivxlc]+|[a-zđ])[.)/])\\s+";
const QUOTED = /“[^“”]*”|«[^«»]*»|"[^"\n]*"/g;
// {đơn vị} is a gap of a text or phrase that nothing filled.
const NAMED = /(?<!\{)\{(?!\{)[^{}]{0,60}\p{L}{2}[^{}]{0,60}\}|\[(?!\^)[^[\]]{0,100}\p{L}{2}[^[\]]{0,100}\]|\[\s*(?:…|\.{3,})\s*\]/gu;
const LINE = new RegExp(`^${DOTS}$|^(?:${NUMBER})+(?:${DOTS}|${TOLD})\\s*[.;]?$|:\\s*${DOTS}\\s*[.;]?$`
  + "|^điều\\s+[\\p{L}\\d]+[.:]?\\s*(?:…|\\.{3})[.…\\s]*$", "giu");
const WITHIN = new RegExp(`${DOTS}(?=\\s*/\\s*[\\p{Lu}\\d…])|[Nn]gày\\s+${DOTS}(?=\\s*(?:tháng|/))|[Tt]háng\\s+${DOTS}(?=\\s*(?:năm|/))|${DOTS}(?=\\s*giờ(?!\\p{L}))`, "gu");
const OPEN = new RegExp(`…[.…]*|\\.{3}[.…]*|${TOLD}`, "giu");

const known = new WeakMap();

const textOf = (block) => {
  let text = "";
  block.forEach((node) => {
    if (!node.isText) text += NONE.repeat(node.nodeSize);
    else text += marks.literal.isInSet(node.marks) ? NONE.repeat(node.nodeSize) : node.text;
  });
  return text;
};

function sought(block) {
  const text = textOf(block), plain = text.replace(QUOTED, (quoted) => "x".repeat(quoted.length));
  const found = new Map();
  for (const { 0: words, index } of text.matchAll(NAMED)) found.set(index, index + words.length);
  if (block.type.name === "cell_line") return found;
  const left = plain.length - plain.trimStart().length;
  const lines = [...plain.trim().matchAll(LINE)].map((line) => [line.index + left, line[0]]);
  const parts = [...plain.matchAll(WITHIN)].map((part) => [part.index, part[0]]);
  [...lines, ...parts].forEach(([at, words]) => {
    for (const open of words.matchAll(OPEN)) found.set(at + open.index, at + open.index + open[0].length);
  });
  return found;
}

// [[from, to]] within the block, in order.
export function blanksOf(block) {
  if (!known.has(block)) {
    const inOrder = [...sought(block)].sort(([a], [b]) => a - b);
    known.set(block, inOrder.filter(([from], i) => !i || from >= inOrder[i - 1][1]));
  }
  return known.get(block);
}
