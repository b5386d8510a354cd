// The page of a draft beside its words (writing/): signers that fill their lines, addressees, appendices.

const form = document.getElementById("draft");

const signer = form.querySelector("[data-signer]");
signer.addEventListener("change", () => {
  const chosen = signer.selectedOptions[0];
  if (!chosen || !chosen.dataset.name) return;
  form.querySelector("[name=capacity]").value = chosen.dataset.lines;
  form.querySelector("[name=signer_name]").value = chosen.dataset.name;
  signer.dispatchEvent(new Event("input", { bubbles: true }));
});

// Groups and units come from one list for the whole page; each field shows what is chosen and offers the rest.
const choices = JSON.parse(document.getElementById("addressee-choices").textContent);
const groups = [...new Set(choices.map((choice) => choice.group))].map((group) => ({ value: group, label: group }));

// A name that is no unit of the program is printed where names of this paper stand, a line each; a gap left for names goes.
function printName(place, name) {
  const lines = place.value.split("\n").map((line) => line.trim()).filter((line) => line && !/^\[[^[\]]*\]$/.test(line));
  place.value = [...new Set([...lines, name.trim()])].join("\n");
  place.dispatchEvent(new Event("input", { bubbles: true }));
}

function offerAddressees(root) {
  root.querySelectorAll("select[data-addressees]").forEach((select) => {
    if (select.tomselect) return;
    const place = form.querySelector(`[name="${select.dataset.free}"]`);
    new TomSelect(select, {
      create: place && function create(typed) {
        printName(place, typed);
        this.setTextboxValue("");
        this.refreshOptions(false);
        return false;
      },
      // The letters that found a name are done with: what is typed next finds the next one.
      clearAfterSelect: true,
      // Each box keeps notes of its own on what it offers, and on what it drew: with shared objects one box empties another.
      options: choices.map((choice) => ({ ...choice })), optgroups: groups.map((group) => ({ ...group })),
      optgroupField: "group", maxOptions: 60, refreshThrottle: 0, plugins: ["remove_button"],
      hidePlaceholder: true, placeholder: "Gõ tên nhóm hoặc đơn vị, không cần dấu",
      render: {
        no_results: () => '<div class="no-results">Không tìm thấy</div>',
        option_create: (data, escape) => `<div class="create">In thêm «<strong>${escape(data.input)}</strong>» trên văn bản</div>`,
      },
      onChange: () => select.dispatchEvent(new Event("input", { bubbles: true })),
    });
    // Its label now names the box that is seen, as with every list that can be searched (desk.js).
    select.setAttribute("aria-hidden", "true");
  });
}

// Appendices and duties: as many as are wanted, each from one template. `add-part`, sent to the button, adds one without showing it.
function addPart(name) {
  const total = form.elements[`${name}-TOTAL_FORMS`];
  const holder = document.createElement("div");
  holder.innerHTML = form.querySelector(`template[data-part-of="${name}"]`).innerHTML.replaceAll("__prefix__", total.value);
  const added = [...holder.children];
  form.querySelector(`[data-part-list="${name}"]`).append(...added);
  total.value = Number(total.value) + 1;
  added.forEach(offerAddressees);
  added.forEach(dress);
  added[0].dispatchEvent(new CustomEvent("part-added", { bubbles: true }));
  return added[0];
}
form.querySelectorAll("[data-add-part]").forEach((button) => {
  button.addEventListener("add-part", () => addPart(button.dataset.addPart));
  button.addEventListener("click", () => {
    const part = addPart(button.dataset.addPart);
    document.querySelector(`[data-bs-target="#${part.id}"]`)?.click();
    part.querySelector("input:not([type=hidden]), textarea").focus();
  });
});
document.addEventListener("DOMContentLoaded", () => offerAddressees(form));

// What is folded away is told in a line, which follows what is typed.
function sayFold(fold) {
  const said = [...fold.querySelectorAll("[data-say]")].filter((field) => field.value.trim())
    .map((field) => field.dataset.say + field.value.trim().replace(/\s*\n\s*/g, "; "));
  fold.querySelector(".fold-said").textContent = said.join(" · ") || fold.dataset.nothing;
}
const folds = [...form.querySelectorAll(".fold[data-nothing]")];
form.addEventListener("input", (event) => {
  const fold = event.target.closest(".fold[data-nothing]");
  if (fold) sayFold(fold);
});
form.addEventListener("change", (event) => { if (event.target.closest(".fold[data-nothing]")) sayFold(event.target.closest(".fold")); });
form.addEventListener("fields-set", () => folds.forEach(sayFold));

// What was changed and could hold for the next papers too is asked about then, not before.
const remember = form.querySelector("[data-remember]");
form.addEventListener("input", (event) => {
  if (remember.dataset.remember.split(" ").includes(event.target.name)) remember.hidden = false;
});
