// Plain text whose lines end within sentences, as a PDF or an e-mail gives it, and its paragraphs.

const ENDED = /[.;:!?…/]["”»)\]]?$/;
// What begins a paragraph of its own: points of a list, articles, parts.
const BEGINS = /^(?:\d+(?:\.\d+)*[.)]\s|[a-zđ][.)]\s|[IVXLC]+[.)]\s|[•·▪\uf000-\uf0ff]|(?:Điều|Chương|Mục|Phần|Phụ lục)\s+[\dIVXLCA-Z]+\b)/;
const DASH = /^[-–—+*]\s*\S/;
const PAGE_NUMBER = /^[-–]?\s*\d{1,3}\s*[-–]?$/;
const LEAST = 40;

const linesOf = (text) => text.normalize("NFC").split(/\r\n?|\n|\f/).map((line) => line.trim());
const isInside = (line, next) => !ENDED.test(line) && /^\p{Ll}/u.test(next) && !BEGINS.test(next);
// How long a line is that is full: nine in ten are no longer.
function usual(lines) {
  const lengths = lines.map((line) => line.length).sort((a, b) => a - b);
  return lengths[Math.floor(lengths.length * 0.9)] || 0;
}

// Whether so many lines end within sentences that no person can have meant it: full ones, more than one, and a third of all.
export function areBroken(text) {
  const lines = linesOf(text).filter((line) => line && !PAGE_NUMBER.test(line)), full = usual(lines) * 0.6;
  if (full < LEAST || text.includes("\t")) return false;
  const broken = lines.slice(1).filter((next, i) => lines[i].length >= full && isInside(lines[i], next)).length;
  return broken > 1 && broken * 3 >= lines.length - 1;
}

// The text with its paragraphs in one line each; numbers of pages between their halves go.
export function together(text) {
  const lines = linesOf(text), full = usual(lines.filter(Boolean)) * 0.75, paragraphs = [];
  let before = "", isApart = false;
  lines.forEach((line, i) => {
    const isFull = before && before.length >= full;
    if (!line || (isFull && PAGE_NUMBER.test(line) && isInside(before, lines.slice(i + 1).find(Boolean) || ""))) {
      isApart = true;
      return;
    }
    // «Ban Thi đua | - Khen thưởng»: a dash behind a full line that goes on begins no point.
    const isOpen = isFull && !ENDED.test(before) && !BEGINS.test(line) && !(isApart && DASH.test(line));
    const goesOn = isApart ? isOpen && isInside(before, line) : isOpen || (before && isInside(before, line));
    if (goesOn) paragraphs.push(`${paragraphs.pop()}${/[\p{L}\d][-–]$/u.test(before) ? "" : " "}${line}`);
    else paragraphs.push(line);
    [before, isApart] = [line, false];
  });
  return paragraphs.join("\n");
}
