// Appendices of a draft as tabs beside its text: named as they are printed, moved, crossed out after a question and taken back.
// Place and crossing out are fields of each (ORDER, DELETE): names of fields never change.
"use strict";
(() => {
  const form = document.getElementById("draft"), list = form.querySelector(".appendices"), tabs = form.querySelector(".texts [role=tablist]");
  const told = document.getElementById("appendix-told"), shape = document.getElementById("appendix-tab");
  const ROMAN = [[50, "L"], [40, "XL"], [10, "X"], [9, "IX"], [5, "V"], [4, "IV"], [1, "I"]];

  const roman = (n) => ROMAN.reduce(([left, done], [value, sign]) =>
    [left % value, done + sign.repeat(Math.floor(left / value))], [n, ""])[1];
  const panes = () => [...list.querySelectorAll(".appendix")];
  const field = (pane, name) => pane.querySelector(`[name="${pane.id}-${name}"]`);
  const isGone = (pane) => field(pane, "DELETE").checked;
  const standing = () => panes().filter((pane) => !isGone(pane));
  const tabOf = (pane) => tabs.querySelector(`[data-appendix-tab="${pane.id}"]`);
  const buttonOf = (pane) => tabOf(pane).querySelector("button");
  const labelOf = (pane) => pane.querySelector("[data-part-label]").textContent;
  const titleOf = (pane) => field(pane, "title").value.trim();
  const tell = (input) => input.dispatchEvent(new Event("input", { bubbles: true }));

  // --- What each is called

  // As on paper: numbered where there are several; what is issued with the paper has the name of its type.
  function name() {
    const shown = standing(), plain = shown.filter((pane) => !field(pane, "type").value);
    shown.forEach((pane, at) => {
      const type = field(pane, "type"), number = plain.length > 1 ? ` ${roman(plain.indexOf(pane) + 1)}` : "";
      const label = type.value ? type.selectedOptions[0].textContent.replace(/^.*: /, "") : `Phụ lục${number}`;
      const tab = tabOf(pane), kinds = [type, field(pane, "orientation")].map((box) => box.selectedOptions[0]?.textContent.trim());
      pane.querySelector("[data-part-said]").textContent = kinds.join(", ").toLowerCase().replace(/^./, (first) => first.toUpperCase());
      [pane, tab].forEach((place) => { place.querySelector("[data-part-label]").textContent = label; });
      tab.querySelector(".tab-name").textContent = titleOf(pane);
      buttonOf(pane).title = titleOf(pane) ? `${label}: ${titleOf(pane)}. Bấm đúp để sửa tên, kéo để đổi chỗ.` : `${label} chưa có tên`;
      const [before, after] = pane.querySelectorAll("[data-appendix-move]");
      [before.disabled, after.disabled] = [at === 0, at === shown.length - 1];
    });
  }

  // The page as the fields say it: what came back from the server or was kept may stand elsewhere, or be crossed out.
  function follow() {
    const place = (pane) => Number(field(pane, "ORDER").value) || 9999;
    const wanted = panes().sort((one, other) => place(one) - place(other));
    if (wanted.some((pane, at) => pane !== panes()[at])) wanted.forEach((pane) => list.append(pane));
    let last = tabs.firstElementChild;
    wanted.forEach((pane) => {
      if (!tabOf(pane)) tabs.insertAdjacentHTML("beforeend", shape.innerHTML.replaceAll("__prefix__", pane.id.split("-").at(-1)));
      last.after(tabOf(pane));
      last = tabOf(pane);
      last.hidden = isGone(pane);
      if (isGone(pane) && pane.classList.contains("active")) show(standing()[0]);
    });
    name();
  }

  function show(pane) {
    const button = pane ? buttonOf(pane) : tabs.querySelector("[data-bs-toggle]");
    tabler.Tab.getOrCreateInstance(button).show();
    return button;
  }

  // --- What is done with them

  function number() {
    panes().forEach((pane, at) => {
      const order = field(pane, "ORDER");
      if (order.value === String(at + 1)) return;
      order.value = at + 1;
      tell(order);
    });
    follow();
  }

  function put(pane, other, isBefore) {
    if (!other || other === pane) return;
    if (isBefore) other.before(pane); else other.after(pane);
    number();
  }

  function move(pane, by) {
    const shown = standing();
    put(pane, shown[shown.indexOf(pane) + by], by < 0);
  }

  function cross(pane, isOut) {
    const box = field(pane, "DELETE");
    box.checked = isOut;
    tell(box);
    follow();
  }

  function drop(pane) {
    const shown = standing(), at = shown.indexOf(pane), called = labelOf(pane);
    pane.querySelector("[data-appendix-question]").hidden = true;
    show(shown[at + 1] || shown[at - 1]).focus();
    cross(pane, true);
    told.querySelector("span").textContent = `Đã bỏ ${called}${titleOf(pane) ? ` «${titleOf(pane)}»` : ""} khỏi dự thảo; lưu thì mất hẳn.`;
    told.hidden = false;
    told.querySelector("button").onclick = () => {
      told.hidden = true;
      cross(pane, false);
      show(pane).focus();
    };
  }

  function ask(pane) {
    if (!titleOf(pane) && !field(pane, "body").value.trim()) return drop(pane);
    const box = pane.querySelector("[data-appendix-question]");
    box.querySelector("[data-question-words]").textContent = `Xóa ${labelOf(pane)}${titleOf(pane) ? ` «${titleOf(pane)}»` : ""}?`;
    box.hidden = false;
    box.querySelector("[data-appendix-keep]").focus();
  }

  const keep = (pane) => {
    pane.querySelector("[data-appendix-question]").hidden = true;
    pane.querySelector("[data-appendix-ask]").focus();
  };

  list.addEventListener("click", (event) => {
    const button = event.target.closest("button"), pane = event.target.closest(".appendix");
    if (!button || !pane) return;
    if (button.dataset.appendixMove) {
      move(pane, Number(button.dataset.appendixMove));
      (button.disabled ? buttonOf(pane) : button).focus();
    } else if ("appendixAsk" in button.dataset) ask(pane);
    else if ("appendixDrop" in button.dataset) drop(pane);
    else if ("appendixKeep" in button.dataset) keep(pane);
  });
  list.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && event.target.closest("[data-appendix-question]")) keep(event.target.closest(".appendix"));
  });
  list.addEventListener("input", (event) => { if (/-title$/.test(event.target.name)) name(); });
  list.addEventListener("change", (event) => { if (/-(type|orientation)$/.test(event.target.name)) name(); });
  list.addEventListener("part-added", number);
  form.addEventListener("fields-set", follow);

  // --- By the tab itself

  const paneOf = (place) => {
    const tab = place.closest?.("[data-appendix-tab]");
    return tab && document.getElementById(tab.dataset.appendixTab);
  };
  let dragged = null;
  tabs.addEventListener("dragstart", (event) => {
    dragged = paneOf(event.target);
    event.dataTransfer.setData("text/plain", "");
    event.dataTransfer.effectAllowed = "move";
  });
  tabs.addEventListener("dragover", (event) => { if (dragged && paneOf(event.target)) event.preventDefault(); });
  tabs.addEventListener("drop", (event) => {
    const other = dragged && paneOf(event.target);
    if (!other) return;
    event.preventDefault();
    const shown = standing();
    put(dragged, other, shown.indexOf(dragged) > shown.indexOf(other));
  });
  tabs.addEventListener("dragend", () => { dragged = null; });
  tabs.addEventListener("dblclick", (event) => {
    const pane = paneOf(event.target);
    if (pane) field(pane, "title").select();
  });
  // Before the tabs themselves take the arrows.
  tabs.addEventListener("keydown", (event) => {
    const pane = paneOf(event.target), by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!pane || !by || !event.altKey || !event.shiftKey) return;
    event.preventDefault();
    event.stopPropagation();
    move(pane, by);
    buttonOf(pane).focus();
  }, true);

  follow();
  const wrong = list.querySelector(".errorlist")?.closest(".appendix");
  if (wrong && !form.querySelector("#loi-van .errorlist")) document.addEventListener("DOMContentLoaded", () => show(wrong));
})();
