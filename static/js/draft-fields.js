// A draft's page: the fields of its form, for what shows the pages (draft-preview.js) and keeps the words (draft-keep.js).
//
// What other scripts of the page, whichever editor shows a field among them, can count on:
// * The fields of the form are what counts. Who changes one sets its value and sends `input` from it; the rest follows.
// * `caret-line`, sent to the form, detail {field, line, column}: there the person writes; the pages show it. `field` is the name
//   of the field, `line` counts its lines from 1 (0: the field is one piece), `column` the letters before the caret in that line
//   (may be left out). Sent here for every field that is typed into as it stands; an editor sends it for a field that it hides.
// * `go-to-line`, sent to the form, detail {field, line, column}: somebody asks for that place; in a table also {cell, before}, the
//   cell of the row, from 0, and the letters before the place within it. Who shows the field puts the caret
//   there and calls preventDefault(); otherwise the field itself is focused here.
// * `input` from a field whose value is not what its editor wrote: another value came into it; the editor draws it anew.
// * `fields-set`, sent to the form: values came into fields from what was kept.
// * `pages-shown`, sent to the form: new pages, or what is wrong with the words, have been shown.
"use strict";
const draftForm = document.getElementById("draft");
const draftPage = JSON.parse(document.getElementById("draft-desk").textContent);

const draftFields = (() => {
  const OURS = new Set(["csrfmiddlewaretoken", "once", "pk"]);

  // {name: [values]} of the form as it would be sent, without what an editor adds when it is.
  function values() {
    const found = {}, besides = new Set([...draftForm.querySelectorAll("[data-writing-sent]")].map((field) => field.name));
    for (const [name, value] of new FormData(draftForm)) {
      if (!OURS.has(name) && !besides.has(name) && !name.startsWith("giu-") && typeof value === "string") (found[name] ||= []).push(value);
    }
    return found;
  }

  const equal = (one, other) => JSON.stringify(one) === JSON.stringify(other);
  // The names of fields in which two states of the form differ, beside the version that they were begun on.
  const differing = (one, other) => [...new Set([...Object.keys(one), ...Object.keys(other)])]
    .filter((name) => name !== "version" && !equal(one[name] || [], other[name] || []));

  // Rows of appendices and duties first, as many as there were: their fields come with them.
  function addRows(wanted) {
    draftForm.querySelectorAll("[data-add-part]").forEach((button) => {
      const total = draftForm.elements[`${button.dataset.addPart}-TOTAL_FORMS`];
      for (let left = 200; left && Number(total.value) < Number(wanted[total.name]?.[0] || 0); left--)
        button.dispatchEvent(new CustomEvent("add-part"));
    });
  }

  function put(name, given) {
    const field = draftForm.elements[name];
    if (!field?.form || OURS.has(name) || name === "version" || name.endsWith("_FORMS")) return;
    if (field.tomselect) field.tomselect.setValue(field.multiple ? given : given[0] || "", true);
    else if (field.type === "checkbox") field.checked = given.length > 0;
    else if (field.multiple) [...field.options].forEach((option) => { option.selected = given.includes(option.value); });
    else field.value = given[0] || "";
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  // Put values into the form; of `names` alone where they are told.
  function set(wanted, names) {
    addRows(wanted);
    (names || differing(values(), wanted)).forEach((name) => put(name, wanted[name] || []));
    draftForm.dispatchEvent(new CustomEvent("fields-set"));
  }

  return { values, equal, differing, set };
})();

// The server's clock: that of an office machine may be years off, or be put right meanwhile. Each answer tells it.
const draftClock = {
  set(now) { this.ahead = now - Date.now(); },
  now() { return Date.now() + this.ahead; },
};
draftClock.set(draftPage.now);

// What the server has of this page, so that only what changed is sent. `tab` is this page alone, also where it goes on with a key.
const draftHeld = {
  key: draftPage.key,
  tab: [...crypto.getRandomValues(new Uint8Array(10))].map((byte) => byte.toString(16).padStart(2, "0")).join(""),
  serial: draftPage.serial,
  values: null,

  // What is sent of `now`: what changed, where the server has something that it can be changed in.
  body(now) {
    const body = new URLSearchParams({ "giu-khoa": this.key, "giu-the": this.tab, "giu-so": this.serial });
    if (draftPage.draft) body.set("pk", draftPage.draft);
    if (!this.values) body.set("giu-ca", "1");
    body.set("version", now.version?.[0] || "");
    for (const name of this.values ? draftFields.differing(this.values, now) : Object.keys(now)) {
      if (name === "version") continue;
      if (!(name in now)) body.append("giu-bo", name);
      for (const value of now[name] || []) body.append(name, value);
    }
    return body;
  },
};

// Parts of the page are asked for as htmx asks: an ended session is told by 401, not by a login page. A line that went dead
// is given up after a minute, which is longer than the server takes for anything.
function draftAsk(url, body, more = {}) {
  const headers = { "HX-Request": "true", "X-CSRFToken": csrfToken() || draftForm.querySelector("[name=csrfmiddlewaretoken]").value };
  return fetch(url, { method: "POST", body, headers, redirect: "error", cache: "no-store", signal: AbortSignal.timeout(60000), ...more });
}

// --- Where one writes, and to where one is led

function tellCaret(field) {
  const isText = field.tagName === "TEXTAREA";
  const before = isText ? field.value.slice(0, field.selectionStart).split("\n") : [];
  const detail = { field: field.name, line: before.length, column: isText ? before.at(-1).length : 0 };
  draftForm.dispatchEvent(new CustomEvent("caret-line", { detail }));
}
document.addEventListener("selectionchange", () => {
  const field = document.activeElement;
  if (field?.form === draftForm && field.name && field.tagName === "TEXTAREA") tellCaret(field);
});
draftForm.addEventListener("focusin", (event) => { if (event.target.name) tellCaret(event.target); });

draftForm.addEventListener("go-to-line", (event) => queueMicrotask(() => {
  const { field: name, line, column = 0 } = event.detail, field = draftForm.elements[name];
  if (event.defaultPrevented || !field) return;
  goTo(field);
  if (field.tagName !== "TEXTAREA" || !line) return;
  const lines = field.value.split("\n"), start = lines.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
  const at = start + Math.min(column, (lines[line - 1] || "").length);
  field.setSelectionRange(at, at);
  // A text area shows its caret's line where it is blurred and focused again.
  field.blur();
  field.focus();
}));
