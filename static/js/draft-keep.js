// Nothing typed is lost: every few seconds what changed goes to the server, apart from the stored draft; without a line, or after
// a session ended, it waits on this machine and goes later. Who else is on the draft is told. What was left is offered again.
"use strict";
(() => {
  // Milliseconds: after typing, between signs of life, the longest wait for a line; after a key until the words wait here.
  const SEND = 2500, ALIVE = 10000, LONGEST = 30000, LOCAL = 250;
  const line = document.getElementById("kept-line"), company = document.getElementById("company"), offers = document.getElementById("typed-before");
  // Whether the page came as the answer to a form that was not stored: what it shows is typed.
  const { refused } = draftPage;
  let stored = null, timer, localTimer, failures = 0, sending = false, done = false, isDue = false, safe = true, kept = null;
  // Whether this machine has no room for what waits; why nothing was sent, while nothing is.
  let isFull = false, unsent = null;

  const isTyped = (now) => stored === null || draftFields.differing(stored, now).length > 0;
  const isKept = (now) => (kept === null ? !isTyped(now) : draftFields.equal(kept, now));

  // --- To the server

  function later(wait) {
    clearTimeout(timer);
    if (!done) timer = setTimeout(send, wait);
  }

  function bodyOf(now, what) {
    const body = draftHeld.body(now);
    body.set("giu-ai", draftPage.user);
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
    if (sending || done) return;
    [sending, isDue] = [true, false];
    const now = draftFields.values(), what = dutyOf(now);
    try {
      const answer = await draftAsk(draftPage.keepUrl, bodyOf(now, what));
      await hear(answer, now, what);
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
    hold(told.serial, now, what);
    if (what !== "co-mat" || line.dataset.tone) sayKept(what);
    showCompany(told);
  }

  // The server has `now`, or has forgotten what was kept.
  function hold(serial, now, what) {
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

  function sayKept(what) {
    const at = new Date().toLocaleTimeString("vi", { hour: "2-digit", minute: "2-digit", timeZone: "Asia/Ho_Chi_Minh" });
    say(what === "bo" ? "" : kept ? `Đã tự giữ chữ đang gõ lúc ${at}, chưa lưu` : "");
  }

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

  function wait() {
    clearTimeout(localTimer);
    localTimer = setTimeout(async () => {
      const now = draftFields.values();
      if (isKept(now)) return;
      safe = await draftLocal.keep(draftHeld.key, { version: now.version?.[0] || "", fields: now });
      if (isFull === safe) {
        isFull = !safe;
        if (unsent) sayUnsent(...unsent);
      }
    }, LOCAL);
  }

  draftForm.addEventListener("input", typed);
  draftForm.addEventListener("change", typed);
  function typed() {
    safe = false;
    wait();
    // Every few seconds, not only when typing stops; while there is no line, at its own pace.
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

  // What waits on this machine is newer than what the server has under the same key.
  async function offerLeft() {
    const here = await draftLocal.all().catch(() => []);
    const left = new Map(draftPage.kept.map((one) => [one.key, { ...one, when: one.at, onServer: one.fields }]));
    for (const one of here) {
      const when = new Date(one.at).toLocaleString("vi", { hour: "2-digit", minute: "2-digit", day: "2-digit", month: "2-digit", year: "numeric", timeZone: "Asia/Ho_Chi_Minh" });
      left.set(one.key, { ...left.get(one.key), ...one, when });
    }
    for (const one of left.values()) {
      if (one.key === draftHeld.key) continue;
      if (draftFields.differing(stored || {}, one.fields).length) offer(one); else drop(one);
    }
  }

  // --- The life of the page

  function leave() {
    if (done) return;
    const now = draftFields.values(), body = bodyOf(now, dutyOf(now));
    body.set("giu-roi", "1");
    // What is longer than a page may leave behind waits on this machine.
    draftAsk(draftPage.keepUrl, body, { keepalive: true }).catch(() => {});
  }

  draftForm.addEventListener("submit", () => {
    done = true;
    clearTimeout(timer);
    clearTimeout(localTimer);
  });
  window.addEventListener("pagehide", leave);
  window.addEventListener("pageshow", (event) => { if (event.persisted) { done = false; later(0); } });
  window.addEventListener("online", () => { failures = 0; later(0); });
  document.addEventListener("visibilitychange", () => { if (!document.hidden && failures) { failures = 0; later(0); } });
  window.addEventListener("beforeunload", (event) => { if (!done && !safe && !isKept(draftFields.values())) event.preventDefault(); });

  document.addEventListener("DOMContentLoaded", () => {
    const now = draftFields.values();
    stored = refused ? null : now;
    if (draftPage.stored) draftLocal.drop(draftPage.stored);
    if (!refused) offerLeft();
    later(refused ? 0 : 500);
  });
})();
