// The door, the page: what is shown, heard and pressed. It begins with what this phone kept, with a line or without.
"use strict";
const $ = (id) => document.getElementById(id);
const clock = (ms) => new Date(ms).toLocaleTimeString("vi", { hour: "2-digit", minute: "2-digit", second: "2-digit", timeZone: "Asia/Ho_Chi_Minh" });
const dayOf = (ms) => new Date(ms).toLocaleDateString("en-GB", { day: "2-digit", month: "2-digit", timeZone: "Asia/Ho_Chi_Minh" });
const moment = (ms) => `${clock(ms).slice(0, 5)} ngày ${dayOf(ms)}`;
// When somebody came: on an earlier day of the conference, with that day.
const arrival = (ms) => (dayOf(ms) === dayOf(Date.now()) ? clock(ms) : moment(ms));
const number = (value) => value.toLocaleString("vi");
const WORDS = {
  in: ["Mời vào", "in"], again: ["Thẻ đã vào rồi", "again"], withdrawn: ["Đại biểu đã thôi dự", "bad"], unreadable: ["Không phải mã thẻ", "bad"],
  unknown: ["Mã không có trong danh sách", "bad"], elsewhere: ["Thẻ của hội nghị khác", "bad"], closed: ["Cửa đã hết giờ mở", "bad"],
  failed: ["Chưa ghi được: máy hết chỗ lưu", "bad"],
  back: ["Đã thu lại", ""], ready: ["", ""], link: ["Đây là mã mở cửa, không phải thẻ", "bad"], told: ["Có thẻ cần xem lại, ở cuối trang", "again"],
};
const IDLE_AFTER = 8000;
let audio, idle, lastShown, lastWord = "";

function show(verdict, person, text, { one, before } = {}) {
  const [word, kind] = WORDS[verdict], good = verdict === "in";
  $("verdict").className = kind;
  lastWord = word;
  $("who").textContent = person?.name ?? "";
  $("where").textContent = person?.delegation ?? text;
  const first = before?.at && `Lần đầu lúc ${arrival(before.at)}, ${before.door}`;
  const seat = person && [person.role, person.seat && `ghế ${person.seat}`].filter(Boolean).join(", ");
  $("more").textContent = verdict === "again" ? first : seat || "";
  lastShown = one?.id;
  $("undo").hidden = !one || verdict === "unreadable";
  if (navigator.vibrate && one) navigator.vibrate(good ? 60 : [90, 60, 90]);
  if (one) sound(good ? 880 : 220);
  clearTimeout(idle);
  if (good) idle = setTimeout(() => { $("verdict").className = ""; }, IDLE_AFTER);
  paint();
}
function sound(pitch) {
  if (audio?.state !== "running") return;
  const tone = audio.createOscillator();
  tone.frequency.value = pitch;
  tone.connect(audio.destination);
  tone.start();
  tone.stop(audio.currentTime + 0.12);
}
function paint() {
  const at = stage(), works = at === "work";
  $("door").textContent = state.meta.door ?? "Điểm danh";
  $("event").textContent = state.meta.name ?? "";
  const all = [...people.values()].filter((person) => !person.gone).length;
  $("count").textContent = works ? `${number(state.here)}/${number(all)} có mặt` : "";
  $("queue").hidden = !state.unsent;
  $("queue").textContent = `${number(state.unsent)} lượt chờ gửi`;
  $("word").textContent = lastWord || BEFORE[at][camera.stream ? 1 : 0];
  $("verdict").hidden = at === "over";
  $("typed").hidden = !works;
  $("end").parentElement.hidden = at === "over" || (!works && !state.unsent && !state.meta.secret);
  $("take").hidden = at !== "over";
  $("start-words").textContent = works && !state.dead ? "Mở máy ảnh" : "Quét mã cửa bằng máy ảnh";
  $("start").parentElement.hidden = Boolean(camera.stream) || !["work", "none"].includes(at);
  $("video").parentElement.hidden = !camera.stream;
}
// Whether this phone has a door and its list, waits for it, or is left for another window.
function stage() {
  if (state.over) return "over";
  if (state.meta.until !== undefined && !state.meta.ended) return "work";
  return state.dead || state.meta.ended || !(state.meta.secret || state.meta.offered) ? "none" : "wait";
}
// What is said before anything was scanned: without the camera, with it.
const BEFORE = {
  work: ["Mở máy ảnh, hoặc gõ mã thẻ, họ tên", "Đưa thẻ vào khung"], wait: ["Đang chờ danh sách", "Đang chờ danh sách"],
  none: ["Quét mã cửa do văn phòng đưa", "Đưa mã cửa vào khung"], over: ["", ""],
};
// One thing to know of each kind: of the line, the list, the camera.
const notices = {};
function notice(words, of = "line") {
  notices[of] = words;
  const all = Object.values(notices).filter(Boolean).join(" ");
  if ($("notice").textContent === all) return;
  $("notice").hidden = !all;
  $("notice").textContent = all;
}
function online(yes, refused) {
  $("line").className = yes ? "on" : "off";
  $("line").textContent = yes ? "có mạng" : refused ? "chưa vào cửa" : "mất mạng";
}

// Whom this phone let in, and another door had let in before, by the server's word, or who is not to be let in. Only of scans that
// the server has: of others nobody knows yet that they are not the earlier ones.
function tell() {
  const before = state.told.size;
  state.told.clear();
  for (const [id, { n, sent, result }] of state.mine) {
    const person = people.get(n);
    if (!sent || !person || person.scan === id) continue;
    if (person.gone || ["withdrawn", "unknown"].includes(result)) state.told.set(n, `${person.name} (${person.delegation}) đã thôi dự mà vẫn vào`);
    else if (person.at) state.told.set(n, `${person.name} (${person.delegation}) đã vào lúc ${arrival(person.at)} ở ${person.door}`);
  }
  $("told").replaceChildren(...[...state.told.values()].map((words) => Object.assign(document.createElement("li"), { textContent: words })));
  $("twice").hidden = !state.told.size;
  $("twice").textContent = `Cần xem lại: ${state.told.size} thẻ`;
  if (state.told.size <= before) return;
  sound(220);
  // What was said of the last card stays as long as it is of use.
  if (!$("verdict").className) show("told", null, "");
}

const SHOWN = 20;
const piece = (tag, words, kind = "") => Object.assign(document.createElement(tag), { textContent: words, className: kind });
function offerPeople(found, none = "") {
  const lines = found.slice(0, SHOWN).map((person) => {
    const line = piece("li", ""), pick = Object.assign(piece("button", ""), { type: "button" });
    const standing = person.gone ? "đã thôi dự" : person.at ? `đã vào ${arrival(person.at)}` : "";
    pick.append(piece("b", person.name), piece("span", [person.delegation, person.seat && `ghế ${person.seat}`].filter(Boolean).join(", ")));
    if (standing) pick.append(piece("em", standing));
    pick.addEventListener("click", () => { clearTyped(); scanPerson(person); });
    line.append(pick);
    return line;
  });
  if (found.length > SHOWN) lines.push(piece("li", `Còn ${number(found.length - SHOWN)} người nữa: gõ thêm họ tên.`));
  if (!found.length && none) lines.push(piece("li", none));
  $("found").replaceChildren(...lines);
  if (lines.length) show("ready", null, "");
  typing();
}
// While one types, the keyboard covers half of the page: the picture makes room for those who are found.
function typing() {
  const on = document.activeElement === $("text") || Boolean($("found").childElementCount);
  document.body.classList.toggle("typing", on);
  $("leave").hidden = !on;
}
function clearTyped() { $("found").replaceChildren(); $("text").value = ""; $("text").blur(); typing(); }
$("typed").addEventListener("submit", (event) => {
  event.preventDefault();
  const text = $("text").value.trim(), code = typedCode(text);
  if (code) { clearTyped(); return scanCode(code, "go"); }
  if (!text) return;
  $("text").blur();
  offerPeople(byName(text), looksLikeCode(text) ? "Mã này sai một chữ: hãy xem lại trên thẻ, hoặc gõ họ tên." : "Không tìm thấy mã hay họ tên này.");
});
$("text").addEventListener("input", () => {
  const text = $("text").value.trim();
  offerPeople(text.length > 1 && !typedCode(text) ? byName(text) : []);
});
$("text").addEventListener("focus", typing);
// Not at once: what is tapped must still be where it was.
$("text").addEventListener("blur", () => setTimeout(typing, 300));
$("leave").addEventListener("click", clearTyped);
$("undo").addEventListener("click", async () => {
  const name = $("who").textContent;
  await takeBack(lastShown);
  show("back", null, name);
});
$("take").addEventListener("click", () => location.reload());
let install;
addEventListener("beforeinstallprompt", (event) => { event.preventDefault(); install = event; $("install").hidden = false; });
$("install").addEventListener("click", () => { install?.prompt(); $("install").hidden = true; });
$("start").addEventListener("click", startCamera);
$("end").addEventListener("click", async () => {
  if (state.unsent) return notice(`Còn ${state.unsent} lượt chưa gửi: ra chỗ có mạng, chờ gửi hết rồi kết thúc.`);
  if (!confirm("Xóa danh sách khỏi máy này và thôi điểm danh?")) return;
  const { secret } = state.meta;
  stopCamera();
  clearTimeout(timer);
  notice("Đang xóa danh sách khỏi máy này…");
  // Nothing new begins; what is under way would bring names and the secret back.
  await keep({ ended: true });
  await atRest();
  await forget();
  await keep({ ended: true });
  await call(ADDRESS.leave, { secret }).catch(() => {});
  clearTyped(); tell(); show("ready", null, ""); online(false, true);
  notice("Đã xóa danh sách khỏi máy này.");
});
// Of a conference whose link is dead nothing can be sent any more.
$("drop").addEventListener("click", async () => {
  if (!confirm(`Bỏ hẳn ${state.unsent} lượt chưa gửi của «${state.meta.name}»?`)) return;
  await stored("scans", (scans) => scans.clear());
  await countUnsent();
  await forget();
  $("drop").hidden = true;
  flush();
});
addEventListener("online", () => { wait = 0; flush(); });
addEventListener("hashchange", () => takeLink().then(flushNow));
// A phone stops the camera of a hidden page; on the way back it is opened again.
document.addEventListener("visibilitychange", () => {
  if (document.hidden) return;
  flush();
  if (!camera.stream) return;
  if (camera.stream.active) stayAwake(); else startCamera();
});

// One window of a phone works at a time: the one that was opened last.
function takeOver() {
  if (!navigator.locks) return Promise.resolve();
  return new Promise((done) => {
    navigator.locks.request("cua", { steal: true }, () => new Promise(() => done())).catch(() => {
      state.over = true;
      clearTimeout(timer);
      stopCamera();
      clearTyped();
      notice("Trang này đã mở ở cửa sổ khác.", "window");
    });
  });
}
const ready = (async () => {
  await takeOver();
  await load();
  await takeLink();
  tell();
  paint();
  if (state.meta.ended) notice("Máy này đã kết thúc. Quét mã cửa do văn phòng đưa để điểm danh tiếp.");
  if ("serviceWorker" in navigator) await navigator.serviceWorker.register(ADDRESS.worker, { scope: ADDRESS.scope }).catch(() => {});
  flush();
})();
ready.catch(() => notice("Máy này không lưu được dữ liệu của trang: thoát chế độ ẩn danh, hoặc dùng trình duyệt khác.", "store"));
// For who looks in from outside: tests, and the console of a phone that behaves oddly.
globalThis.cua = { ready, state, people, byCode, scan: scanCode, pick: scanPerson, takeBack, seen, flush, stored, camera };
