// Every text of a page of writing: editors where the page has them, and what the server found, in its place.
import { WritingField } from "./field.js";

const fields = new Map();

function begin(root) {
  root.querySelectorAll("[data-writing]").forEach((place) => {
    if (!fields.has(place)) fields.set(place, new WritingField(place));
  });
}


const live = () => [...fields].filter(([root]) => root.isConnected).map(([, field]) => field);
// «body», or «appendices.1.body»: of the appendices that are not crossed out.
function named(name) {
  const [part, number] = name.split(".");
  if (part !== "appendices") return live().find((field) => field.name === name);
  const panes = [...document.querySelectorAll(".appendix")].filter((pane) => !pane.querySelector("[name$=-DELETE]").checked);
  return live().find(({ root }) => panes[Number(number)]?.contains(root));
}

// Faults that a page tells of: each is marked in its text and leads there.
function mark() {
  const told = [...document.querySelectorAll("[data-fault-line]")].filter((item) => item.dataset.faultLine);
  live().forEach((field) => {
    const own = told.filter((item) => named(item.dataset.faultField) === field);
    field.mark(own.map((item) => ({ line: Number(item.dataset.faultLine), words: item.dataset.faultWords || item.textContent.trim() })));
    own.forEach((item) => {
      const link = item.querySelector("[data-go-line]");
      if (link) link.textContent = field.placeName(Number(item.dataset.faultLine));
    });
  });
}

// Faults of a text that could not be stored stand beside its field, by lines of the source: here by what the person sees.
function nameFaults() {
  live().forEach((field) => {
    field.root.closest(".field")?.querySelectorAll(".errorlist li").forEach((item) => {
      const found = /^Dòng (\d+): /.exec(item.textContent);
      if (!found || !field.isShown) return;
      const link = document.createElement("a");
      link.href = `#${field.area.id}`;
      link.dataset.goLine = found[1];
      link.dataset.goField = field.name;
      link.textContent = field.placeName(Number(found[1]));
      item.replaceChildren(link, `: ${item.textContent.slice(found[0].length)}`);
    });
  });
}

// What the page of a draft tells of its fields: draft-fields.js.
const form = document.getElementById("draft");
form?.addEventListener("go-to-line", (event) => {
  const { field: name, line, column, ...within } = event.detail, field = live().find((one) => one.name === name);
  if (!field?.isShown) return;
  event.preventDefault();
  field.go(line, column, within);
});
form?.addEventListener("fields-set", () => live().forEach((field) => field.heard()));
form?.addEventListener("pages-shown", mark);
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-go-line]");
  const field = link && named(link.closest("[data-fault-field]")?.dataset.faultField || link.dataset.goField || "body");
  if (!field) return;
  event.preventDefault();
  field.go(Number(link.dataset.goLine));
});
// The list of what is wrong leads to fields; the editor stands for a field that is hidden.
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-faults] a");
  const field = link && live().find(({ area, isShown }) => isShown && area.id === link.hash.slice(1));
  if (field) setTimeout(() => field.focus());
});
document.addEventListener("submit", (event) => {
  live().filter(({ area }) => area.form === event.target).forEach((field) => field.prepare());
});
document.addEventListener("part-added", (event) => begin(event.target));

begin(document);
mark();
nameFaults();
