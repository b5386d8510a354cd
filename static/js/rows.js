// Lines of a form: added from a template, moved up and down, crossed out. Each line carries its place in a field of its own.
document.querySelectorAll("[data-rows]").forEach((rows) => {
  const list = rows.querySelector("[data-row-list]");
  const total = rows.querySelector("[name$=-TOTAL_FORMS]");
  const number = () => [...list.children].forEach((row, index) => { row.querySelector("[name$=-ORDER]").value = index + 1; });

  rows.querySelector("[data-add-row]").addEventListener("click", () => {
    const holder = document.createElement("div");
    holder.innerHTML = rows.querySelector("template").innerHTML.replaceAll("__prefix__", total.value);
    const row = holder.firstElementChild;
    list.append(row);
    total.value = Number(total.value) + 1;
    number();
    row.querySelector("textarea, input:not([type=hidden]):not([name$=-ORDER])").focus();
  });
  list.addEventListener("click", (event) => {
    const button = event.target.closest("[data-move]");
    if (!button) return;
    const row = button.closest("[data-row]");
    const other = button.dataset.move === "up" ? row.previousElementSibling : row.nextElementSibling;
    if (!other) return;
    if (button.dataset.move === "up") other.before(row); else other.after(row);
    number();
    button.focus();
  });
  // Who types a place instead: the line goes there when the field is left.
  list.addEventListener("change", (event) => {
    if (!event.target.name.endsWith("-ORDER")) return;
    const row = event.target.closest("[data-row]");
    const place = Math.max(1, Math.min(list.children.length, Number(event.target.value) || list.children.length));
    const others = [...list.children].filter((other) => other !== row);
    list.insertBefore(row, others[place - 1] || null);
    number();
  });
});
