// Numbers of lines and marks of faults beside the source itself: what lies under the text area breaks lines as it does.

export class Mirror {
  constructor(area, mirror) {
    Object.assign(this, { area, mirror, faults: new Set() });
    // With the next picture of the page, however many keys came before it.
    area.addEventListener("input", () => { this.next ||= requestAnimationFrame(() => { this.next = 0; this.draw(); }); });
    area.addEventListener("scroll", () => { mirror.scrollTop = area.scrollTop; });
    new ResizeObserver(() => this.draw()).observe(area);
  }
  mark(lines) {
    this.faults = new Set(lines);
    this.draw();
  }
  // Only lines that changed are touched: a text of a megabyte has ten thousand.
  draw() {
    const { area, mirror, faults } = this;
    if (!area.offsetWidth) return;
    mirror.style.setProperty("--scrollbar", `${area.offsetWidth - area.clientWidth}px`);
    const lines = area.value.split("\n"), rows = mirror.children, more = document.createDocumentFragment();
    while (rows.length > lines.length) mirror.lastChild.remove();
    for (let number = rows.length + 1; number <= lines.length; number += 1) {
      const line = more.appendChild(document.createElement("div"));
      line.className = "mirror-line";
      line.dataset.line = number;
    }
    mirror.append(more);
    lines.forEach((text, index) => {
      const row = rows[index], words = text || "\u200b";
      if (row.textContent !== words) row.textContent = words;
      row.classList.toggle("at-fault", faults.has(index + 1));
    });
    mirror.scrollTop = area.scrollTop;
  }
  // Selects the line, or puts the caret at `column` of it.
  go(number, column) {
    const { area, mirror } = this;
    const start = area.value.split("\n").slice(0, number - 1).join("\n").length + (number > 1 ? 1 : 0);
    const end = area.value.indexOf("\n", start);
    area.focus();
    const last = end < 0 ? area.value.length : end, at = column === undefined ? start : Math.min(start + column, last);
    area.setSelectionRange(at, column === undefined ? last : at);
    const line = mirror.children[number - 1];
    if (line) area.scrollTop = Math.max(0, line.offsetTop - area.clientHeight / 3);
  }
}
