// Phrases: short pieces of text that a person or an office keeps, put where the caret stands; and what is selected, kept as one.
import { Slice } from "../../vendor/prosemirror/prosemirror.min.js";
import { asked } from "./asking.js";
import { documentOf } from "./desk.js";
import { Found } from "./found.js";
import { innerOf } from "./notes.js";
import { asNote } from "./pasting.js";
import { schema } from "./schema.js";
import { sent, write } from "./write.js";

// What of a draft's form a phrase is filled with, beside the record that the draft is about.
const TOLD = ["pk", "issuer_unit", "signer", "signer_name", "place", "date"];

// A document without what ties it to the source that it was read from.
const loose = (json) => schema.nodeFromJSON(sent(documentOf(json)));

// The source of what is selected.
function selectedSource({ doc, selection: { from, to } }) {
  return write(documentOf(sent(doc.cut(from, to)))).trim();
}

// One paragraph goes on within the line; several begin and end in the blocks around the caret.
function sliceOf(doc) {
  const isLine = doc.childCount === 1 && doc.firstChild.type === schema.nodes.paragraph;
  return isLine ? new Slice(doc.content, 1, 1) : Slice.maxOpen(doc.content);
}

// The draft that is written: its form, and from what it began where it was never stored. Elsewhere gaps stay gaps.
function draftFacts() {
  const form = document.getElementById("draft"), desk = document.getElementById("draft-desk");
  if (!form || !desk) return { query: "", facts: { nguyen: "1" } };
  const facts = Object.fromEntries(TOLD.flatMap((name) => (form.elements[name] ? [[name, form.elements[name].value]] : [])));
  return { query: new URL(JSON.parse(desk.textContent).keepUrl, location.href).search, facts };
}

export class Phrases {
  // `field` is the text that is written, see field.js.
  constructor(field) {
    Object.assign(this, { field, wanted: null });
    this.box = field.find("phrases");
    this.button = field.find("phrase");
    this.part = (name) => this.box.querySelector(`[data-phrase-${name}]`);
    this.words = this.part("look").querySelector("input");
    this.found = new Found(this.box, {
      words: this.words, url: this.box.dataset.searchUrl, row: (result) => this.row(result), nothing: "Chưa có cụm từ nào như vậy.",
    });
    this.button.addEventListener("click", () => this.toggle());
    this.part("begin").addEventListener("click", () => this.beginKeeping());
    this.part("store").addEventListener("click", () => this.store());
    this.part("back").addEventListener("click", () => this.show("look"));
    // What is looked for, and the name of a phrase, are no words of the paper.
    ["input", "change"].forEach((kind) => this.box.addEventListener(kind, (event) => event.stopPropagation()));
    this.box.addEventListener("keydown", (event) => this.press(event));
    field.root.addEventListener("keydown", (event) => {
      if (!(event.ctrlKey || event.metaKey) || !event.altKey || event.code !== "KeyC" || !field.isShown) return;
      event.preventDefault();
      this.toggle();
    });
    field.root.addEventListener("put-words", ({ detail }) => {
      if (!field.isShown) return;
      const view = innerOf(field.view) || field.view;
      view.dispatch(view.state.tr.insertText(detail).scrollIntoView());
      view.focus();
    });
  }
  toggle() {
    if (this.box.hidden) this.open();
    else this.leave();
  }
  open() {
    this.box.hidden = false;
    const { empty } = this.field.view.state.selection;
    this.part("begin").disabled = empty;
    this.part("begin").title = empty ? "Chọn một đoạn trong ô soạn thảo trước" : "";
    this.show("look");
    this.found.search();
  }
  close() { [this.box.hidden, this.wanted] = [true, null]; }
  leave() {
    this.close();
    this.field.view.focus();
  }
  show(part) {
    this.part("look").hidden = part !== "look";
    this.part("keep").hidden = part !== "keep";
    (part === "look" ? this.words : this.part("name")).focus();
  }
  press(event) {
    const isKeeping = this.part("look").hidden, { rows } = this.found;
    if (event.key === "Escape") {
      event.preventDefault();
      if (isKeeping) this.show("look");
      else this.leave();
    } else if (event.key === "Enter" && event.target.tagName === "INPUT") {
      event.preventDefault();
      if (isKeeping) this.store();
      else this.found.takeFirst();
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && !isKeeping) {
      event.preventDefault();
      const at = rows.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
      (rows[Math.min(at, rows.length - 1)] || this.words).focus();
    }
  }
  row({ key, name, words, whose }) {
    const row = document.createElement("button"), head = document.createElement("strong"), more = document.createElement("span");
    row.type = "button";
    row.className = "list-group-item list-group-item-action";
    head.textContent = name;
    more.className = "muted small";
    more.textContent = ` · ${whose} · ${words}`;
    row.append(head, more);
    row.addEventListener("click", () => this.put(key));
    return row;
  }
  // Once, however often it is clicked while the server answers; who closed the box or chose another one does not want it any more.
  async put(key) {
    if (this.wanted === key) return;
    this.wanted = key;
    const { query, facts } = draftFacts();
    const answer = await asked(`${this.box.dataset.putUrl.replace("/0/", `/${key}/`)}${query}`, facts);
    if (this.wanted !== key) return;
    this.wanted = null;
    if (!answer?.document) {
      this.field.tell("Chưa lấy được cụm từ này. Hãy thử lại; nếu vẫn không được, mở «Quản lý cụm từ» để xem.");
      return;
    }
    // In a note that is open it stands among its words, never in its place.
    const words = sliceOf(loose(answer.document)), note = innerOf(this.field.view), view = note || this.field.view;
    view.dispatch(view.state.tr.replaceSelection(note ? asNote(words, (dropped) => this.field.tellDropped(dropped)) : words).scrollIntoView());
    this.done(view);
  }
  // Who went on elsewhere while the server answered is left there.
  done(view) {
    const { activeElement } = document, isHere = activeElement === document.body || this.box.contains(activeElement);
    this.close();
    if (isHere) view.focus();
  }
  beginKeeping() {
    const { state } = this.field.view, { from, to } = state.selection, words = state.doc.textBetween(from, to, "\n", " ");
    this.source = selectedSource(state);
    this.part("selected").textContent = words.length > 300 ? `${words.slice(0, 300)}…` : words;
    this.part("faults").textContent = "";
    this.part("name").value = "";
    this.show("keep");
  }
  async store() {
    const facts = { name: this.part("name").value, whose: this.part("whose").value, body: this.source };
    const answer = await asked(this.box.dataset.keepUrl, facts);
    if (!answer?.told) {
      this.part("faults").textContent = answer?.faults.join(" ") || "Chưa lưu được. Hãy thử lại.";
      return;
    }
    this.field.tell(answer.told);
    this.done(this.field.view);
  }
}
