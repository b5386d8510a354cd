// What a picker finds while one types: the list follows the words, and Enter takes the first of what these words find.

// Milliseconds after the last key.
const PAUSE = 200;

export class Found {
  // `row(result, results)` is the button of a result; `nothing`: what is told where there is none.
  constructor(box, { words, url, row, nothing }) {
    Object.assign(this, { list: box.querySelector("[data-found]"), words, url, row, nothing, asked: 0 });
    words.addEventListener("input", () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.search(), PAUSE);
    });
  }
  get rows() { return [...this.list.querySelectorAll("button")]; }
  search() {
    clearTimeout(this.timer);
    this.of = this.words.value;
    this.searching = this.show(this.of, this.asked += 1);
    return this.searching;
  }
  // Whether the list is of these words now.
  async show(words, number) {
    const answer = await fetch(`${this.url}?q=${encodeURIComponent(words)}`).then((found) => (found.ok ? found.json() : null)).catch(() => null);
    await letGo();
    if (number !== this.asked) return false;
    if (!answer) {
      // Enter asks for it again.
      this.of = null;
      return false;
    }
    const { results } = answer;
    this.list.replaceChildren(...results.map((result) => this.row(result, results)));
    if (!results.length) this.list.textContent = this.nothing;
    return true;
  }
  // The list may still be of the words before: what was typed last is asked for at once.
  async takeFirst() {
    const typed = this.words.value, isShown = await (typed === this.of ? this.searching : this.search());
    if (isShown && typed === this.words.value && !this.list.closest("[hidden]")) this.rows[0]?.click();
  }
}
