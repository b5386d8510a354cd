// The board of a division: units are dragged from one cluster to another, and found by typing. Every move is stored at once;
// the server answers with the board as it stands, which also shows what others moved meanwhile.
(() => {
  const plain = (text) => text.normalize("NFD").replace(/[̀-ͯ]/g, "").replace(/đ/gi, "d").toLowerCase();
  let dragged = null;

  function send(units, cluster) {
    const scrolled = window.scrollY, board = document.getElementById("board");
    htmx.ajax("POST", board.action, { target: "#board", swap: "outerHTML", values: { unit: units, cluster } }).then(() => {
      // The field itself stays (hx-preserve), with what was typed while the answer was on its way.
      show(document.querySelector("[data-board-find]").value);
      window.scrollTo(0, scrolled);
    });
  }

  function show(words) {
    const wanted = plain(words).split(/\s+/).filter(Boolean);
    document.querySelectorAll(".board-unit").forEach((unit) => {
      unit.hidden = !wanted.every((word) => plain(unit.dataset.words).includes(word));
    });
  }

  document.addEventListener("input", (event) => {
    if (event.target.matches("[data-board-find]")) show(event.target.value);
  });
  // Enter in the search box would send the form, which moves units.
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches("[data-board-find]")) event.preventDefault();
  });
  document.addEventListener("dragstart", (event) => {
    const unit = event.target.closest?.(".board-unit");
    if (!unit) return;
    dragged = unit;
    event.dataTransfer.setData("text/plain", unit.dataset.unit);
    event.dataTransfer.effectAllowed = "move";
    unit.classList.add("is-dragged");
  });
  document.addEventListener("dragend", () => {
    dragged?.classList.remove("is-dragged");
    document.querySelectorAll(".is-over").forEach((column) => column.classList.remove("is-over"));
    dragged = null;
  });
  document.addEventListener("dragover", (event) => {
    const column = dragged && event.target.closest(".board-column");
    document.querySelectorAll(".is-over").forEach((other) => { if (other !== column) other.classList.remove("is-over"); });
    if (!column) return;
    event.preventDefault();
    column.classList.add("is-over");
  });
  document.addEventListener("drop", (event) => {
    const column = dragged && event.target.closest(".board-column");
    if (!column) return;
    event.preventDefault();
    // With others ticked as well, the dragged one takes them along.
    const ticked = [...document.querySelectorAll(".board-unit input:checked")].map((box) => box.value);
    const units = ticked.includes(dragged.dataset.unit) ? ticked : [dragged.dataset.unit];
    if (dragged.closest(".board-column") !== column || units.length > 1) send(units, column.dataset.cluster);
  });
})();
