// What is against the rules of form, beside the pages of a draft: asked for a moment after the last key, mended by a button.
{
  const form = document.getElementById("draft");
  const box = document.getElementById("proofing");
  const PAUSE = 700, SOON = 100;
  let timer = 0, asked = 0, rounds = 0;

  // Only an answer about the words as they stand counts; a broken line leaves the list as it was.
  async function ask() {
    const number = ++asked, body = new FormData(form);
    // What tells one saving from another is for the saving alone.
    body.delete("once");
    try {
      const answer = await fetch(box.dataset.proof, { method: "POST", body });
      if (!answer.ok) return;
      const found = await answer.text();
      await letGo();
      if (number !== asked) return;
      box.innerHTML = found;
      showUndo();
    } catch { return; }
    if (rounds > 0) mendAll();
  }

  function showUndo() {
    undone = undone.filter(({ field, after }) => field.isConnected && lined(field) === after);
    const button = box.querySelector("[data-undo]");
    if (button) button.hidden = !undone.length;
  }

  // What is under way is about words that are no more: by such a list nothing could be mended.
  function later(pause = PAUSE) {
    asked += 1;
    clearTimeout(timer);
    timer = setTimeout(ask, pause);
  }

  // Fields as they were before what was mended last, in one go: «Hoàn tác sửa» gives them back where nobody typed since.
  let undone = [];
  const lined = (field) => field.value.replaceAll("\r\n", "\n");

  function put(field, value) {
    field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    later(SOON);
  }

  // The line as it was when it was judged, at its place or where it went since; typed over, it is left alone.
  function mend(button) {
    const { mend: name, old, at } = button.dataset, field = form.elements[name];
    if (!field) return false;
    const before = field.value, lines = lined(field).split("\n"), isIt = (line) => line === old || line?.trim() === old;
    const place = isIt(lines[at - 1]) ? at - 1 : lines.findIndex(isIt);
    if (place < 0) return false;
    // A line of a head that is emptied is taken out; one of a text leaves the space between two paragraphs.
    lines.splice(place, 1, ...(button.dataset.new || field.name.endsWith("body") ? [button.dataset.new] : []));
    put(field, lines.join("\n"));
    const known = undone.find((one) => one.field === field);
    if (known) known.after = lined(field);
    else undone.push({ field, before, after: lined(field) });
    return true;
  }

  function undo() {
    undone.filter(({ field, after }) => lined(field) === after).forEach(({ field, before }) => put(field, before));
    undone = [];
    rounds = 0;
    // The list is of the words as they were mended.
    box.querySelectorAll("[data-mend]").forEach((button) => { button.disabled = true; });
  }

  // Several faults of one line are mended one after the other, each in the line as the one before left it.
  function mendAll() {
    rounds -= 1;
    const mended = [...box.querySelectorAll("[data-mend]")].filter(mend);
    if (!mended.length) rounds = 0;
  }

  form.addEventListener("input", () => later());
  form.addEventListener("change", () => later());
  box.addEventListener("click", (event) => {
    const button = event.target.closest("[data-mend], [data-mend-all], [data-undo], [data-place]");
    if (!button) return;
    if (button.dataset.place) {
      const detail = { field: button.dataset.place, line: Number(button.dataset.at), column: 0 };
      form.dispatchEvent(new CustomEvent("go-to-line", { cancelable: true, detail }));
    } else if (button.matches("[data-undo]")) {
      undo();
    } else if (button.matches("[data-mend-all]")) {
      undone = [];
      rounds = 8;
      mendAll();
    } else {
      undone = [];
      if (mend(button)) return;
      button.disabled = true;
      button.textContent = "Chỗ này vừa được sửa";
    }
  });
  // Of a new paper nothing is told before something was typed.
  if (form.elements.pk && !box.querySelector(".proof-box")) ask();
}
