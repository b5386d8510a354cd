// One text of a form: its field holds the source, which the form sends; its editor shows it as a document and writes it there.
import { NodeSelection } from "../../vendor/prosemirror/prosemirror.min.js";
import { asked } from "./asking.js";
import { askAt, watch } from "./cited.js";
import { CitePicker } from "./citing.js";
import { addCite, documentOf, EMPTY, markFaults, openDesk, replaceDocument } from "./desk.js";
import { settle } from "./emphasis.js";
import { readSelection } from "./keys.js";
import { Mirror } from "./mirror.js";
import { innerOf } from "./notes.js";
import { offerBetter } from "./offers.js";
import { caretLine, pieceAt, selectionAt } from "./placing.js";
import { Phrases } from "./phrases.js";
import { Toolbar } from "./toolbar.js";
import { sent, write, written } from "./write.js";


export class WritingField {
  constructor(root) {
    this.root = root;
    this.find = (name) => root.querySelector(`[data-writing-${name}]`);
    this.area = root.querySelector("textarea");
    this.mirror = new Mirror(this.area, root.querySelector(".mirror"));
    this.found = [];
    askAt(root.dataset.namesUrl);
    const stored = this.find("document");
    const json = stored ? JSON.parse(stored.textContent) : null;
    this.begin(json || (this.area.value.trim() ? null : EMPTY));
    this.area.addEventListener("input", () => this.heard());
    // What was chosen a moment ago is what a button is for.
    root.addEventListener("mousedown", (event) => this.view && readSelection(innerOf(this.view) || this.view, event), true);
    this.find("to-source").addEventListener("click", () => this.toSource());
    this.find("to-desk").addEventListener("click", () => this.load());
    this.find("help-close").addEventListener("click", () => { this.find("told").hidden = true; });
    document.querySelector(`label[for="${this.area.id}"]`)?.addEventListener("click", (event) => {
      if (!this.view) return;
      event.preventDefault();
      this.view.focus();
    });
  }
  get name() { return this.area.name; }
  // The editor on a document; the source itself where it cannot be shown or would not come back unchanged.
  begin(json) {
    const doc = json && documentOf(json), source = this.area.value.replace(/\r\n/g, "\n");
    if (!doc || write(doc) !== source.normalize("NFC")) {
      this.show(false);
      return false;
    }
    [this.written, this.lines] = [this.area.value, written(doc).lines];
    if (this.view) replaceDocument(this.view, doc);
    else this.open(doc);
    this.show(true);
    this.mark(this.found);
    return true;
  }
  open(doc) {
    this.view = openDesk({
      place: this.find("place"), doc, label: this.root.dataset.label, describedBy: this.area.getAttribute("aria-describedby"),
      cites: watch,
      changed: (view) => this.write(view),
      moved: (view) => {
        this.toolbar?.follow();
        this.tellCaret(view);
      },
      told: (dropped, isPasted) => this.tellDropped(dropped, isPasted),
      say: (words) => this.tell(words),
      pasting: (view, event) => offerBetter(this, view, event),
    });
    this.toolbar = new Toolbar(this.find("bar"), this.view);
    this.cites = new CitePicker(this.find("cites"), { pick: (key) => this.cite(key), leave: () => this.view.focus() });
    this.phrases = new Phrases(this);
    this.find("cite").addEventListener("click", () => {
      if (this.cites.isOpen) this.cites.close();
      else this.cites.open();
    });
  }
  cite(key) {
    const view = innerOf(this.view) || this.view;
    view.focus();
    addCite(key)(view.state, view.dispatch.bind(view));
  }
  write(view) {
    if (this.isLoading) return;
    const { source, lines } = written(view.state.doc);
    [this.written, this.lines] = [source, lines];
    this.area.value = source;
    this.area.dispatchEvent(new Event("input", { bubbles: true }));
  }
  // Another part of the page wrote into the field: the editor follows.
  heard() {
    // Also where it is what the editor shows again, and the answer to what it was meanwhile is still to come.
    if (this.isShown && (this.area.value !== this.written || !this.view.editable)) this.load();
  }
  show(isDesk) {
    this.isShown = isDesk;
    this.view?.setProps({ editable: () => isDesk });
    ["bar", "place", "to-source"].forEach((name) => { this.find(name).hidden = !isDesk; });
    this.find("source").hidden = isDesk;
    this.cites?.close();
    this.phrases?.close();
    this.mirror.draw();
  }
  toSource() {
    this.show(false);
    this.area.focus();
  }
  // The source as the server reads it, into the editor. Until then nothing is typed there: it would be written over the source.
  load() {
    this.loading = this.read();
  }
  async read() {
    const source = this.area.value;
    this.view?.setProps({ editable: () => false });
    const answer = await asked(this.root.dataset.openUrl, { source });
    if (source !== this.area.value) return;
    this.view?.setProps({ editable: () => true });
    this.isLoading = true;
    const isShown = answer && this.begin(answer.document);
    this.isLoading = false;
    if (isShown && this.view.dom === document.activeElement) this.view.focus();
    if (isShown) return;
    // What the editor shows is not what the field holds.
    this.show(false);
    this.tell(answer
      ? "Ô soạn chưa mở được đoạn mã nguồn này; hãy sửa chỗ được báo lỗi rồi thử lại."
      : "Chưa mở được ô soạn vì chưa nối được với máy chủ. Chữ còn đủ ở đây, dạng mã nguồn; có mạng hãy bấm «Về ô soạn thảo».");
  }
  // What the editor shows goes along, where it is what the field holds: the server compares both.
  prepare() {
    if (this.isShown) settle(this.view);
    const held = this.find("sent"), agrees = this.isShown && this.area.value === this.written;
    held.disabled = !agrees;
    held.value = agrees ? JSON.stringify(sent(this.view.state.doc)) : "";
  }
  // Faults of the server, by lines of the source: [{line, words}].
  mark(found) {
    this.found = found;
    this.mirror.mark(found.map(({ line }) => line));
    if (this.isShown) markFaults(this.view, found);
  }
  // The words of a place, as the officer counts: «đoạn 3», «bảng», «chú thích».
  placeName(line) {
    if (!this.isShown) return `Dòng ${line}`;
    const { doc } = this.view.state, { at } = pieceAt(this.lines, line), node = doc.nodeAt(at);
    if (node?.type.name === "note") return "Chú thích";
    const index = doc.resolve(at).index(0), before = doc.content.content.slice(0, index + 1);
    const [kind, count] = node?.type.name === "table"
      ? ["Bảng", before.filter((block) => block.type.name === "table").length]
      : ["Đoạn", before.filter((block) => block.type.name !== "table" && block.content.size).length];
    return `${kind} ${count}`;
  }
  // The pages show where one writes.
  tellCaret(view) {
    // Also while one writes in the box of a note, which is an editor within this one.
    if (!this.isShown || !view.dom.contains(document.activeElement) || !this.lines) return;
    const detail = { field: this.name, ...caretLine(view.state, this.lines) };
    this.area.form?.dispatchEvent(new CustomEvent("caret-line", { detail }));
  }
  // `within`: {cell, before} of a place in a table, where they are known.
  async go(line, column, within = {}) {
    uncover(this.root);
    await this.loading;
    if (!this.isShown) {
      this.mirror.go(line, column);
      return;
    }
    const { state } = this.view, selection = selectionAt(state.doc, this.lines, line || 1, column, within);
    this.view.dispatch(state.tr.setSelection(selection).scrollIntoView());
    if (!(selection instanceof NodeSelection)) this.view.focus();
    const place = this.view.domAtPos(selection.from).node;
    (place.nodeType === 1 ? place : place.parentElement).scrollIntoView({ block: "center" });
  }
  focus() {
    if (this.isShown) this.view.focus();
    else this.area.focus();
  }
  // What a paste lost, at once or at two places; of the paste before it nothing is told any more.
  tellDropped(dropped, isPasted = true) {
    if (!this.lost) queueMicrotask(() => { this.lost = null; });
    this.lost = { ...this.lost, ...dropped };
    const parts = Object.entries(this.lost).map(([what, count]) => (count > 1 ? `${count} ${what}` : what));
    this.tell(parts.length ? `${isPasted ? "Đã dán" : "Không có chữ nào để dán"}. Không giữ được: ${parts.join("; ")}.` : "");
  }
  tell(words) {
    this.find("told").hidden = !words;
    this.find("told-words").textContent = words;
  }
}
