// Where papers are begun: a few letters find a type or a text, arrows walk through what is left, Enter opens the first.
(() => {
  const box = document.getElementById("begin-find");
  if (!box) return;
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();
  const list = document.getElementById("begin-list"), often = list.querySelector(".begin-often");
  const groups = [...list.querySelectorAll(".begin-group")];
  const types = groups.flatMap((group) => [...group.querySelectorAll(".begin-type")].map((type) => {
    const [blank, ...texts] = [...type.querySelectorAll("a")].map((link) => ({ link, words: plain(link.textContent) }));
    return { type, group, blank, texts };
  }));
  const shown = () => [...list.querySelectorAll("a")].filter((link) => link.offsetParent);

  // A type is left with all its texts where its name is meant; a text alone, with the type above it.
  function narrow() {
    const wanted = plain(box.value).split(/\s+/).filter(Boolean);
    const has = (words) => wanted.every((word) => words.includes(word));
    for (const { type, blank, texts } of types) {
      const whole = has(blank.words);
      texts.forEach((text) => { text.link.hidden = !(whole || has(`${blank.words} ${text.words}`)); });
      type.hidden = !(whole || texts.some((text) => !text.link.hidden));
    }
    groups.forEach((group) => { group.hidden = !group.querySelector(".begin-type:not([hidden])"); });
    often.hidden = wanted.length > 0;
    document.getElementById("begin-none").hidden = types.some(({ type }) => !type.hidden);
  }

  // Enter opens what was named: a text where only texts have the words, else the type.
  function first() {
    const wanted = plain(box.value).split(/\s+/).filter(Boolean), has = (words) => wanted.every((word) => words.includes(word));
    const found = types.filter(({ type }) => !type.hidden), named = found.find(({ blank }) => has(blank.words));
    return (named ? named.blank : found[0]?.texts.find((text) => !text.link.hidden))?.link;
  }

  box.hidden = false;
  box.focus();
  box.addEventListener("input", narrow);
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && box.value) { box.value = ""; narrow(); event.preventDefault(); }
    if (event.key !== "Enter" || !box.value.trim()) return;
    event.preventDefault();
    first()?.click();
  });
  document.getElementById("main").addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key], stops = [box, ...shown()], at = stops.indexOf(event.target);
    if (!step || at < 0) return;
    event.preventDefault();
    stops[(at + step + stops.length) % stops.length].focus();
  });
  if (box.value) narrow();
})();
