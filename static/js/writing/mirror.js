// Numbers of lines and marks of faults beside the source itself: what lies under the text area breaks lines as it does.

export class Mirror {
  constructor(area, mirror) {
    Object.assign(this, { area, mirror, faults: new Set() });
    area.addEventListener("input", () => this.draw());
    area.addEventListener("scroll", () => { mirror.scrollTop = area.scrollTop; });
    new ResizeObserver(() => this.draw()).observe(area);
  }
  mark(lines) {
    this.faults = new Set(lines);
    this.draw();
  }
  draw() {
    const { area, mirror } = this;
    if (!area.offsetWidth) return;
    mirror.style.setProperty("--scrollbar", `${area.offsetWidth - area.clientWidth}px`);
    mirror.replaceChildren(...area.value.split("\n").map((text, index) => {
      const line = document.createElement("div");
      line.className = `mirror-line${this.faults.has(index + 1) ? " at-fault" : ""}`;
      line.dataset.line = index + 1;
      line.textContent = text || "\u200b";
      return line;
    }));
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
