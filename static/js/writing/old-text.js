// Words from before Unicode on the clipboard (TCVN3, VNI, VISCII, Windows-1258): the server knows them, the person decides.
import { asked } from "./asking.js";
import { cleaned } from "./clipboard.js";
import { CLEANED } from "./pasting.js";

// Letters that old encodings use and Vietnamese words do not, or marks behind other letters than theirs.
const SUSPECT = /[\u00a1-\u00bf×÷ÄÅÆÇËÎÏÐÑÖØÛÜÞßÿ]|[aeiouyâêôãõý][ùøûõïâáàåãäéèëêìòÞ]/i;

// Whether the paste is taken over: it waits until the person has said whether its words are to be converted.
export function offerConversion(field, view, event) {
  const html = event.clipboardData?.getData("text/html") || "", text = event.clipboardData?.getData("text/plain") || "";
  if (!SUSPECT.test(text || html) || /data-pm-slice/.test(html)) return false;
  ask(field, view, html, text);
  return true;
}

async function ask(field, view, html, text) {
  const asHtml = html ? cleaned(html) : null;
  const pieces = asHtml ? wordsOf(asHtml.html) : text.split(/\r\n?|\n/);
  const found = (await asked(field.root.dataset.convertUrl, { words: JSON.stringify(pieces) })) || { old: null };
  const put = (converted) => {
    // A note may have been closed meanwhile.
    const into = view.isDestroyed ? field.view : view;
    if (asHtml) {
      field.tellDropped(asHtml.dropped);
      into.pasteHTML(CLEANED + (converted ? withWords(asHtml.html, converted) : asHtml.html));
    } else into.pasteText(converted ? converted.join("\n") : text);
    into.focus();
  };
  if (!found.old) put(null);
  else choose(field, found, put);
}

function parsed(html) {
  const doc = new DOMParser().parseFromString(html, "text/html"), texts = [];
  const walker = doc.createTreeWalker(doc.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) texts.push(walker.currentNode);
  return { doc, texts };
}
const wordsOf = (html) => parsed(html).texts.map((node) => node.data);
function withWords(html, words) {
  const { doc, texts } = parsed(html);
  texts.forEach((node, i) => { node.data = words[i]; });
  return doc.body.innerHTML;
}

function choose(field, { old, sample, words }, put) {
  const box = field.find("old");
  box.querySelector("[data-old-words]").textContent = `Chữ vừa dán gõ bằng bảng mã cũ ${old}: ${sample}.`;
  box.hidden = false;
  const answer = (converted) => {
    box.hidden = true;
    put(converted);
  };
  box.querySelector("[data-convert]").onclick = () => answer(words);
  box.querySelector("[data-as-is]").onclick = () => answer(null);
  box.querySelector("[data-convert]").focus();
}
