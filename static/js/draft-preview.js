// The true pages beside the words: they follow what is typed, show where one writes, and lead to the words by a click.
"use strict";
(() => {
  // Milliseconds after the last key; who never pauses sees the pages after a while all the same.
  const WAIT = 150, LONGEST = 1200;
  // Pictures that are kept by the key of what is drawn on them: what comes back is not sent again.
  const MOST = 60;
  const sheets = document.getElementById("sheets"), faults = document.getElementById("sheet-faults"), bar = document.getElementById("sheet-bar"), told = document.getElementById("sheet-told");
  const mark = Object.assign(document.createElement("div"), { className: "sheet-place", hidden: true });
  const pictures = new Map();
  // Milliseconds, at most: so often pages that could not be drawn are asked for again.
  const SLOWEST = 30000;
  // Of a long paper some pages are drawn: so many before the one on which somebody writes. `first` is shown first, `askedFor` is to be.
  const AROUND = 10;
  let timer, waiting, drawing = false, again = false, failures = 0, first = 0, askedFor = 0, places = [], caret = null;

  // --- Asking

  function soon() {
    waiting ??= performance.now();
    clearTimeout(timer);
    timer = setTimeout(draw, Math.max(0, Math.min(WAIT, waiting + LONGEST - performance.now())));
  }

  async function draw() {
    if (drawing) { again = true; return; }
    [drawing, again, waiting] = [true, false, undefined];
    clearTimeout(timer);
    bar.classList.add("is-drawing");
    let isDrawn = false;
    try {
      const found = await answer();
      await show(found);
      told.textContent = "";
      // What is wrong with the words is shown once; a server that has no time now is asked again.
      isDrawn = !found.headers.has("Retry-After");
    } catch (failed) {
      sayWhy(failed);
      sheets.classList.add("stale");
    } finally {
      drawing = false;
      failures = isDrawn ? 0 : failures + 1;
      bar.classList.toggle("is-drawing", again);
      if (again) draw(); else if (failures) timer = setTimeout(wake, Math.min(SLOWEST, 1000 * 2 ** failures));
    }
  }

  // What could not be drawn is drawn as soon as it can be, without a key being pressed.
  const wake = () => { if (failures && !document.hidden) draw(); };

  async function answer() {
    for (const isSecond of [false, true]) {
      const body = draftHeld.body(draftFields.values());
      // What is not kept yet is sent as a form, with nothing that it builds on.
      if (!draftHeld.values) body.delete("giu-so");
      pictures.forEach((_, key) => body.append("giu-trang", key));
      body.set("giu-tu", askedFor);
      const found = await draftAsk(draftPage.previewUrl, body);
      if (found.ok) return found;
      if (found.status !== 409 || isSecond) throw found;
      draftHeld.values = null;
    }
  }

  // What becomes of the words is told below by what keeps them.
  function sayWhy(failed) {
    const status = failed instanceof Response ? failed.status : 0;
    const why = status >= 500 ? "Máy chủ chưa vẽ được trang" : [401, 403].includes(status) ? "Phiên làm việc đã hết" : status ? "Chưa vẽ lại được trang" : "Mất kết nối";
    told.textContent = `${why}. Trang dưới đây là lần vẽ trước; vẽ được sẽ tự vẽ lại.`;
  }

  // --- Showing

  async function show(found) {
    if (!found.headers.get("Content-Type").startsWith("application/json")) {
      const words = await found.text();
      await letGo();
      faults.innerHTML = words;
    } else {
      await put(await found.json());
      faults.replaceChildren();
    }
    sheets.classList.toggle("stale", faults.querySelector("li") !== null);
    draftForm.dispatchEvent(new CustomEvent("pages-shown"));
    showPlace();
  }

  // Only pages that changed are put in the place of others; nothing flickers, since they are decoded before.
  async function put({ pages, first: from, total, places: found }) {
    pages.forEach(({ key, png }) => { if (png) pictures.set(key, png); });
    const shown = [...sheets.querySelectorAll("img")];
    const wanted = await Promise.all(pages.map(({ key }, number) => shown[number]?.dataset.key === key ? shown[number] : picture(key)));
    await letGo();
    wanted.forEach((image, number) => {
      image.alt = `Trang ${from + number + 1} trong ${total}`;
      if (!shown[number]) sheets.insertBefore(image, sheets.querySelector("p"));
      else if (shown[number] !== image) shown[number].replaceWith(image);
    });
    shown.slice(wanted.length).forEach((image) => image.remove());
    sheets.querySelector("p")?.remove();
    first = askedFor = from;
    if (pages.length < total) sheets.append(rest(pages.length, total));
    if (!mark.isConnected) sheets.append(mark);
    for (const key of pictures.keys()) if (pictures.size > MOST) pictures.delete(key);
    places = found.map(([page, field, line, count, x, y, width, height, lines]) => ({ page, field, line, count, x, y, width, height, lines }));
  }

  async function picture(key) {
    const image = new Image(), src = pictures.get(key);
    // The newest is the last to be forgotten.
    pictures.delete(key);
    pictures.set(key, src);
    image.dataset.key = key;
    image.src = src;
    await image.decode();
    [image.width, image.height] = [image.naturalWidth, image.naturalHeight];
    return image;
  }

  function rest(shown, total) {
    const words = document.createElement("p");
    words.className = "muted text-center";
    words.textContent = `Vẽ trang ${first + 1} đến ${first + shown} trong ${total} trang, quanh chỗ đang viết. Tải PDF để xem hết.`;
    return words;
  }

  // --- From the words to the page

  const lettersOf = (place) => place.lines.reduce((sum, [, letters]) => sum + letters, 0);
  // What a place was typed as: the lines of its field, and how many letters they have.
  function source(place) {
    const lines = (draftForm.elements[place.field]?.value || "").split("\n").slice(place.line - 1, place.line - 1 + place.count);
    return { lines, letters: Math.max(1, lines.join("\n").length) };
  }

  // What is printed as part of another field's words.
  const PRINTED_IN = { place: "date", archive: "recipients", signer: "signer_name" };
  // The pieces of what stands at a line, which may go over several pages.
  function piecesAt(name, line) {
    const field = PRINTED_IN[name] || name, of = places.filter((place) => place.field === field);
    const best = Math.max(0, ...of.map((place) => place.line).filter((one) => one <= line));
    return of.filter((place) => place.line === best);
  }

  function whereOf({ field, line, column = 0 }) {
    const pieces = piecesAt(field, line);
    if (!pieces.length) return null;
    const [first] = pieces;
    if (!first.line || !lettersOf(first)) return { page: first.page, y: first.y, height: first.lines[0] ? 0.015 : first.height, x: first.x };
    const before = source(first).lines.slice(0, line - first.line).join("\n").length + column;
    let left = Math.min(1, before / source(first).letters) * pieces.reduce((sum, place) => sum + lettersOf(place), 0);
    for (const place of pieces) {
      for (const [y, letters] of place.lines) {
        if (left <= letters) return { page: place.page, y, height: 0.015, x: place.x };
        left -= letters;
      }
    }
    const last = pieces.at(-1);
    return { page: last.page, y: last.lines.at(-1)?.[0] ?? last.y, height: 0.015, x: last.x };
  }

  function showPlace() {
    const images = sheets.querySelectorAll("img"), where = caret && whereOf(caret), image = where && images[where.page - first];
    mark.hidden = !image;
    // Of many pages those are drawn on which somebody writes.
    if (where && !image && images.length) {
      askedFor = Math.max(0, where.page - AROUND);
      soon();
    }
    if (!image) return;
    const top = image.offsetTop + where.y * image.offsetHeight;
    mark.style.top = `${top}px`;
    mark.style.left = `${image.offsetLeft + where.x * image.offsetWidth - 12}px`;
    mark.style.height = `${where.height * image.offsetHeight}px`;
    // Only where the pages have a scroll bar of their own: the page itself is never moved under who types.
    const room = sheets.clientHeight;
    if (sheets.scrollHeight > room && (top < sheets.scrollTop + room * 0.08 || top > sheets.scrollTop + room * 0.88))
      sheets.scrollTop = Math.max(0, top - room * 0.4);
  }

  // --- From the page to the words

  function pointed(page, x, y) {
    const on = places.filter((place) => place.page === page);
    const inside = on.filter((place) => x >= place.x && x <= place.x + place.width && y >= place.y && y <= place.y + place.height);
    // The smallest; of equal ones the inner, which comes later.
    if (inside.length) return inside.reduce((one, other) => other.width * other.height <= one.width * one.height ? other : one);
    const far = (place) => Math.max(place.y - y, y - place.y - place.height, 0) + Math.max(place.x - x, x - place.x - place.width, 0) / 2;
    return on.length ? on.reduce((one, other) => far(other) < far(one) ? other : one) : null;
  }

  // Where the cells of a row begin in its source; those that are joined with others are none.
  function cellsOf(text) {
    const begin = text.search(/\S/) + 1, found = [...text.slice(begin).matchAll(/(?:\\.|[^|\\])+/g)];
    return found.filter(([cell]) => !["<", "^"].includes(cell.trim()))
      .map(({ 0: cell, index }) => begin + index + Math.max(0, cell.search(/\S/)));
  }

  // The cell of a point, counted from 0, how many of its letters stand before, and the column in the row's source.
  function placeInRow({ field, line, lines, ...place }, x, y) {
    const far = ([, , left, right]) => Math.max(left - x, x - right, 0);
    const [, , left, right] = lines.reduce((one, other) => far(other) < far(one) ? other : one);
    const own = lines.filter((one) => one[2] === left), at = Math.max(0, own.findLastIndex(([top]) => top <= y));
    const share = Math.min(1, Math.max(0, (x - left) / (right - left)));
    const before = Math.round(own.slice(0, at).reduce((sum, [, letters]) => sum + letters, 0) + share * own[at][1]);
    const cell = [...new Set(lines.map((one) => one[2]))].sort((one, other) => one - other).indexOf(left);
    const [typed] = source({ field, line, ...place }).lines;
    return { field, line, column: (cellsOf(typed || "")[cell] || 0) + before, cell, before };
  }

  // The line and column of a point: as many letters of the source as of the printed words, in their proportion.
  function placeIn(place, x, y) {
    const { field, line } = place;
    if (line && place.lines[0]?.length > 2) return placeInRow(place, x, y);
    if (!line || !lettersOf(place)) return { field, line, column: 0 };
    const pieces = piecesAt(field, line), whole = pieces.reduce((sum, one) => sum + lettersOf(one), 0);
    let before = pieces.slice(0, pieces.indexOf(place)).reduce((sum, one) => sum + lettersOf(one), 0);
    const row = place.lines.findLastIndex(([top]) => top <= y);
    place.lines.slice(0, Math.max(0, row)).forEach(([, letters]) => { before += letters; });
    const share = Math.min(1, Math.max(0, (x - place.x) / place.width));
    const typed = source(place);
    let at = Math.round((before + share * (place.lines[Math.max(0, row)]?.[1] || 0)) / whole * typed.letters), offset = 0;
    while (offset < typed.lines.length - 1 && at > typed.lines[offset].length) at -= typed.lines[offset++].length + 1;
    return { field, line: line + offset, column: at };
  }

  sheets.addEventListener("click", (event) => {
    const image = event.target.closest("img");
    if (!image) return;
    const box = image.getBoundingClientRect(), page = first + [...sheets.querySelectorAll("img")].indexOf(image);
    const x = (event.clientX - box.left) / box.width, y = (event.clientY - box.top) / box.height;
    const place = pointed(page, x, y);
    if (place) draftForm.dispatchEvent(new CustomEvent("go-to-line", { cancelable: true, detail: placeIn(place, x, y) }));
  });

  draftForm.addEventListener("caret-line", (event) => { caret = event.detail; showPlace(); });
  draftForm.addEventListener("input", soon);
  draftForm.addEventListener("change", (event) => { if (event.target.matches("select, input")) soon(); });
  new ResizeObserver(showPlace).observe(sheets);
  document.addEventListener("visibilitychange", wake);
  window.addEventListener("online", wake);
  window.addEventListener("pageshow", wake);
  document.addEventListener("DOMContentLoaded", draw);
})();
