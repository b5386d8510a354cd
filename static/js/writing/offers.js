// What is asked before words are pasted: whether those from before Unicode (TCVN3, VNI, VISCII, Windows-1258), which the server
// knows, are to be converted, and whether lines that end within sentences, as a PDF gives them, are to be put together.
import { asked } from "./asking.js";
import { areBroken, together } from "./broken-lines.js";
import { cleaned } from "./clipboard.js";
import { hold, putAt } from "./holding.js";
import { CLEANED } from "./pasting.js";

// Letters that old encodings use and Vietnamese words do not, or marks behind other letters than theirs.
const SUSPECT = /[\u00a1-\u00bf×÷ÄÅÆÇËÎÏÐÑÖØÛÜÞßÿ]|[aeiouyâêôãõý][ùøûõïâáàåãäéèëêìòÞ]/i;
// The reader of PDF of Firefox and of many pages gives each line of a page a place of its own.
const OF_PDF = /<br role="presentation"/;

// Whether the paste is taken over: it waits until the person has said what is to be done with its words.
export function offerBetter(field, view, event) {
  const data = event.clipboardData, text = data?.getData("text/plain") || "", given = data?.getData("text/html") || "";
  const html = text && OF_PDF.test(given) ? "" : given;
  if (!text && !html && data?.files.length) {
    field.tell("Không dán hình hay tệp vào nội dung được; hãy thêm ở phần tệp kèm theo của văn bản.");
    return true;
  }
  const isOld = SUSPECT.test(text || html), isBroken = !html && areBroken(text);
  if (!(isOld || isBroken) || /data-pm-slice/.test(html)) return false;
  field.leaveOffer?.();
  const place = hold(view), into = (paste) => putInto(field, view, place, paste);
  // One after the other, in whatever order the answers would come.
  const paste = () => (html ? pasteHtml(field, into, html) : pasteText(field, into, text, isOld));
  field.pasted = Promise.resolve(field.pasted).then(paste, paste);
  return true;
}

async function pasteHtml(field, into, html) {
  const { html: clean, dropped } = cleaned(html), words = await converted(field, wordsOf(clean));
  field.tellDropped(dropped, clean !== "");
  return into((view) => view.pasteHTML(CLEANED + (words ? withWords(clean, words) : clean)));
}

async function pasteText(field, into, text, isOld) {
  const words = isOld && await converted(field, text.split(/\r\n?|\n/)), now = words ? words.join("\n") : text;
  const isJoined = areBroken(now) && await answered(field, {
    words: "Chữ vừa dán ngắt dòng giữa câu, như chép từ tệp PDF.", yes: "Nối thành đoạn rồi dán",
  });
  return into((view) => view.pasteText(isJoined ? together(now) : now));
}

// A note may have been closed meanwhile, and who answered goes on writing.
async function putInto(field, view, place, paste) {
  await field.loading;
  const open = view.isDestroyed ? field.view : view;
  if (document.activeElement === document.body || field.find("offer").contains(document.activeElement)) open.focus();
  putAt(open, place, () => paste(open));
}

// The words in Unicode, where they are not and the person wants it.
async function converted(field, words) {
  const found = await asked(field.root.dataset.convertUrl, { words: JSON.stringify(words) });
  if (!found?.old) return null;
  const isWanted = await answered(field, {
    words: `Chữ vừa dán gõ bằng bảng mã cũ ${found.old}: ${found.sample}.`, yes: "Chuyển sang Unicode rồi dán",
  });
  return isWanted ? found.words : null;
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

// Whether the person wants what `yes` says; who pastes again without an answer wants the words as they were.
function answered(field, { words, yes }) {
  const box = field.find("offer"), wanted = box.querySelector("[data-wanted]");
  field.leaveOffer?.();
  box.querySelector("[data-offer-words]").textContent = words;
  wanted.textContent = yes;
  box.hidden = false;
  wanted.focus();
  return new Promise((done) => {
    const answer = (is) => () => {
      box.hidden = true;
      field.leaveOffer = null;
      done(is);
    };
    [wanted.onclick, box.querySelector("[data-as-is]").onclick, field.leaveOffer] = [answer(true), answer(false), answer(false)];
  });
}
