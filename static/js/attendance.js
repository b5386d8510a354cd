// The form of an activity: one click for those who are present; the election is asked of a year-end meeting only.
document.addEventListener("DOMContentLoaded", () => {
  const form = document.querySelector("[data-attendance]");
  const all = form.querySelector("[data-all-present]"), election = form.querySelector("[data-year-end]");
  all.hidden = false;
  all.addEventListener("click", () => form.querySelectorAll("fieldset.came").forEach((row) => {
    if (!row.querySelector("input[type=radio]:checked")) row.querySelector("input[value=present]").checked = true;
  }));
  const show = () => {
    const typed = [...election.querySelectorAll("select")].some((select) => select.value);
    election.hidden = form.elements.kind.value !== "year_end" && !typed;
  };
  form.elements.kind.addEventListener("change", show);
  show();
});
