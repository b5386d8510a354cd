// Fields of a certificate on a picture of its sheet: dragged, made larger or smaller, moved by keys. What counts are the millimetres
// in the rows below; the picture follows them and writes into them.
(() => {
  const sheet = document.querySelector("[data-place]");
  const list = document.querySelector("[data-row-list]");
  if (!sheet || !list) return;
  const POINT = 25.4 / 72;
  const FONTS = { tinos: "inherit", sans: '"Be Vietnam Pro", sans-serif', script: "cursive" };
  const paper = (name) => Math.max(1, Number(document.querySelector(`[name=${name}]`).value) || 1);
  const input = (row, name) => row.querySelector(`[name$=-${name}]`);
  const number = (row, name) => Number(String(input(row, name).value).replace(",", ".")) || 0;
  const boxes = new Map();

  const picture = document.createElement("img");
  picture.alt = "";
  let emblem = sheet.dataset.emblem || "";

  function show(address) {
    picture.src = address;
    if (address) sheet.prepend(picture); else picture.remove();
  }

  // A picture that was chosen is seen before it is sent; one that is to go is not.
  function follow(name, shown, then) {
    const file = document.querySelector(`[name=${name}]`), out = document.querySelector(`[name=no_${name}]`);
    file?.addEventListener("change", () => {
      const [chosen] = file.files;
      if (!chosen?.type.startsWith("image/")) return then(shown);
      const reader = new FileReader();
      reader.addEventListener("load", () => then(reader.result));
      reader.readAsDataURL(chosen);
    });
    out?.addEventListener("change", () => then(out.checked ? "" : shown));
  }

  function words(row) {
    const choice = input(row, "prints");
    return input(row, "words").value || choice.options[choice.selectedIndex]?.text || "";
  }

  function told(row) {
    if (!input(row, "prints").value) return "Ô mới";
    const [left, top, wide, high, size] = ["left", "top", "width", "height", "size"].map((name) => number(row, name));
    const letters = ["emblem", "code"].includes(input(row, "prints").value) ? "" : `, chữ ${size} pt`;
    return `${words(row)} · trái ${left}, trên ${top}, ${wide} × ${high} mm${letters}`;
  }

  function draw() {
    const wide = paper("width"), high = paper("height"), scale = sheet.clientWidth / wide;
    sheet.style.height = `${high * scale}px`;
    const rows = [...list.children];
    boxes.forEach((box, row) => { if (!rows.includes(row)) { box.remove(); boxes.delete(row); } });
    rows.forEach((row) => {
      const box = boxes.get(row) || begin(row);
      const [left, top, width, height] = ["left", "top", "width", "height"].map((name) => number(row, name));
      row.querySelector("[data-told]").textContent = told(row);
      const isEmblem = input(row, "prints").value === "emblem" && emblem;
      box.classList.toggle("has-picture", Boolean(isEmblem));
      box.style.backgroundImage = isEmblem ? `url("${emblem}")` : "";
      box.hidden = Boolean(input(row, "DELETE")?.checked) || !input(row, "prints").value;
      box.firstChild.textContent = words(row);
      Object.assign(box.style, {
        left: `${left * scale}px`, top: `${top * scale}px`, width: `${width * scale}px`, height: `${height * scale}px`,
        fontSize: `${Math.min(number(row, "size") * POINT, height * 0.8) * scale}px`, color: input(row, "colour").value,
        fontWeight: input(row, "bold").checked ? 700 : 400, fontStyle: input(row, "italic").checked ? "italic" : "normal",
        textAlign: input(row, "align").value, fontFamily: FONTS[input(row, "font").value],
      });
      box.style.alignItems = { top: "start", middle: "center", bottom: "end" }[input(row, "stand").value];
      box.classList.toggle("is-off", left < 0 || top < 0 || left + width > wide || top + height > high);
    });
  }

  function set(row, name, value) {
    input(row, name).value = (Math.round(value * 10) / 10).toFixed(1).replace(/\.0$/, "");
  }

  function move(row, left, top) {
    set(row, "left", Math.max(0, Math.min(left, paper("width") - number(row, "width"))));
    set(row, "top", Math.max(0, Math.min(top, paper("height") - number(row, "height"))));
  }

  function begin(row) {
    const box = document.createElement("button");
    box.type = "button";
    box.className = "place-box";
    box.append(document.createElement("span"), document.createElement("i"));
    sheet.append(box);
    boxes.set(row, box);
    box.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      box.focus();
      const isSize = event.target.tagName === "I", scale = sheet.clientWidth / paper("width");
      const from = { x: event.clientX, y: event.clientY };
      const was = Object.fromEntries(["left", "top", "width", "height"].map((name) => [name, number(row, name)]));
      box.setPointerCapture(event.pointerId);
      const drag = (now) => {
        const right = (now.clientX - from.x) / scale, down = (now.clientY - from.y) / scale;
        if (isSize) {
          set(row, "width", Math.max(2, Math.min(was.width + right, paper("width") - was.left)));
          set(row, "height", Math.max(2, Math.min(was.height + down, paper("height") - was.top)));
        } else move(row, was.left + right, was.top + down);
        draw();
      };
      box.addEventListener("pointermove", drag);
      box.addEventListener("pointerup", () => box.removeEventListener("pointermove", drag), { once: true });
    });
    box.addEventListener("keydown", (event) => {
      const step = event.shiftKey ? 0.1 : 1;
      const way = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] }[event.key];
      if (!way) return;
      event.preventDefault();
      move(row, number(row, "left") + way[0], number(row, "top") + way[1]);
      draw();
    });
    box.addEventListener("dblclick", () => input(row, "left").focus());
    box.addEventListener("focus", () => {
      row.classList.add("is-here");
      [...list.children].forEach((other) => { if (other !== row && !other.querySelector(".is-invalid")) other.open = false; });
      row.open = true;
    });
    box.addEventListener("blur", () => row.classList.remove("is-here"));
    return box;
  }

  document.getElementById("form").addEventListener("input", draw);
  document.getElementById("form").addEventListener("change", draw);
  document.addEventListener("click", (event) => { if (event.target.closest("[data-add-row], [data-move]")) setTimeout(draw); });
  window.addEventListener("resize", draw);
  follow("scan", sheet.dataset.picture || "", show);
  follow("emblem", emblem, (address) => { emblem = address; draw(); });
  show(sheet.dataset.picture || "");
  draw();
})();
