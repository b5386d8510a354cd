// The menu of a table under the right button of the mouse, and under the key that opens it. With Shift the browser's own comes.
import { CellSelection, isInTable, Selection } from "../../vendor/prosemirror/prosemirror.min.js";

const ITEMS = [
  ["row-above", "Thêm hàng ở trên"], ["row-below", "Thêm hàng ở dưới"], ["column-left", "Thêm cột bên trái"],
  ["column-right", "Thêm cột bên phải"], null,
  ["join", "Gộp ô"], ["split", "Tách ô"], ["head", "Hàng tiêu đề (lặp lại ở mỗi trang)"], null,
  ["align-left", "Căn trái cột"], ["align-center", "Căn giữa cột"], ["align-right", "Căn phải cột"], null,
  ["wider", "Nới cột", "Alt+Shift+→"], ["narrower", "Thu cột", "Alt+Shift+←"], ["free-widths", "Tự chia cột theo chữ"], null,
  ["delete-row", "Xóa hàng"], ["delete-column", "Xóa cột"], ["delete-table", "Xóa bảng"],
];

export class TableMenu {
  // `may(name)` tells what can be done now, `run(name)` does it.
  constructor(view, { may, run }) {
    Object.assign(this, { view, may, run, box: null });
    view.dom.addEventListener("contextmenu", (event) => this.ask(event));
    view.dom.addEventListener("keydown", (event) => this.askByKey(event));
  }
  ask(event) {
    if (event.shiftKey || !event.target.closest?.("td, th")) return;
    event.preventDefault();
    this.aim(event);
    if (isInTable(this.view.state)) this.open(event.clientX, event.clientY);
  }
  askByKey(event) {
    if (!isInTable(this.view.state) || !(event.key === "ContextMenu" || (event.key === "F10" && event.shiftKey))) return;
    event.preventDefault();
    const { left, bottom } = this.view.coordsAtPos(this.view.state.selection.head);
    this.open(left, bottom);
  }
  // On the cell that is pointed at, unless it is among those that are chosen.
  aim(event) {
    const { state } = this.view, found = this.view.posAtCoords({ left: event.clientX, top: event.clientY });
    if (!found) return;
    const { selection } = state;
    let isChosen = selection.from <= found.pos && found.pos <= selection.to;
    if (selection instanceof CellSelection) {
      isChosen = false;
      selection.forEachCell((cell, at) => { isChosen ||= at <= found.pos && found.pos <= at + cell.nodeSize; });
    }
    if (!isChosen) this.view.dispatch(state.tr.setSelection(Selection.near(state.doc.resolve(found.pos))));
  }
  open(x, y) {
    this.close();
    const box = document.createElement("div");
    box.className = "table-menu";
    box.setAttribute("role", "menu");
    box.setAttribute("aria-label", "Bảng");
    box.append(...ITEMS.map((item) => this.item(item)));
    box.addEventListener("keydown", (event) => this.press(event));
    box.addEventListener("focusout", (event) => { if (!box.contains(event.relatedTarget)) this.close(); });
    (this.view.dom.closest("main") || document.body).append(box);
    const { width, height } = box.getBoundingClientRect();
    box.style.left = `${Math.max(0, Math.min(x, innerWidth - width - 4))}px`;
    box.style.top = `${Math.max(0, Math.min(y, innerHeight - height - 4))}px`;
    this.box = box;
    this.focus(1);
  }
  item(item) {
    if (!item) return Object.assign(document.createElement("div"), { className: "table-menu-rule" });
    const [name, words, key] = item, button = document.createElement("button");
    Object.assign(button, { type: "button", textContent: words, disabled: !this.may(name) });
    button.setAttribute("role", "menuitem");
    if (key) button.append(Object.assign(document.createElement("kbd"), { textContent: key }));
    button.addEventListener("click", () => {
      this.close();
      this.run(name);
    });
    return button;
  }
  focus(by) {
    const items = [...this.box.querySelectorAll("button:enabled")], at = items.indexOf(document.activeElement);
    items.at(at < 0 ? 0 : (at + by) % items.length).focus();
  }
  press(event) {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by) this.focus(by);
    else if (event.key === "Escape" || event.key === "Tab") {
      this.close();
      this.view.focus();
    } else return;
    event.preventDefault();
  }
  close() {
    const { box } = this;
    this.box = null;
    box?.remove();
  }
}
