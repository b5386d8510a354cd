// Nothing typed is lost: every few seconds what changed goes to the server, apart from the stored draft; without a line, or after
// a session ended, it waits on this machine and goes later. Who else is on the draft is told. What was left is offered again; what
// was typed while the draft was being stored goes on in the page that answers.
"use strict";
(() => {
  // Milliseconds: after typing, between signs of life, the longest wait for a line; after a key until the words wait here.
  const SEND = 2500, ALIVE = 10000, LONGEST = 30000, LOCAL = 250;
  const line = document.getElementById("kept-line"), company = document.getElementById("company"), offers = document.getElementById("typed-before");
  // Whether the page came as the answer to a form that was not stored: what it shows is typed.
  const { refused } = draftPage;
  // Letters of what a page that goes out of sight may still send; what is longer waits on this machine.
  const LAST = 60000;
  let stored = null, timer, localTimer = null, failures = 0, sending = false, isDue = false, safe = true, kept = null, caret = null;
  // How often this page sent something: of what waits here and what the server has it tells the newer.
  let sendings = draftPage.serial;
  // What was sent to be stored, until another page answers.
  let submitted = null;
  // Whether this machine has no room for what waits; why nothing was sent, while nothing is.
  let isFull = false, unsent = null;

  const isTyped = (now) => stored === null || draftFields.differing(stored, now).length > 0;
  const isKept = (now) => (kept === null ? !isTyped(now) : draftFields.equal(kept, now));

  // --- To the server

  function later(wait) {
    clearTimeout(timer);
    timer = setTimeout(send, submitted ? LONGEST : wait);
  }

  function bodyOf(now, what) {
    const body = draftHeld.body(now);
    body.set("giu-ai", draftPage.user);
    body.set("giu-lan", sendings += 1);
    if (what) {
      // A sign of life carries no words.
      for (const name of [...body.keys()]) if (!name.startsWith("giu-") && !["pk", "version"].includes(name)) body.delete(name);
      body.set("giu-viec", what);
    }
    return body;
  }

  // What is to be done with `now`: keep it, forget what was kept because all is as stored, or only be there.
  const dutyOf = (now) => (isKept(now) ? "co-mat" : isTyped(now) ? "" : "bo");

  async function send() {
    if (sending) return;
    [sending, isDue, submitted] = [true, false, null];
    const now = draftFields.values(), what = dutyOf(now), body = bodyOf(now, what);
    try {
      const answer = await draftAsk(draftPage.keepUrl, body, { keepalive: document.hidden && `${body}`.length < LAST });
      // Where what was left was put back meanwhile, it is about what this page had before.
      if (body.get("giu-khoa") === draftHeld.key) await hear(answer, now, what);
    } catch {
      failures += 1;
      sayUnsent("Chưa gửi được: mất kết nối.", "Chữ đã gõ giữ trên máy này, có mạng sẽ tự gửi.");
    } finally {
      sending = false;
      later(failures ? Math.min(LONGEST, 1000 * 2 ** failures) : isKept(draftFields.values()) ? ALIVE : SEND);
    }
  }

  async function hear(answer, now, what) {
    if (answer.status === 409) return hearWhy(await answer.json(), now, what);
    if (!answer.ok) {
      failures += 1;
      return [401, 403].includes(answer.status)
        ? sayUnsent("Phiên làm việc đã hết.", "Chữ đã gõ giữ trên máy này.", true)
        : sayUnsent("Máy chủ chưa nhận được.", "Chữ đã gõ giữ trên máy này, sẽ tự gửi lại.");
    }
    const told = await answer.json();
    [failures, unsent] = [0, null];
    draftClock.set(told.now);
    hold(told.serial, now, what);
    if (what !== "co-mat" || line.dataset.tone) sayKept(what);
    showCompany(told);
  }

  // The server has `now`, or has forgotten what was kept.
  function hold(serial, now, what) {
    sendings = Math.max(sendings, serial);
    if (what === "") [draftHeld.serial, draftHeld.values, kept] = [serial, now, now];
    else if (what === "bo") [draftHeld.serial, draftHeld.values, kept] = [0, null, null];
    if (!isKept(draftFields.values())) return;
    safe = true;
    draftLocal.drop(draftHeld.key);
  }

  function hearWhy({ why, name, state, serial }, now, what) {
    if (why === "over") {
      hold(serial, now, what);
      return say(`Văn bản đang ở bước «${state}», không lưu vào văn bản được nữa. Chữ đã gõ còn ở trang «Soạn văn bản».`, "danger");
    }
    if (why === "person") {
      failures += 1;
      return sayUnsent(`Máy này đang đăng nhập bằng tài khoản của ${name}.`, "Chữ bạn gõ giữ trên máy này; đăng nhập lại tài khoản của bạn để gửi.");
    }
    // Another window goes on with what this one had: neither writes over the other.
    if (why === "taken") [draftHeld.key, draftHeld.serial] = [draftHeld.tab, 0];
    draftForm.elements["giu-khoa"].value = draftHeld.key;
    draftHeld.values = null;
    later(0);
  }

  // --- What is told

  function say(words, tone = "") {
    line.textContent = words;
    line.dataset.tone = tone;
  }

  const MINUTE = { hour: "2-digit", minute: "2-digit", timeZone: "Asia/Ho_Chi_Minh" };
  const clock = () => new Date(draftClock.now()).toLocaleTimeString("vi", MINUTE);
  const sayKept = (what) => say(what === "bo" || !kept ? "" : `Đã tự giữ chữ đang gõ lúc ${clock()}, chưa lưu`);

  // `waiting`: where the words are meanwhile; `isEnded`: with the way to log in again.
  function sayUnsent(why, waiting, isEnded = false) {
    unsent = [why, waiting, isEnded];
    say(`${why} ${isFull ? "Máy này hết chỗ giữ chữ: đừng đóng trang, hãy chép chữ đang gõ ra nơi khác." : waiting} `, "danger");
    if (!isEnded) return;
    const link = Object.assign(document.createElement("a"), { href: draftPage.loginUrl, target: "_blank", rel: "noopener", textContent: "Đăng nhập lại ở thẻ mới" });
    line.append(link, " rồi quay lại đây.");
  }

  function showCompany({ others = [], newer = "" }) {
    const words = others.map(({ name, isSelf, isAtWork }) =>
      isSelf ? "Bạn cũng mở dự thảo này ở cửa sổ khác." : isAtWork ? `${name} đang viết dự thảo này.` : `${name} đang mở dự thảo này.`);
    if (newer) words.unshift(`${newer} Lưu ở đây sẽ được hỏi lại, không đè lên bản ấy; mở lại trang để xem.`);
    const text = words.join(" ");
    if (company.textContent !== text) company.textContent = text;
    company.hidden = !text;
  }

  // --- On this machine

  async function keepHere() {
    clearTimeout(localTimer);
    localTimer = null;
    const now = draftFields.values();
    if (isKept(now)) return;
    const isRoom = await draftLocal.keep(draftHeld.key, { version: now.version?.[0] || "", sendings, fields: now });
    // Whether nothing was typed meanwhile.
    safe = isRoom && localTimer === null;
    if (isFull !== isRoom) return;
    isFull = !isRoom;
    if (unsent) sayUnsent(...unsent);
  }

  draftForm.addEventListener("input", typed);
  draftForm.addEventListener("change", typed);
  function typed() {
    safe = false;
    // Both while one types, not only when typing stops.
    localTimer ??= setTimeout(keepHere, LOCAL);
    // While there is no line, at its own pace.
    if (!failures && !isDue) { isDue = true; later(SEND); }
  }

  // --- What was left

  function offer(left) {
    const isOld = draftPage.draft && String(left.version) !== String(draftPage.version);
    const row = document.createElement("div");
    row.className = "alert alert-info";
    const subject = (left.fields.subject?.[0] || "").slice(0, 80);
    const said = `Còn chữ bạn đã gõ ở đây mà chưa lưu, lúc ${left.when}${subject ? `: «${subject}»` : ""}.`;
    row.append(isOld ? `${said} Sau đó đã có bản mới hơn: hãy chọn từng chỗ muốn lấy. ` : `${said} `);
    row.append(button("Lấy lại", "restore", "btn btn-sm ms-2", () => (isOld ? choose(row, left) : restore(row, left))), " ");
    row.append(button("Bỏ", "forget", "btn btn-sm btn-ghost-secondary", () => { drop(left); row.remove(); }));
    offers.append(row);
    offers.hidden = false;
  }

  function button(words, name, look, act) {
    const made = Object.assign(document.createElement("button"), { type: "button", className: look, textContent: words });
    made.dataset[name] = "";
    made.addEventListener("click", act);
    return made;
  }

  // This page goes on with what the other one kept.
  function restore(row, left) {
    draftHeld.key = left.key;
    draftHeld.serial = left.serial || 0;
    draftHeld.values = left.onServer || null;
    sendings = Math.max(sendings, draftHeld.serial);
    draftForm.elements["giu-khoa"].value = left.key;
    kept = left.onServer || null;
    row.remove();
    draftFields.set(left.fields);
  }

  // Field by field: what somebody stored since stays where nothing is chosen.
  function choose(row, left) {
    if (row.querySelector("dl")) return;
    const list = document.createElement("dl");
    list.className = "typed-fields";
    for (const name of draftFields.differing(draftFields.values(), left.fields).filter((one) => !one.endsWith("_FORMS"))) {
      const label = draftForm.querySelector(`label[for="id_${CSS.escape(name)}"]`)?.textContent.trim() || name;
      const words = document.createElement("dd");
      words.textContent = (left.fields[name] || []).join("\n");
      const head = document.createElement("dt");
      head.append(`${label} `, button("Đưa vào ô", "take", "btn btn-sm", (event) => {
        draftFields.set(left.fields, [name]);
        event.target.disabled = true;
      }));
      list.append(head, words);
    }
    row.append(list);
  }

  function drop(left) {
    draftLocal.drop(left.key);
    const body = new URLSearchParams({ "giu-khoa": left.key, "giu-the": draftHeld.tab, "giu-viec": "bo", "giu-ai": draftPage.user });
    if (draftPage.draft) body.set("pk", draftPage.draft);
    draftAsk(draftPage.keepUrl, body).catch(() => {});
  }

  // What waits on this machine, or was handed over, is newer than what the server has under the same key, unless the page sent more.
  async function offerLeft(handed) {
    const here = await draftLocal.all().catch(() => []);
    if (handed) here.push(handed);
    const left = new Map(draftPage.kept.map((one) => [one.key, { ...one, when: one.at, onServer: one.fields }]));
    for (const one of here) {
      const other = left.get(one.key), when = new Date(one.at).toLocaleString("vi", { ...MINUTE, day: "2-digit", month: "2-digit", year: "numeric" });
      if (!(other?.serial > one.sendings)) left.set(one.key, { ...other, ...one, when });
    }
    for (const one of left.values()) {
      if (one.key === draftHeld.key) continue;
      if (draftFields.differing(stored || {}, one.fields).length) offer(one); else drop(one);
    }
  }

  // --- The life of the page

  // The form as it came; on a slow line there may be typing before the scripts.
  function asStored() {
    const found = draftFields.values();
    for (const { name, value, defaultValue } of draftForm.querySelectorAll("textarea, input:not([type=checkbox])"))
      if (name in found && value !== defaultValue) found[name] = [defaultValue];
    return found;
  }

  function leave() {
    const now = draftFields.values();
    if (submitted) {
      draftLocal.handOver({ key: draftHeld.key, version: now.version?.[0] || "", sendings, fields: now, names: draftFields.differing(submitted, now), caret });
      return;
    }
    // What is under way may arrive before this or never.
    if (sending) draftHeld.values = null;
    const body = bodyOf(now, dutyOf(now));
    body.set("giu-roi", "1");
    sending = true;
    draftAsk(draftPage.keepUrl, body, { keepalive: true }).catch(() => {});
  }

  // A phone ends a page that is out of sight without a word.
  function outOfSight() {
    if (submitted || isKept(draftFields.values())) return;
    keepHere();
    send();
  }

  // The page goes on: it was come back to, or what was sent to be stored did not leave.
  function goOn() {
    [submitted, sending, failures] = [null, false, 0];
    later(0);
  }

  draftForm.addEventListener("caret-line", (event) => { caret = event.detail; });
  draftForm.addEventListener("submit", () => {
    submitted = draftFields.values();
    keepHere();
    later(LONGEST);
  });
  window.addEventListener("pagehide", leave);
  window.addEventListener("pageshow", (event) => { if (event.persisted) goOn(); });
  window.navigation?.addEventListener("navigateerror", () => { if (submitted) goOn(); });
  window.addEventListener("online", () => { failures = 0; later(0); });
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) outOfSight();
    else if (failures) { failures = 0; later(0); }
  });
  window.addEventListener("beforeunload", (event) => { if (!submitted && !safe && !isKept(draftFields.values())) event.preventDefault(); });

  // What was typed on while the page before this was stored, and the caret; where the rows are no longer the same it is offered.
  function takeOver(handed) {
    if (!handed) return null;
    const left = handed.place === draftPage.place ? handed : null;
    if (![draftPage.stored, draftHeld.key].includes(handed.key)) return left;
    const before = draftFields.values(), isShifted = (name) => name.endsWith("TOTAL_FORMS");
    if (handed.names.length && draftFields.differing(before, handed.fields).some(isShifted)) return left;
    if (handed.names.length) draftFields.set(handed.fields, handed.names);
    if (!refused && handed.caret) draftForm.dispatchEvent(new CustomEvent("go-to-line", { cancelable: true, detail: handed.caret }));
    return null;
  }

  document.addEventListener("DOMContentLoaded", () => {
    stored = refused ? null : asStored();
    if (draftPage.stored) {
      draftLocal.drop(draftPage.stored);
      say(`Đã lưu lúc ${clock()}`);
    }
    const left = takeOver(draftLocal.handedOver());
    if (!refused) offerLeft(left);
    later(refused ? 0 : 500);
  });
})();
