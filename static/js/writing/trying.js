// The page of a text or phrase: its gaps tried with a record while one writes, and put in by a click.
import { EditorState, EditorView } from "../../vendor/prosemirror/prosemirror.min.js";
import { asked } from "./asking.js";
import { documentOf } from "./desk.js";
import { blanks } from "./places.js";

const FIELDS = ["subject", "bases", "to", "recipients", "body"];
const side = document.querySelector("[data-trying]"), form = document.getElementById("form");
const place = side.querySelector("[data-tried]"), record = side.querySelector("[data-try-record]");
let last = null, timer = null, count = 0;

// The field that one wrote in last takes a gap.
form.addEventListener("focusin", ({ target }) => {
  if (target.closest("[data-writing-place]")) last = target.closest("[data-writing]");
  else if (FIELDS.includes(target.name)) last = target;
});
side.addEventListener("mousedown", (event) => {
  if (event.target.closest("[data-gap]")) event.preventDefault();
});
side.addEventListener("click", ({ target }) => {
  const gap = target.closest("[data-gap]"), words = gap && `{${gap.dataset.gap}}`;
  if (!gap) return;
  const field = last || form.querySelector("[data-writing]");
  if (field.matches("[data-writing]")) field.dispatchEvent(new CustomEvent("put-words", { detail: words }));
  else {
    field.focus();
    field.setRangeText(words, field.selectionStart, field.selectionEnd, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
});

function line(label, words) {
  const row = document.createElement("div"), head = document.createElement("span");
  head.className = "muted small";
  head.textContent = `${label}: `;
  row.append(head, words);
  row.className = "said-words";
  return row;
}

function shown({ fields, document: json }) {
  place.replaceChildren(...fields.map(([label, words]) => line(label, words)));
  if (!json && !fields.length) place.textContent = "Gõ lời văn để xem.";
  if (!json) return;
  const body = place.appendChild(document.createElement("div"));
  new EditorView(body, {
    state: EditorState.create({ doc: documentOf(json), plugins: [blanks] }), editable: () => false,
    attributes: { class: "desk-words is-tried", lang: "vi" },
  });
}

async function tryNow() {
  count += 1;
  const now = count, facts = { ho_so: record?.value || "" };
  FIELDS.forEach((name) => { facts[name] = form.elements[name]?.value || ""; });
  const answer = await asked(side.dataset.tryUrl, facts);
  if (!answer || now !== count) return;
  shown(answer);
  side.querySelectorAll("[data-gap-shown]").forEach((cell) => { cell.textContent = answer.facts[cell.dataset.gapShown] || "–"; });
}

function soon() {
  clearTimeout(timer);
  timer = setTimeout(tryNow, 400);
}
form.addEventListener("input", soon);
record?.addEventListener("change", tryNow);
tryNow();
