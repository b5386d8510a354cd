// One tick at the head of a list ticks all its rows on this page.
document.querySelectorAll("input[data-choose-all]").forEach((head) => {
  const rows = document.querySelectorAll(`input[name="${head.dataset.chooseAll}"]`);
  head.addEventListener("change", () => rows.forEach((row) => { row.checked = head.checked; }));
});
