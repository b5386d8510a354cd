// A list with boxes: one click ticks all that the page shows, the next one none. The button stands in the form they belong to.
document.addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll("[data-tick-all]").forEach((button) => {
    const boxes = [...button.form.elements].filter((box) => box.type === "checkbox" && box.name === button.dataset.tickAll);
    if (!boxes.length) return;
    const say = () => {
      const ticked = boxes.filter((box) => box.checked).length;
      button.textContent = ticked === boxes.length ? "Bỏ chọn cả trang" : `Chọn cả trang (${ticked}/${boxes.length})`;
    };
    button.hidden = false;
    button.addEventListener("click", () => {
      const all = boxes.some((box) => !box.checked);
      boxes.forEach((box) => { box.checked = all; });
      say();
    });
    boxes.forEach((box) => box.addEventListener("change", say));
    say();
  });
});
