// The picker of citations: papers of the register, found by any of their words.

export class CitePicker {
  // `pick(key)` is given what a chip holds; `leave()` is called where nothing was picked.
  constructor(box, { pick, leave }) {
    Object.assign(this, { box, pick, leave, asked: 0 });
    this.words = box.querySelector("input");
    this.found = box.querySelector("[data-found]");
    this.words.addEventListener("input", (event) => {
      // What is looked for is no word of the paper.
      event.stopPropagation();
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.search(), 200);
    });
    this.words.addEventListener("keydown", (event) => this.press(event));
  }
  get isOpen() { return !this.box.hidden; }
  open() {
    this.box.hidden = false;
    this.words.focus();
    this.search();
  }
  close() { this.box.hidden = true; }
  press(event) {
    if (event.key === "Escape") {
      this.close();
      this.leave();
    }
    if (event.key === "Enter") {
      event.preventDefault();
      this.found.querySelector("button")?.click();
    }
  }
  async search() {
    this.asked += 1;
    const asked = this.asked;
    const answer = await fetch(`${this.box.dataset.citeUrl}?q=${encodeURIComponent(this.words.value)}`);
    if (!answer.ok || asked !== this.asked) return;
    const { results } = await answer.json();
    const same = ({ reference }) => results.filter((other) => other.reference === reference).length;
    this.found.replaceChildren(...results.map((row) => this.row(row, same(row) > 1)));
    if (!results.length) this.found.textContent = "Sổ chưa có văn bản nào như vậy. Ghi vào sổ ở trang Văn bản → Ghi vào sổ.";
  }
  row({ reference, key, text, holds, doubt }, isOneOfMany) {
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
