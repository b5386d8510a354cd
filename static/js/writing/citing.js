// The picker of citations: papers of the register, found by any of their words.
import { Found } from "./found.js";

export class CitePicker {
  // `pick(key)` is given what a chip holds; `leave()` is called where nothing was picked.
  constructor(box, { pick, leave }) {
    Object.assign(this, { box, pick, leave, words: box.querySelector("input") });
    this.found = new Found(box, {
      words: this.words, url: box.dataset.citeUrl, row: (result, results) => this.row(result, results),
      nothing: "Sổ chưa có văn bản nào như vậy. Ghi vào sổ ở trang Văn bản → Ghi vào sổ.",
    });
    // What is looked for is no word of the paper.
    this.words.addEventListener("input", (event) => event.stopPropagation());
    this.words.addEventListener("keydown", (event) => this.press(event));
  }
  get isOpen() { return !this.box.hidden; }
  open() {
    this.box.hidden = false;
    this.words.focus();
    this.found.search();
  }
  close() { this.box.hidden = true; }
  press(event) {
    if (event.key === "Escape") {
      this.close();
      this.leave();
    }
    if (event.key === "Enter") {
      event.preventDefault();
      this.found.takeFirst();
    }
  }
  row({ reference, key, text, holds, doubt }, results) {
    const isOneOfMany = results.filter((other) => other.reference === reference).length > 1;
    const row = document.createElement("button");
    row.type = "button";
    row.className = "list-group-item list-group-item-action";
    row.textContent = text;
    if (!holds) {
      const words = document.createElement("div");
      words.className = "text-danger small";
      words.textContent = doubt;
      row.append(words);
    }
    row.addEventListener("click", () => {
      this.close();
      this.pick(isOneOfMany ? key : reference);
    });
    return row;
  }
}
