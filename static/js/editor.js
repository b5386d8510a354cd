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

// Typed as if by hand, so that Ctrl+Z takes it back.
function type(text, start = body.selectionStart, end = body.selectionEnd) {
  body.focus();
  body.setSelectionRange(start, end);
  document.execCommand("insertText", false, text);
}

function wrap(mark) {
  const { selectionStart: start, selectionEnd: end, value } = body;
  type(mark + value.slice(start, end) + mark);
  if (start === end) body.setSelectionRange(start + mark.length, start + mark.length);
}

function startLine(mark) {
  const start = body.value.lastIndexOf("\n", body.selectionStart - 1) + 1;
  type(mark, start, start);
}

function addNote() {
  const numbers = [...body.value.matchAll(/\[\^(\d+)\]/g)].map((found) => Number(found[1]));
  const next = Math.max(0, ...numbers) + 1;
  type(`[^${next}]`, body.selectionEnd, body.selectionEnd);
  const end = body.value.trimEnd().length;
  type(`\n\n[^${next}]: `, end, body.value.length);
  body.scrollTop = body.scrollHeight;
}

form.querySelectorAll("[data-wrap]").forEach((button) =>
  button.addEventListener("click", () => wrap(button.dataset.wrap)));
form.querySelectorAll("[data-line]").forEach((button) => {
  if (button.tagName === "BUTTON") button.addEventListener("click", () => startLine(button.dataset.line));
});
form.querySelector("[data-note]").addEventListener("click", addNote);
form.querySelector("[data-table]").addEventListener("click", () =>
  type("\n\n| STT | Nội dung | Ghi chú |\n|---|---|---|\n| 1 |  |  |\n\n"));
body.addEventListener("keydown", (event) => {
  const mark = { b: "**", i: "*" }[event.key.toLowerCase()];
  if ((event.ctrlKey || event.metaKey) && mark) {
    event.preventDefault();
    wrap(mark);
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

function addAppendix() {
  const total = form.querySelector("[name=phu-luc-TOTAL_FORMS]");
  const holder = document.createElement("div");
  holder.innerHTML = document.getElementById("appendix-template").innerHTML.replaceAll("__prefix__", total.value);
  document.getElementById("appendix-forms").append(...holder.children);
  total.value = Number(total.value) + 1;
}
document.getElementById("add-appendix").addEventListener("click", addAppendix);

// Words that were typed but not stored survive a stray click, a closed window and a login in between.
const typed = () => [...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken");
const refused = document.querySelector(".words .errorlist, .page-body .alert-danger") !== null;
const place = `draft:${location.pathname}${location.search}`;
let stored = refused ? "" : JSON.stringify(typed());

function offerTyped() {
  const kept = sessionStorage.getItem(place);
  if (!kept || refused || kept === stored) return;
  const fields = new Map(JSON.parse(kept));
  // Another version was stored since: what was kept is part of it, or is older.
  if ((fields.get("version") || "") !== (form.querySelector("[name=version]").value || "")) return sessionStorage.removeItem(place);
  const offer = document.getElementById("typed-before");
  offer.hidden = false;
  offer.querySelector("[data-restore]").addEventListener("click", () => {
    while (Number(form.querySelector("[name=phu-luc-TOTAL_FORMS]").value) < Number(fields.get("phu-luc-TOTAL_FORMS"))) addAppendix();
    fields.forEach((value, name) => {
      const field = form.elements[name];
      if (field && field.type !== "checkbox") field.value = value;
    });
    offer.hidden = true;
    changed();
  });
  offer.querySelector("[data-forget]").addEventListener("click", () => {
    sessionStorage.removeItem(place);
    offer.hidden = true;
  });
}

function changed() {
  drawMirror();
  body.dispatchEvent(new Event("input", { bubbles: true }));
}

form.addEventListener("input", () => sessionStorage.setItem(place, JSON.stringify(typed())));
form.addEventListener("submit", () => {
  sessionStorage.setItem("draft-sent", place);
  stored = null;
});
window.addEventListener("beforeunload", (event) => {
  if (stored !== null && JSON.stringify(typed()) !== stored) event.preventDefault();
});
if (document.querySelector(".alert-success")) {
  sessionStorage.removeItem(sessionStorage.getItem("draft-sent"));
  sessionStorage.removeItem(place);
}
offerTyped();
document.addEventListener("DOMContentLoaded", drawMirror);
if (document.querySelector(".words .errorlist")) {
  const tab = document.querySelector(".words .errorlist").closest(".tab-pane");
  if (tab) document.addEventListener("DOMContentLoaded", () => document.querySelector(`[data-bs-target="#${tab.id}"]`).click());
}
