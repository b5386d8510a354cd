// What is against the rules of form, beside the pages of a draft: asked for a moment after the last key, mended by a button.
{
  const form = document.getElementById("draft");
  const box = document.getElementById("proofing");
  const PAUSE = 700;
  let timer = 0, asked = 0, rounds = 0;

  // Only the latest answer counts; a broken line leaves the list as it was.
  async function ask() {
    const number = ++asked, body = new FormData(form);
    // What tells one saving from another is for the saving alone.
    body.delete("once");
    try {
      const answer = await fetch(box.dataset.proof, { method: "POST", body });
      if (!answer.ok || number !== asked) return;
      box.innerHTML = await answer.text();
    } catch { return; }
    if (rounds > 0) mendAll();
  }

  function later() {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  }

  // The line as it was when it was judged; typed over since, it is left alone.
  function mend(button) {
    const field = form.elements[button.dataset.mend];
    if (!field) return false;
    const lines = field.value.replaceAll("\r\n", "\n").split("\n");
    const at = lines.findIndex((line) => line === button.dataset.old || line.trim() === button.dataset.old);
    if (at < 0) return false;
    // A line of a head that is emptied is taken out; one of a text leaves the space between two paragraphs.
    lines.splice(at, 1, ...(button.dataset.new || field.name === "body" ? [button.dataset.new] : []));
    field.value = lines.join("\n");
    field.dispatchEvent(new Event("input", { bubbles: true }));
    return true;
  }

  // Several faults of one line are mended one after the other, each in the line as the one before left it.
  function mendAll() {
    rounds -= 1;
    const mended = [...box.querySelectorAll("[data-mend]")].filter(mend);
    if (!mended.length) rounds = 0;
  }

  form.addEventListener("input", later);
  form.addEventListener("change", later);
  box.addEventListener("click", (event) => {
    const button = event.target.closest("[data-mend], [data-mend-all], [data-place]");
    if (!button) return;
    if (button.dataset.place) {
      const detail = { field: button.dataset.place, line: Number(button.dataset.at), column: 0 };
      form.dispatchEvent(new CustomEvent("go-to-line", { cancelable: true, detail }));
    } else if (button.matches("[data-mend-all]")) {
      rounds = 8;
      mendAll();
    } else if (!mend(button)) {
      button.disabled = true;
      button.textContent = "Dòng này vừa được sửa";
    }
  });
  // Of a new paper nothing is told before something was typed.
  if (form.elements.pk && !box.querySelector(".proof-box")) ask();
}
