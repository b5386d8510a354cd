// What a body cannot hold goes from a document of the clipboard, and is counted where the person would miss it.
import { alignOf, says, styleOf } from "./clipboard-styles.js";

const SILENT = "[data-was], script, style, xml, title, template, noscript, input[type=hidden]";
const GONE = {
  "hình": "img, svg, video, audio, canvas, picture",
  "công thức": "math",
  "khung nhúng": "iframe, object, embed, applet, frame, frameset",
  "ô nhập, nút bấm": "input, button, select, textarea",
  "chữ đã xóa (theo dõi thay đổi của Word)": "del",
  "nhận xét": "[href^='#_msocom']",
};
const REMARKS = ".MsoCommentReference, [data-style*='mso-element:comment'], [data-style*='mso-element: comment']";
const HIDDEN = /mso-hide: ?all|display: ?none|visibility: ?hidden/;

// Black and white say nothing, nor does what a program gives every word.
const PLAIN = /^(|url\(.*|auto|inherit|initial|transparent|none|black|white|windowtext|window|#000|#000000|#fff|#ffffff|rgba?\((0, ?0, ?0|255, ?255, ?255)(, ?[\d.]+)?\)|rgb\(34, 34, 34\)|#222222|#222|#333333|#333)$/;
const colourOf = (value) => (/^rgba?\([^)]*\)/.exec(value) || /^\S*/.exec(value))[0];
const isColoured = (node) => [says(node, "color"), says(node, "background"), says(node, "background-color"), says(node, "mso-highlight"),
  (node.getAttribute("color") || "").toLowerCase()].some((value) => !PLAIN.test(colourOf(value))) && hasWords(node) && !node.closest("a");
const isCentred = (node) => (node.tagName === "CENTER" || /^(center|right|end)$/.test(alignOf(node))) && !node.closest("td, th") && hasWords(node);
const isLined = (node) => /^(U|S|STRIKE)$/.test(node.tagName) || (/underline|line-through/.test(`${says(node, "text-decoration")} ${says(node, "text-decoration-line")}`)
  && !node.closest("a") && hasWords(node));
const hasWords = (node) => Boolean(node.textContent.trim());

const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹", LOWERED = "₀₁₂₃₄₅₆₇₈₉";
const raisedAs = (node) => ({ SUP: "super", SUB: "sub" })[node.tagName] || says(node, "vertical-align");

// `drop(what, node)` counts and removes; `isSheet`: from Excel, which hides the end of what is longer than its cell.
export class Dropping {
  constructor(doc, drop, isSheet) { Object.assign(this, { doc, drop, isSheet }); }
  all(selector) { return [...this.doc.querySelectorAll(selector)]; }
  outermost(selector) { return this.all(selector).filter((node) => !node.parentElement?.closest(selector)); }
  run() {
    this.all("[data-style*='mso-list:ignore' i] img").forEach((image) => image.replaceWith("•"));
    this.all(SILENT).forEach((node) => node.remove());
    Object.entries(GONE).forEach(([what, selector]) => this.outermost(selector).forEach((node) => this.drop(what, node)));
    this.all(REMARKS).forEach((node) => node.remove());
    this.all("[data-style], [hidden]").forEach((node) => this.hide(node));
    this.all("a[href]").filter((node) => /^(https?|mailto|file):/i.test(node.getAttribute("href")) && hasWords(node))
      .forEach(() => this.drop("liên kết (giữ chữ)"));
    this.all("sup, sub, [data-style*='vertical-align']").forEach((node) => this.raise(node));
    this.looks();
  }
  // Rows and columns of a table are hidden as such: see clipboard-tables.js.
  hide(node) {
    const isHidden = node.hidden || (HIDDEN.test(styleOf(node)) && !styleOf(node).includes("mso-special-character"));
    if (!isHidden || !node.isConnected || /^(TR|COL)$/.test(node.tagName) || (this.isSheet && node.tagName === "SPAN")) return;
    node.querySelectorAll("[data-style*='mso-list:ignore' i]").forEach((sign) => sign.remove());
    if (hasWords(node)) this.drop("chữ ẩn", node);
    else node.remove();
  }
  // «m²» and «CO₂» have signs of their own; of what is no figure the words are kept.
  raise(node) {
    const signs = { super: RAISED, sub: LOWERED }[raisedAs(node)], text = node.textContent.trim();
    if (!signs || !text || node.querySelector("a, sup, sub") || node.closest("a")) return;
    if (/^\d+$/.test(text)) node.textContent = text.replace(/\d/g, (digit) => signs[digit]);
    else this.drop("chỉ số trên, dưới (giữ chữ)");
  }
  looks() {
    const styled = this.all("[data-style], [color], u, s, strike");
    if (styled.some(isLined)) this.drop("gạch chân, gạch ngang (giữ chữ)");
    if (styled.some((node) => says(node, "font-variant").includes("small-caps") && hasWords(node))) this.drop("chữ hoa nhỏ (giữ chữ)");
    if (styled.some(isColoured)) this.drop("màu chữ, màu nền");
    if (this.all("p, div, center, h1, h2, h3, h4, h5, h6").some(isCentred)) this.drop("căn giữa, căn phải");
    this.outermost(".text-box").forEach(() => this.drop("khung chữ (giữ chữ)"));
  }
}
