// Every page of the desk: dates with a calendar, long choices with a search box, messages for failed requests.

const foldVietnamese = (text) =>
  text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/g, "d").replace(/Đ/g, "D").toLowerCase();

function dress(root) {
  root.querySelectorAll("input[data-date]").forEach((input) => {
    if (!input._flatpickr) flatpickr(input, { dateFormat: "d/m/Y", allowInput: true, locale: "vn", disableMobile: true });
  });
  root.querySelectorAll("select[data-search]").forEach((select) => {
    if (!select.tomselect) new TomSelect(select, { maxOptions: 400, plugins: ["dropdown_input"], render: {
      no_results: () => '<div class="no-results">Không tìm thấy</div>' } });
  });
}

document.addEventListener("DOMContentLoaded", () => {
  dress(document);
  // A list is filtered as soon as a choice is made; the button stays for those without scripts.
  document.querySelectorAll("form[data-filter]").forEach((form) => {
    form.addEventListener("change", (event) => {
      if (event.target.matches("select, input[data-date]")) form.requestSubmit();
    });
  });
});
document.addEventListener("htmx:afterSwap", (event) => dress(event.target));
