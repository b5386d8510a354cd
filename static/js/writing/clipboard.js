// The clipboard of Word, LibreOffice, Excel and web pages as the few tags that a body may hold.
import { documentOf } from "./clipboard-document.js";
import { Dropping } from "./clipboard-dropping.js";
import { counted, marker } from "./clipboard-lists.js";
import { BREAK, BULLET, Looks, signOf, styleOf, tidy } from "./clipboard-styles.js";
import { tableOf } from "./clipboard-tables.js";

const BLOCKS = new Set(("P DIV H1 H2 H3 H4 H5 H6 LI UL OL MENU TABLE CAPTION BLOCKQUOTE SECTION ARTICLE ASIDE NAV ADDRESS PRE DT DD DL CENTER HR "
  + "THEAD TBODY TFOOT TR TD TH HEADER FOOTER MAIN FIGURE FIGCAPTION FORM FIELDSET LEGEND DETAILS SUMMARY DIALOG").split(" "));
const ANY_BLOCK = [...BLOCKS].join(",");
const escape = (text) => text.replace(/[&<>"]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[sign]);
const BULLET_FIRST = new RegExp(`^((?:\\s|<[^>]*>)*)${BULLET}\\s*((?:</[^>]*>)*)\\s*`);
const plain = (text) => text.replace(/<\/?strong>/g, "");

const NOTE_MARKS = "a[data-style*='mso-footnote-id'], a[data-style*='mso-endnote-id'], a.sdfootnotesym, a.sdendnotesym";

class Reader {
  constructor(html) {
    this.doc = documentOf(html);
    this.isWord = /Word\.Document|office:word|class=["']?Mso/.test(html);
    this.isSheet = /content=["']?Excel\.Sheet|class=["']?xl\d|<google-sheets|content="LibreOffice Calc/i.test(html);
    this.dropped = {};
    this.notes = new Map();
    this.looks = new Looks();
    this.out = [];
  }
  drop(what, node) {
    this.dropped[what] = (this.dropped[what] || 0) + 1;
    node?.remove();
  }
  // Notes of Word and LibreOffice stand at the end, each in a box with a name.
  takeNotes() {
    this.doc.querySelectorAll("div[id]").forEach((node) => {
      const isNote = /mso-element: ?(foot|end)note(;|$)/.test(styleOf(node)) || /^sd(foot|end)note\d+$/.test(node.id);
      if (!isNote) return;
      node.querySelectorAll(NOTE_MARKS).forEach((mark) => mark.remove());
      const lines = [...node.querySelectorAll("p")].map((line) => this.inline(line).trim()).filter(Boolean);
      this.notes.set(node.id, (lines.join("<br>") || this.inline(node).trim()).replaceAll(BREAK, " "));
      node.remove();
    });
    this.doc.querySelectorAll("[data-style*='footnote-list'], [data-style*='endnote-list']").forEach((node) => node.remove());
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
  inline(node) {
    if (node.nodeType === 3) return this.words(node.data, this.looks.of(node.parentElement));
    if (node.nodeType !== 1) return "";
    const mark = this.reference(node);
    if (mark !== null) return mark;
    if (node.tagName === "BR") return BREAK;
    // The number or sign that Word drew before a paragraph of a list.
    if (/mso-list: ?ignore/.test(styleOf(node))) return this.number(marker(node), node);
    return [...node.childNodes].map((child) => this.inline(child)).join("");
  }
  number(text, node) {
    const { signs: _, ...look } = this.looks.of(node);
    return text === "-" ? "- " : text && this.words(`${text} `, look);
  }
  words(data, look) {
    const spaced = look.lines ? data.replace(/\r?\n/g, BREAK) : data, text = tidy(look.signs ? this.signs(spaced, look.signs) : spaced);
    if (!text.trim()) return " ".repeat(text.length);
    const kept = this.isWord ? text : text.replaceAll("\u00a0", " "), said = escape(look.upper ? kept.toLocaleUpperCase("vi") : kept);
    return (look.bold ? "<strong>" : "") + (look.italic ? "<em>" : "") + said + (look.italic ? "</em>" : "") + (look.bold ? "</strong>" : "");
  }
  signs(text, font) {
    return text.replace(/\S/gu, (letter) => {
      const sign = signOf(letter, font);
      if (sign === undefined) this.drop("ký hiệu của phông chữ riêng");
      return sign ?? "";
    });
  }
  paragraph(text, tag = "p") {
    text.split(BREAK).forEach((line) => {
      const words = (tag === "p" ? line : plain(line)).replace(BULLET_FIRST, "- $1$2").replaceAll(BULLET, "•");
      if (words.replace(/<\/?(strong|em)>/g, "").trim()) this.out.push(`<${tag}>${words.trim()}</${tag}>`);
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
    else if (/^H[1-6]$/.test(tagName)) this.paragraph(this.inline(node), Number(tagName[1]) > 3 ? "p" : tagName.toLowerCase());
    else if (/^(OL|UL|MENU)$/.test(tagName)) this.list(node);
    else if (tagName === "P" || !node.querySelector(ANY_BLOCK)) this.paragraph(this.inline(node));
    else this.walk(node);
  }
  // Numbers and dashes that a list only draws become typed ones: numbering of a paper is literal.
  list(node) {
    [...node.children].forEach((item) => {
      if (/^(OL|UL|MENU)$/.test(item.tagName)) {
        this.list(item);
        return;
      }
      const before = this.out.length;
      this.walk(item);
      const sign = item.tagName === "LI" ? counted(item) : "";
      if (this.out[before]?.startsWith("<p>")) this.out[before] = `<p>${sign}${this.out[before].slice(3)}`;
    });
  }
  read() {
    new Dropping(this.doc, (what, node) => this.drop(what, node), this.isSheet).run();
    this.takeNotes();
    this.walk(this.doc.body);
    return { html: this.out.join(""), dropped: this.dropped };
  }
}

// {html, dropped}: what can be kept, and {what was dropped: how often}.
export const cleaned = (html) => new Reader(html).read();
