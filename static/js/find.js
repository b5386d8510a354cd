// The search box of every page: "/" jumps to it, arrows walk through what it found, Enter opens, Escape leaves.
(() => {
  const form = document.querySelector("[data-find]");
  if (!form) return;
  const input = form.querySelector("input"), found = form.querySelector(".find-found");
  const rows = () => [...found.querySelectorAll("a")];
  const show = (yes) => found.classList.toggle("is-open", yes && found.childElementCount > 0);

  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    input.focus();
    input.select();
  });
  form.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape") {
      event.preventDefault();
      input.focus();
      show(false);
    } else if (step && found.classList.contains("is-open")) {
      event.preventDefault();
      const stops = [input, ...rows()];
      stops[(stops.indexOf(document.activeElement) + step + stops.length) % stops.length].focus();
    }
  });
  // What is shown belongs to what stands in the box: an answer that comes late, or after the box was emptied, is not shown.
  input.addEventListener("input", () => { if (!input.value.trim()) show(false); });
  // Who walks through the rows already keeps them; what came meanwhile is shown back at the box.
  let late = null;
  found.addEventListener("htmx:beforeSwap", ({ detail }) => {
    const isWalked = found.contains(document.activeElement);
    late = isWalked ? detail.serverResponse : null;
    if (isWalked) detail.shouldSwap = false;
  });
  input.addEventListener("focus", () => {
    if (late !== null) htmx.swap(found, late, { swapStyle: "innerHTML" });
    late = null;
    show(Boolean(input.value.trim()));
  });
  found.addEventListener("htmx:afterSwap", () => show(Boolean(input.value.trim()) && form.contains(document.activeElement)));
  form.addEventListener("focusout", (event) => { if (!form.contains(event.relatedTarget)) show(false); });
})();
