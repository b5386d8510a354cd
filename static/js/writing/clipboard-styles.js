// What the readers of the clipboard share: what a node says of its look. Styles stand under `data-style`: see clipboard-document.js.

// A line break within a paragraph, until the paragraph is cut there.
export const BREAK = "\u2028";

// {text, facts} of each style that was met: a sheet has thousands of cells and few styles.
const known = new Map();
function read(style) {
  if (!known.has(style)) {
    const text = style.replace(/\s+/g, " ").toLowerCase(), facts = {};
    text.split(";").forEach((part) => {
      const [name, value = ""] = part.split(/:(.*)/s).map((side) => side.trim());
      facts[name] ??= value;
    });
    if (known.size > 5000) known.clear();
    known.set(style, { text, facts });
  }
  return known.get(style);
}
export const styleOf = (node) => read(node.getAttribute?.("data-style") || "").text;
export const says = (node, name) => read(node.getAttribute?.("data-style") || "").facts[name] || "";

// Where its words stand: «center», «right», … or nothing.
export const alignOf = (node) => says(node, "text-align") || (node.getAttribute("align") || "").toLowerCase();

// Spaces as a page shows them: one for many. One that keeps two words together stays where it stands between them.
export const tidy = (text) => text.replace(/[ \t\r\n\f\u00a0]+/g, (spaces, at) => (
  spaces === "\u00a0" && at && at + 1 < text.length ? spaces : " "));

// The bullet of a list, as Word has it, until it is known where it stands.
export const BULLET = "\uf0b7";

// Fonts of signs have other signs in the places of letters: «³» of Symbol is «≥». What stands here is what papers have.
const pairs = (text) => new Map(text.match(/../gu).map(([letter, sign]) => [letter, sign]));
const SIGNS = {
  symbol: pairs(`£≤³≥¹≠»≈®→¬←´×¸÷°°±±·${BULLET}¥∞Þ⇒Û⇔Ö√å∑ò∫Ç∩aαbβgγdδeεqθlλmμpπrρsσtτfφjφwωDΔSΣWΩFΦGΓPΠ`),
  wingdings: pairs(`à→ß←è→ü√û✗þ☑ý☒o□¨□q□J☺§${BULLET}n${BULLET}l${BULLET}v${BULLET}Ø${BULLET}·${BULLET}`),
};
export const fontOf = (node) => /^["']?(symbol|wingdings|webdings)/.exec(
  says(node, "mso-symbol-font-family") || says(node, "font-family") || (node.getAttribute("face") || "").toLowerCase(),
)?.[1];
// What a letter of such a font shows; `undefined` where that is not known. Word gives some by codes of its own use.
export const signOf = (letter, font) => {
  const code = letter.charCodeAt(0);
  return SIGNS[font]?.get(code >= 0xf000 && code <= 0xf0ff ? String.fromCharCode(code - 0xf000) : letter);
};

const says1 = (node, names) => names.map((name) => says(node, name)).find(Boolean);

// What `node` says of its words; what it does not say is as around it.
function own(node, around) {
  const weight = says(node, "font-weight"), slant = says(node, "font-style"), transform = says(node, "text-transform");
  const space = says1(node, ["white-space", "white-space-collapse"]), font = says1(node, ["mso-symbol-font-family", "font-family"]);
  return {
    bold: weight ? /^bold/.test(weight) || Number(weight) >= 600 : /^(B|STRONG|H[4-6])$/.test(node.tagName) || around.bold,
    italic: slant ? /italic|oblique/.test(slant) : /^(I|EM)$/.test(node.tagName) || around.italic,
    upper: transform ? transform === "uppercase" : around.upper,
    lines: node.tagName === "PRE" || (space ? /^(pre|break|preserve)/.test(space) : around.lines),
    signs: fontOf(node) || (font ? null : around.signs),
  };
}

// {bold, italic, upper: in capitals, lines: its line ends count, signs: the font of signs} of the words in a node. Bold and
// italic of titles and heads are those of all titles and heads.
export class Looks {
  constructor() { this.known = new Map(); }
  of(node) {
    if (!node || node.tagName === "BODY") return {};
    if (!this.known.has(node)) {
      const around = this.of(node.parentElement), look = own(node, around);
      this.known.set(node, /^(TH|H[1-3])$/.test(node.tagName) ? { ...look, bold: false, italic: false } : look);
    }
    return this.known.get(node);
  }
}
