// A table on the screen: its columns as wide as in print, their edges to be drawn with the mouse, as in Word.
import { TableMap } from "../../vendor/prosemirror/prosemirror.min.js";
import { columnsOf } from "./grid.js";
import { setWidths } from "./tables.js";

const NEAR = 5; // pixels beside an edge
// Dashes of all columns together, roughly; of many columns so many for each, on the average.
const PARTS = 50, EACH = 6;

export class TableView {
  constructor(node, view, getPos) {
    Object.assign(this, { node, view, getPos });
    this.dom = document.createElement("div");
    this.dom.className = "table-place";
    this.table = this.dom.appendChild(document.createElement("table"));
    this.columns = this.table.appendChild(document.createElement("colgroup"));
    this.contentDOM = this.table.appendChild(document.createElement("tbody"));
    this.table.addEventListener("pointermove", (event) => this.point(event));
    this.table.addEventListener("pointerdown", (event) => this.take(event));
    this.draw();
  }
  draw() {
    const { widths } = columnsOf(this.node), { width } = TableMap.get(this.node);
    this.show(widths || Array(width).fill(null));
  }
  show(widths) {
    const whole = widths.reduce((sum, part) => sum + (part || 0), 0);
    while (this.columns.children.length > widths.length) this.columns.lastChild.remove();
    while (this.columns.children.length < widths.length) this.columns.append(document.createElement("col"));
    // Set by script, one by one: the policy allows no style in the markup.
    widths.forEach((part, i) => { this.columns.children[i].style.width = part ? `${(100 * part) / whole}%` : ""; });
    this.table.classList.toggle("has-widths", whole > 0);
  }
  update(node) {
    if (node.type !== this.node.type) return false;
    this.node = node;
    this.draw();
    return true;
  }
  ignoreMutation(mutation) {
    return mutation.type !== "selection" && !this.contentDOM.contains(mutation.target);
  }
  // Which column's right edge the pointer is at; none at the table's own.
  edge(event) {
    const cell = event.target.closest("td, th");
    if (!cell || event.pointerType === "touch") return -1;
    const { left, right } = cell.getBoundingClientRect(), map = TableMap.get(this.node);
    const inside = this.view.posAtDOM(cell, 0) - this.getPos() - 2, place = map.map.find((at) => at === inside);
    if (place === undefined) return -1;
    const rect = map.findCell(place);
    const edge = event.clientX > right - NEAR ? rect.right : event.clientX < left + NEAR ? rect.left : -1;
    return edge > 0 && edge < map.width ? edge - 1 : -1;
  }
  point(event) { this.table.classList.toggle("at-edge", this.edge(event) >= 0); }
  take(event) {
    const column = this.edge(event);
    if (column < 0 || event.button) return;
    event.preventDefault();
    event.stopPropagation();
    const widths = this.measured(), start = event.clientX, both = widths[column] + widths[column + 1];
    const move = ({ clientX }) => {
      const here = Math.min(Math.max(widths[column] + clientX - start, 20), both - 20);
      this.drawn = widths.map((width, i) => (i === column ? here : i === column + 1 ? both - here : width));
      this.show(this.drawn);
    };
    const end = () => {
      document.removeEventListener("pointermove", move);
      if (this.drawn) this.keep(this.drawn);
      this.drawn = null;
    };
    document.addEventListener("pointermove", move);
    document.addEventListener("pointerup", end, { once: true });
  }
  // The widths of all columns now, in pixels: of joined ones each its part.
  measured() {
    const map = TableMap.get(this.node), found = Array(map.width).fill(0);
    const whole = this.table.getBoundingClientRect().width;
    [...new Set(map.map)].sort((a, b) => this.node.nodeAt(b).attrs.colspan - this.node.nodeAt(a).attrs.colspan).forEach((at) => {
      const { left, right } = map.findCell(at);
      const width = this.view.nodeDOM(this.getPos() + 1 + at).getBoundingClientRect().width / (right - left);
      for (let i = left; i < right; i += 1) found[i] = width;
    });
    return found.map((width) => width || whole / map.width);
  }
  keep(widths) {
    const whole = widths.reduce((sum, width) => sum + width, 0);
    const all = Math.max(PARTS, EACH * widths.length), parts = widths.map((width) => Math.max(1, Math.round((all * width) / whole)));
    // All equal would say that nothing was said.
    if (new Set(parts).size === 1) parts[parts.length - 1] += 1;
    setWidths(this.getPos(), parts)(this.view.state, this.view.dispatch);
  }
}
