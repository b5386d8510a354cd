// The clipboard of Word, LibreOffice, Excel and web pages as the few tags that a body may hold. Works on an inert document
// (nothing is fetched, no script runs) and reads styles as text: a strict style-src empties `element.style` there.
import { counted, marker } from "./clipboard-lists.js";
import { BREAK, says, styleOf, tidy } from "./clipboard-styles.js";
import { tableOf } from "./clipboard-tables.js";

const DROP = "[data-was], script, style, xml, title, iframe, object, embed, svg, math, input, button, select, textarea, "
  + "template, noscript, frame, frameset, applet";
const BLOCKS = new Set(("P DIV H1 H2 H3 H4 H5 H6 LI UL OL TABLE BLOCKQUOTE SECTION ARTICLE PRE DT DD DL CENTER HR TBODY TR TD TH "
  + "HEADER FOOTER MAIN FIGURE FORM FIELDSET").split(" "));
const ANY_BLOCK = [...BLOCKS].join(",");
const escape = (text) => text.replace(/[&<>"]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[sign]);

// Even a document that is never shown reports every style attribute and element to a strict style-src, and empties
// `element.style`: Word's clipboard would give hundreds of violations; a base is reported too. So these are renamed before
// anything is parsed.
const renamed = (html) => html.replace(/<style\b[\s\S]*?(<\/style\s*>|$)/gi, "").replace(/<(base|meta|link)\b/gi, "<br data-was=$1 hidden")
  .replace(/<[a-z][^<>]*>/gi, (tag) => tag.replace(/(\s)style(?=\s*=)/gi, "$1data-style"));

const HIDDEN = /mso-element: ?comment|mso-hide: ?all|display: ?none|visibility: ?hidden/;
const NOTE_MARKS = "a[data-style*='mso-footnote-id'], a[data-style*='mso-endnote-id'], a.sdfootnotesym, a.sdendnotesym";

const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹", LOWERED = "₀₁₂₃₄₅₆₇₈₉";
// Black and white say nothing, nor does what a program gives every word.
const PLAIN = /^(|url\(.*|auto|inherit|initial|transparent|none|black|white|windowtext|window|#000|#000000|#fff|#ffffff|rgba?\((0, ?0, ?0|255, ?255, ?255)(, ?[\d.]+)?\)|rgb\(34, 34, 34\)|#222222|#222|#333333|#333)$/;
const colourOf = (value) => (/^rgba?\([^)]*\)/.exec(value) || /^\S*/.exec(value))[0];
const isColoured = (node) => [says(node, "color"), says(node, "background"), says(node, "background-color"), says(node, "mso-highlight"),
  (node.getAttribute("color") || "").toLowerCase()].some((value) => !PLAIN.test(colourOf(value))) && node.textContent.trim() && node.tagName !== "A";
const isCentred = (node) => /^(center|right|end)$/.test(says(node, "text-align") || (node.getAttribute("align") || "").toLowerCase())
  && !node.closest("td, th") && node.textContent.trim();

class Reader {
  constructor(html) {
    this.doc = new DOMParser().parseFromString(renamed(html), "text/html");
    this.dropped = {};
    this.notes = new Map();
    this.out = [];
  }
  drop(what, node) {
    this.dropped[what] = (this.dropped[what] || 0) + 1;
    node?.remove();
  }
  all(selector) { return [...this.doc.querySelectorAll(selector)]; }
  // What a body cannot hold goes, and is counted where the person would miss it.
  clear() {
    this.all(DROP).forEach((node) => node.remove());
    this.all("img, video, audio, canvas, picture").forEach((node) => this.drop("hình", node));
    this.all("del").forEach((node) => this.drop("chữ đã xóa (theo dõi thay đổi của Word)", node));
    this.all(".MsoCommentReference, [id^=_anchor_], [href^='#_msocom']").forEach((node) => this.drop("nhận xét", node));
    this.all("[data-style]").filter((node) => HIDDEN.test(styleOf(node)) && !styleOf(node).includes("mso-special-character"))
      .forEach((node) => this.drop("chữ ẩn, nhận xét", node));
    this.all("a[href]").filter((node) => /^(https?|mailto|file):/i.test(node.getAttribute("href")))
      .forEach(() => this.drop("liên kết (giữ chữ)"));
    this.all("u, s, strike").forEach(() => this.drop("gạch chân, gạch ngang (giữ chữ)"));
    this.all("sup, sub").forEach((node) => this.raise(node));
    if (this.all("[data-style], font[color]").some(isColoured)) this.drop("màu chữ, màu nền");
    if (this.all("p, div, h1, h2, h3, h4, h5, h6").some(isCentred)) this.drop("căn giữa, căn phải");
  }
  // «m²» and «CO₂» have signs of their own; of what is no figure the words are kept.
  raise(node) {
    const signs = node.tagName === "SUP" ? RAISED : LOWERED, text = node.textContent.trim();
    if (/^\d+$/.test(text) && !node.querySelector("a")) node.textContent = text.replace(/\d/g, (digit) => signs[digit]);
    else if (text && !node.querySelector("a")) this.drop("chỉ số trên, dưới (giữ chữ)");
  }
  // Notes of Word and LibreOffice stand at the end, each in a box with a name.
  takeNotes() {
    this.all("div[id]").forEach((node) => {
      const isNote = /mso-element: ?(foot|end)note(;|$)/.test(styleOf(node)) || /^sd(foot|end)note\d+$/.test(node.id);
      if (!isNote) return;
      node.querySelectorAll(NOTE_MARKS).forEach((mark) => mark.remove());
      const lines = [...node.querySelectorAll("p")].map((line) => this.inline(line).trim()).filter(Boolean);
      this.notes.set(node.id, (lines.join("<br>") || this.inline(node).trim()).replaceAll(BREAK, " "));
      node.remove();
    });
    this.all("[data-style*='footnote-list'], [data-style*='endnote-list']").forEach((node) => node.remove());
  }
  // The mark of a note as the note itself; `null` for what is none.
  reference(node) {
    if (node.tagName !== "A") return null;
    const word = /mso-(?:foot|end)note-id: ?([a-z]+\d+)/.exec(styleOf(node));
    const office = /^sd(foot|end)note(\d+)anc$/.exec(node.getAttribute("name") || node.id || "");
    const id = word ? word[1] : office ? `sd${office[1]}note${office[2]}` : null;
    if (!id) return null;
    if (this.notes.get(id)) return `<span data-note="">${this.notes.get(id)}</span>`;
    this.drop("chú thích không có lời trong phần đã chép");
    return "";
  }
  inline(node, look = {}) {
    if (node.nodeType === 3) return this.words(node, look);
    if (node.nodeType !== 1) return "";
    const mark = this.reference(node);
    if (mark !== null) return mark;
    if (/mso-list: ?ignore/.test(styleOf(node))) return "";
    if (node.tagName === "BR") return BREAK;
    // Their look is that of all titles and heads.
    const own = /^(TH|H[1-6])$/.test(node.tagName) ? {} : this.look(node, look);
    return [...node.childNodes].map((child) => this.inline(child, own)).join("");
  }
  words(node, { bold, italic }) {
    const text = escape(tidy(node.parentElement?.closest("pre") ? node.data.replace(/\r?\n/g, BREAK) : node.data));
    if (!text.trim()) return text;
    return (bold ? "<strong>" : "") + (italic ? "<em>" : "") + text + (italic ? "</em>" : "") + (bold ? "</strong>" : "");
  }
  look(node, look) {
    const weight = says(node, "font-weight"), slant = says(node, "font-style");
    return {
      bold: weight ? /^bold/.test(weight) || Number(weight) >= 600 : /^(B|STRONG)$/.test(node.tagName) || look.bold,
      italic: slant ? /italic|oblique/.test(slant) : /^(I|EM)$/.test(node.tagName) || look.italic,
    };
  }
  paragraph(text, tag = "p") {
    text.split(BREAK).forEach((line) => {
      if (line.replace(/<\/?(strong|em)>/g, "").trim()) this.out.push(`<${tag}>${line.trim()}</${tag}>`);
    });
  }
  isBlock(node) { return node.nodeType === 1 && Boolean(BLOCKS.has(node.tagName) || node.querySelector(ANY_BLOCK)); }
  walk(node) {
    let line = "";
    [...node.childNodes].forEach((child) => {
      if (!this.isBlock(child)) {
        line += this.inline(child);
        return;
      }
      this.paragraph(line);
      line = "";
      this.block(child);
    });
    this.paragraph(line);
  }
  block(node) {
    const { tagName } = node;
    if (tagName === "TABLE") tableOf(this, node);
    else if (/^H[1-6]$/.test(tagName)) this.paragraph(marker(node) + this.inline(node), Number(tagName[1]) > 3 ? "p" : tagName.toLowerCase());
    else if (tagName === "OL" || tagName === "UL") this.list(node);
    else if (tagName === "P" || !node.querySelector(ANY_BLOCK)) this.paragraph(marker(node) + this.inline(node));
    else this.walk(node);
  }
  // What is drawn before a paragraph of Word's list, or an item of another one.
  signOf(node) {
    if (node.tagName !== "LI") return marker(node);
    return node.parentElement.tagName === "OL" ? counted(node.parentElement, node) : "- ";
  }
  // Numbers and dashes that a list only draws become typed ones: numbering of a paper is literal.
  list(node) {
    [...node.children].forEach((item) => {
      if (/^(OL|UL)$/.test(item.tagName)) {
        this.list(item);
        return;
      }
      const before = this.out.length;
      this.walk(item);
      const sign = this.signOf(item);
      if (this.out[before]?.startsWith("<p>")) this.out[before] = `<p>${sign}${this.out[before].slice(3)}`;
    });
  }
  read() {
    this.clear();
    this.takeNotes();
    this.walk(this.doc.body);
    return { html: this.out.join(""), dropped: this.dropped };
  }
}

// {html, dropped}: what can be kept, and {what was dropped: how often}.
export const cleaned = (html) => new Reader(html).read();
