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
  parts.dispatchEvent(new CustomEvent("part-added", { bubbles: true }));
  return added[0];
}
form.querySelectorAll("[data-parts]").forEach((parts) =>
  parts.querySelector("[data-add-part]").addEventListener("click", () => addPart(parts).querySelector("input, textarea").focus()));
document.addEventListener("DOMContentLoaded", () => offerAddressees(form));

if (document.querySelector(".words .errorlist")) {
  const tab = document.querySelector(".words .errorlist").closest(".tab-pane");
  if (tab) document.addEventListener("DOMContentLoaded", () => document.querySelector(`[data-bs-target="#${tab.id}"]`).click());
}
