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

// Selects the line, or puts the caret at `column` of it.
function goToLine(number, column) {
  const start = body.value.split("\n").slice(0, number - 1).join("\n").length + (number > 1 ? 1 : 0);
  const end = body.value.indexOf("\n", start);
  document.querySelector('[data-bs-target="#noi-dung"]').click();
  body.focus();
  const at = column === undefined ? start : Math.min(start + column, end < 0 ? body.value.length : end);
  body.setSelectionRange(at, column === undefined ? (end < 0 ? body.value.length : end) : at);
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
form.addEventListener("pages-shown", () => {
  const faults = [...document.querySelectorAll("#sheet-faults [data-fault-field=body]")];
  faultLines = new Set(faults.map((item) => Number(item.dataset.faultLine)).filter(Boolean));
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
form.addEventListener("fields-set", drawMirror);
// Asked for by a click on a page (draft-fields.js tells how).
form.addEventListener("go-to-line", (event) => {
  if (event.detail.field !== "body") return;
  event.preventDefault();
  goToLine(event.detail.line || 1, event.detail.column);
});

// Citations are picked from the register; what is written is a mark that prints long the first time, short afterwards.
const citeBox = document.getElementById("cite-box");
const citeWords = document.getElementById("cite-words");
const citeFound = citeBox.querySelector(".cite-found");
const citeButton = form.querySelector("[data-cite]");
let citeAsked = 0;

function openCite(open) {
  citeBox.hidden = !open;
  citeButton.setAttribute("aria-expanded", String(open));
  if (open) { citeWords.focus(); searchCite(); } else { body.focus(); }
}

function citeRow(found, many) {
  const row = document.createElement("button");
  row.type = "button";
  row.className = "list-group-item list-group-item-action";
  row.textContent = found.text;
  if (!found.holds) {
    const doubt = document.createElement("div");
    doubt.className = "text-danger small";
    doubt.textContent = found.doubt;
    row.append(doubt);
  }
  row.addEventListener("click", () => {
    openCite(false);
    type(`{{cite:${many > 1 ? found.key : found.reference}}}`, body.selectionEnd, body.selectionEnd);
  });
  return row;
}

async function searchCite() {
  const asked = ++citeAsked;
  const answer = await fetch(`${citeBox.dataset.citeUrl}?q=${encodeURIComponent(citeWords.value)}`);
  if (!answer.ok || asked !== citeAsked) return;
  const { results } = await answer.json();
  const same = (found) => results.filter((other) => other.reference === found.reference).length;
  citeFound.replaceChildren(...results.map((found) => citeRow(found, same(found))));
  if (!results.length) citeFound.textContent = "Sổ chưa có văn bản nào như vậy. Ghi vào sổ ở trang Văn bản → Ghi vào sổ.";
}

citeButton.addEventListener("click", () => openCite(citeBox.hidden));
citeWords.addEventListener("input", (event) => { event.stopPropagation(); clearTimeout(citeWords.timer); citeWords.timer = setTimeout(searchCite, 200); });
citeWords.addEventListener("keydown", (event) => {
  if (event.key === "Escape") openCite(false);
  if (event.key === "Enter") { event.preventDefault(); citeFound.querySelector("button")?.click(); }
});

// Groups and units come from one list for the whole page; each field shows what is chosen and offers the rest.
const choices = JSON.parse(document.getElementById("addressee-choices").textContent);
const groups = [...new Set(choices.map((choice) => choice.group))].map((group) => ({ value: group, label: group }));

function offerAddressees(root) {
  root.querySelectorAll("select[data-addressees]").forEach((select) => {
    if (select.tomselect) return;
    new TomSelect(select, {
      // Each box keeps notes of its own on what it offers, and on what it drew: with shared objects one box empties another.
      options: choices.map((choice) => ({ ...choice })), optgroups: groups.map((group) => ({ ...group })),
      optgroupField: "group", maxOptions: 60, plugins: ["remove_button"],
      placeholder: "Gõ tên nhóm hoặc đơn vị, không cần dấu",
      render: { no_results: () => '<div class="no-results">Không tìm thấy</div>' },
      onChange: () => select.dispatchEvent(new Event("input", { bubbles: true })),
    });
  });
}

// Appendices and duties: as many as are wanted, each from one template.
function addPart(parts) {
  const total = parts.querySelector("[name$=-TOTAL_FORMS]");
  const holder = document.createElement("div");
  holder.innerHTML = parts.querySelector("template").innerHTML.replaceAll("__prefix__", total.value);
  const added = [...holder.children];
  parts.querySelector("[data-part-list]").append(...added);
  total.value = Number(total.value) + 1;
  added.forEach(offerAddressees);
  added.forEach(dress);
  return added[0];
}
form.querySelectorAll("[data-parts]").forEach((parts) =>
  parts.querySelector("[data-add-part]").addEventListener("click", () => addPart(parts).querySelector("input, textarea").focus()));
document.addEventListener("DOMContentLoaded", () => offerAddressees(form));

document.addEventListener("DOMContentLoaded", drawMirror);
if (document.querySelector(".words .errorlist")) {
  const tab = document.querySelector(".words .errorlist").closest(".tab-pane");
  if (tab) document.addEventListener("DOMContentLoaded", () => document.querySelector(`[data-bs-target="#${tab.id}"]`).click());
}
