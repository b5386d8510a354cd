// What the readers of the clipboard share. Styles stand under `data-style`: see clipboard.js.

// A line break within a paragraph, until the paragraph is cut there.
export const BREAK = "\u2028";

export const styleOf = (node) => (node.getAttribute?.("data-style") || "").replace(/\s+/g, " ").toLowerCase();
export const says = (node, name) => (styleOf(node).match(new RegExp(`(?:^|;) ?${name} ?: ?([^;]*)`)) || [])[1]?.trim() || "";
export const tidy = (text) => text.replace(/[ \t\r\n\f\u00a0]+/g, " ");
