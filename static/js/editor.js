// The words of a draft: numbered lines with faults marked, a small tool bar, signers that fill their lines, appendices.

const form = document.getElementById("draft");
const body = form.querySelector("textarea[data-source]");
const mirror = form.querySelector(".mirror");
let faultLines = new Set();

// The mirror lies under the text area, breaks lines as it does, and carries numbers and colours that a text area cannot.
function drawMirror() {
  const scrollbar = body.offsetWidth - body.clientWidth;
  mirror.style.setProperty("--scrollbar", `${scrollbar}px`);
  mirror.replaceChildren(...body.value.split("\n").map((text, index) => {
    const line = document.createElement("div");
    line.className = "mirror-line" + (faultLines.has(index + 1) ? " at-fault" : "");
    line.dataset.line = index + 1;
    line.textContent = text || "\u200b";
    return line;
  }));
  mirror.scrollTop = body.scrollTop;
}

function goToLine(number) {
  const start = body.value.split("\n").slice(0, number - 1).join("\n").length + (number > 1 ? 1 : 0);
  const end = body.value.indexOf("\n", start);
  document.querySelector('[data-bs-target="#noi-dung"]').click();
  body.focus();
  body.setSelectionRange(start, end < 0 ? body.value.length : end);
  const line = mirror.children[number - 1];
  if (line) body.scrollTop = Math.max(0, line.offsetTop - body.clientHeight / 3);
}

function insert(before, after = "", keepSelection = true) {
  const { selectionStart: start, selectionEnd: end, value } = body;
  const chosen = keepSelection ? value.slice(start, end) : "";
  body.focus();
  body.setRangeText(before + chosen + after, start, end, "end");
  if (!chosen && after) body.setSelectionRange(start + before.length, start + before.length);
  changed();
}

function changed() {
  drawMirror();
  body.dispatchEvent(new Event("input", { bubbles: true }));
}

function startOfLine(mark) {
  const start = body.value.lastIndexOf("\n", body.selectionStart - 1) + 1;
  body.focus();
  body.setRangeText(mark, start, start, "end");
  changed();
}

function addNote() {
  const numbers = [...body.value.matchAll(/\[\^(\d+)\]/g)].map((found) => Number(found[1]));
  const next = Math.max(0, ...numbers) + 1;
  insert(`[^${next}]`, "", false);
  const head = body.value.replace(/\s+$/, "");
  body.value = `${head}\n\n[^${next}]: `;
  body.setSelectionRange(body.value.length, body.value.length);
  body.scrollTop = body.scrollHeight;
  changed();
}

form.querySelectorAll("[data-wrap]").forEach((button) =>
  button.addEventListener("click", () => insert(button.dataset.wrap, button.dataset.wrap)));
form.querySelectorAll("[data-line]").forEach((button) => {
  if (button.tagName === "BUTTON") button.addEventListener("click", () => startOfLine(button.dataset.line));
});
form.querySelector("[data-note]").addEventListener("click", addNote);
form.querySelector("[data-table]").addEventListener("click", () =>
  insert("\n\n| STT | Nội dung | Ghi chú |\n|---|---|---|\n| 1 |  |  |\n\n", "", false));
body.addEventListener("keydown", (event) => {
  const mark = { b: "**", i: "*" }[event.key.toLowerCase()];
  if ((event.ctrlKey || event.metaKey) && mark) {
    event.preventDefault();
    insert(mark, mark);
  }
});
body.addEventListener("input", drawMirror);
body.addEventListener("scroll", () => { mirror.scrollTop = body.scrollTop; });
new ResizeObserver(drawMirror).observe(body);

// What the server found wrong: marked in the mirror, cleared as soon as the pages are drawn again.
document.body.addEventListener("htmx:afterSettle", (event) => {
  if (!["sheets", "sheet-faults"].includes(event.target.id)) return;
  const faults = [...document.querySelectorAll("#sheet-faults [data-fault-field=body]")];
  faultLines = new Set(faults.map((item) => Number(item.dataset.faultLine)).filter(Boolean));
  document.getElementById("sheets").classList.toggle("stale", document.querySelector("#sheet-faults li") !== null);
  drawMirror();
});
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-go-line]");
  if (!link) return;
  event.preventDefault();
  goToLine(Number(link.dataset.goLine));
});

const signer = form.querySelector("[data-signer]");
signer.addEventListener("change", () => {
  const chosen = signer.selectedOptions[0];
  if (!chosen || !chosen.dataset.name) return;
  form.querySelector("[name=capacity]").value = chosen.dataset.lines;
  form.querySelector("[name=signer_name]").value = chosen.dataset.name;
  signer.dispatchEvent(new Event("input", { bubbles: true }));
});
form.addEventListener("change", (event) => {
  if (event.target.matches("select, [type=checkbox]")) htmx.trigger(form, "preview");
});

document.getElementById("add-appendix").addEventListener("click", () => {
  const total = form.querySelector("[name=phu-luc-TOTAL_FORMS]");
  const holder = document.createElement("div");
  holder.innerHTML = document.getElementById("appendix-template").innerHTML.replaceAll("__prefix__", total.value);
  document.getElementById("appendix-forms").append(...holder.children);
  total.value = Number(total.value) + 1;
});

// Words that were typed but not stored are not lost by a stray click.
let stored = new URLSearchParams(new FormData(form)).toString();
form.addEventListener("submit", () => { stored = null; });
window.addEventListener("beforeunload", (event) => {
  if (stored !== null && new URLSearchParams(new FormData(form)).toString() !== stored) event.preventDefault();
});
document.addEventListener("DOMContentLoaded", drawMirror);
if (document.querySelector(".words .errorlist")) {
  const tab = document.querySelector(".words .errorlist").closest(".tab-pane");
  if (tab) document.addEventListener("DOMContentLoaded", () => document.querySelector(`[data-bs-target="#${tab.id}"]`).click());
}
