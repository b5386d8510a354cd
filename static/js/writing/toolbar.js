// The bar above an editor: what can be done where the caret stands, and what is on there.
import { isInTable, selectedRect } from "../../vendor/prosemirror/prosemirror.min.js";
import { commands, run } from "./desk.js";
import { isAll } from "./emphasis.js";
import { columnsOf, headOf } from "./grid.js";
import { innerOf } from "./notes.js";
import { gapsOf } from "./places.js";
import { schema } from "./schema.js";

const { marks, nodes } = schema;

const isOn = {
  bold: (state) => isAll(state, marks.bold),
  italic: (state) => isAll(state, marks.italic),
  head: (state) => isInTable(state) && selectedRect(state).bottom <= headOf(selectedRect(state).table),
};
["left", "center", "right"].forEach((side) => {
  isOn[`align-${side}`] = (state) => isInTable(state) && columnsOf(selectedRect(state).table).aligns[selectedRect(state).left] === side;
});

// What kind of block the caret is in, or what is selected begins with, as the choice of kinds names it.
function kindOf({ selection: { $from } }) {
  const block = $from.depth ? $from.node(1) : $from.nodeAfter;
  if (block?.type === nodes.title) return `title-${block.attrs.level}`;
  return block?.type === nodes.paragraph ? "paragraph" : "";
}

export class Toolbar {
  constructor(bar, view) {
    Object.assign(this, { bar, view });
    this.kind = bar.querySelector("[data-kind]");
    this.tableBar = bar.querySelector("[data-table-bar]");
    this.gaps = bar.querySelector("[data-gaps]");
    bar.addEventListener("mousedown", (event) => {
      // The caret stays where it is.
      if (event.target.closest("[data-do]")) event.preventDefault();
    });
    bar.addEventListener("click", (event) => {
      const button = event.target.closest("[data-do]");
      if (button) this.run(button.dataset.do);
    });
    this.kind.addEventListener("change", (event) => {
      event.stopPropagation();
      this.run(this.kind.value);
    });
    this.kind.addEventListener("input", (event) => event.stopPropagation());
    bar.addEventListener("keydown", (event) => this.walk(event));
    bar.addEventListener("focusin", (event) => this.stopAt(event.target));
    this.show();
  }
  run(name) { run(name, this.view); }
  // The bar is one stop of the Tab key, the words are the next one; within it arrows walk.
  stops() {
    return [...this.bar.querySelectorAll("select, button")].filter((control) => !control.disabled && !control.closest("[hidden]"));
  }
  stopAt(wanted) {
    const stops = this.stops();
    this.stop = stops.includes(wanted) ? wanted : stops[0];
    this.bar.querySelectorAll("select, button").forEach((control) => { control.tabIndex = control === this.stop ? 0 : -1; });
  }
  walk(event) {
    const stops = this.stops(), at = stops.indexOf(event.target);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: stops.length - 1 }[event.key];
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    stops.at(to % stops.length).focus();
  }
  // Once before the page is drawn again, however much was typed.
  follow() {
    this.drawing ??= requestAnimationFrame(() => {
      this.drawing = null;
      this.show();
    });
  }
  show() {
    const { state } = this.view, inTable = isInTable(state);
    this.tableBar.hidden = !inTable;
    this.kind.value = kindOf(state);
    this.kind.disabled = inTable;
    this.bar.querySelectorAll("[data-do]").forEach((button) => {
      const name = button.dataset.do;
      button.disabled = !commands[name](state);
      const shown = ["bold", "italic"].includes(name) ? innerOf(this.view)?.state || state : state;
      if (isOn[name]) button.setAttribute("aria-pressed", String(isOn[name](shown)));
    });
    const { length } = gapsOf(state);
    this.gaps.hidden = !length;
    this.gaps.querySelector("[data-gaps-left]").textContent = length;
    if (!this.stop || this.stop.disabled || this.stop.closest("[hidden]")) this.stopAt(this.stop);
  }
}
