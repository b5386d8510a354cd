// Ticks in a list. The one at the head ticks all rows of the page; what is ticked stays so through paging, filtering and
// sorting, until it was sent and taken.
document.querySelectorAll("input[data-choose-all]").forEach((head) => {
  const name = head.dataset.chooseAll;
  const rows = [...document.querySelectorAll(`input[name="${name}"]`)];
  const form = rows[0]?.form;
  if (!form) return;
  const place = `${location.pathname}#${name}`, sent = `${place}:sent`;
  const refused = document.querySelector("[data-faults]");
  if (sessionStorage.getItem(sent) && !refused) sessionStorage.removeItem(place);
  sessionStorage.removeItem(sent);

  const chosen = new Set(JSON.parse(sessionStorage.getItem(place) || "[]"));
  const shown = new Set(rows.map((row) => row.value));
  const told = document.createElement("div");
  told.className = "muted small chosen-told";
  told.setAttribute("role", "status");
  head.closest("table").after(told);

  // Rows of other pages go with the form as hidden fields.
  function keep(byHand) {
    rows.forEach((row) => { if (row.checked) chosen.add(row.value); else chosen.delete(row.value); });
    sessionStorage.setItem(place, JSON.stringify([...chosen]));
    form.querySelectorAll("[data-elsewhere]").forEach((field) => field.remove());
    const elsewhere = [...chosen].filter((value) => !shown.has(value));
    const hidden = (name, value) => {
      const field = Object.assign(document.createElement("input"), { type: "hidden", name, value });
      field.dataset.elsewhere = "";
      form.append(field);
    };
    // In one field, where the server reads it so: thousands of fields are refused.
    if ("joined" in form.dataset) hidden(`${name}-khac`, elsewhere.join(","));
    else elsewhere.forEach((value) => hidden(name, value));
    told.textContent = chosen.size ? `Đã đánh dấu ${chosen.size}${elsewhere.length ? `, ${elsewhere.length} ở trang khác` : ""}.` : "";
    head.checked = rows.length > 0 && rows.every((row) => row.checked);
    const target = form.querySelector("select[data-when-chosen]");
    if (byHand && target && chosen.size) target.value = target.dataset.whenChosen;
  }

  rows.forEach((row) => {
    row.checked = row.checked || chosen.has(row.value);
    row.addEventListener("change", () => keep(true));
  });
  head.addEventListener("change", () => { rows.forEach((row) => { row.checked = head.checked; }); keep(true); });
  form.addEventListener("submit", () => sessionStorage.setItem(sent, "1"));
  keep(chosen.size > 0);
});
