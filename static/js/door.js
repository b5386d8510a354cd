// The door, the page: what is shown, heard and pressed. It begins with what this phone kept, with a line or without.
"use strict";
const $ = (id) => document.getElementById(id);
const clock = (ms) => new Date(ms).toLocaleTimeString("vi", { hour: "2-digit", minute: "2-digit", second: "2-digit", timeZone: "Asia/Ho_Chi_Minh" });
const moment = (ms) => new Date(ms).toLocaleString("vi", { hour: "2-digit", minute: "2-digit", day: "2-digit", month: "2-digit", timeZone: "Asia/Ho_Chi_Minh" });
const number = (value) => value.toLocaleString("vi");
const WORDS = {
  in: ["Mời vào", "in"], again: ["Thẻ đã vào rồi", "again"], withdrawn: ["Đại biểu đã thôi dự", "bad"], unreadable: ["Không phải mã thẻ", "bad"],
  unknown: ["Mã không có trong danh sách", "bad"], elsewhere: ["Thẻ của hội nghị khác", "bad"], closed: ["Cửa đã hết giờ mở", "bad"],
  failed: ["Chưa ghi được: máy hết chỗ lưu", "bad"],
  back: ["Đã thu lại", ""], ready: ["Đưa thẻ vào khung", ""],
};
const IDLE_AFTER = 8000;
let audio, idle, lastShown;

function show(verdict, person, text, { one, before } = {}) {
  const [word, kind] = WORDS[verdict], good = verdict === "in";
  $("verdict").className = kind;
  $("word").textContent = word;
  $("who").textContent = person ? `${person.name} – ${person.delegation}` : text;
  const first = before?.at && `Lần đầu lúc ${clock(before.at)}, ${before.door}`;
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
  $("door").textContent = state.meta.door ?? "Điểm danh";
  $("event").textContent = state.meta.name ?? "";
  const all = [...people.values()].filter((person) => !person.gone).length;
  $("count").textContent = all ? `${number(state.here)}/${number(all)} có mặt` : "Chưa có danh sách";
  $("queue").hidden = !state.unsent;
  $("queue").textContent = `${number(state.unsent)} lượt chờ gửi`;
}
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
    else if (person.at) state.told.set(n, `${person.name} (${person.delegation}) đã vào lúc ${clock(person.at)} ở ${person.door}`);
  }
  $("told").replaceChildren(...[...state.told.values()].map((words) => Object.assign(document.createElement("li"), { textContent: words })));
  $("twice").hidden = !state.told.size;
  $("twice").textContent = `Cần xem lại: ${state.told.size} thẻ`;
  if (state.told.size > before) { $("verdict").className = "again"; sound(220); }
}

function offerPeople(found) {
  $("found").replaceChildren(...found.map((person) => {
    const line = document.createElement("li"), pick = document.createElement("button");
    pick.type = "button";
    pick.textContent = `${person.name} – ${person.delegation}${person.seat ? `, ghế ${person.seat}` : ""}${person.at ? " (đã vào)" : ""}`;
    pick.addEventListener("click", () => { clearTyped(); scanPerson(person); });
    line.append(pick);
    return line;
  }));
  if (!found.length) $("found").replaceChildren(Object.assign(document.createElement("li"), { textContent: "Không tìm thấy mã hay họ tên này." }));
}
function clearTyped() { $("found").replaceChildren(); $("text").value = ""; }
$("typed").addEventListener("submit", (event) => {
  event.preventDefault();
  const text = $("text").value.trim(), code = typedCode(text);
  if (code) { clearTyped(); scanCode(code, "go"); }
  else if (text) offerPeople(byName(text));
});
$("undo").addEventListener("click", async () => {
  await takeBack(lastShown);
  show("back", null, $("who").textContent);
});
$("start").addEventListener("click", startCamera);
$("end").addEventListener("click", async () => {
  if (state.unsent) return notice(`Còn ${state.unsent} lượt chưa gửi: ra chỗ có mạng, chờ gửi hết rồi kết thúc.`);
  if (!confirm("Xóa danh sách khỏi máy này và thôi điểm danh?")) return;
  stopCamera();
  clearTimeout(timer);
  call(ADDRESS.leave).catch(() => {});
  await forget();
  await keep({ ended: true });
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
addEventListener("hashchange", () => takeLink().then(flush));
// A phone stops the camera of a hidden page; on the way back it is opened again.
document.addEventListener("visibilitychange", () => {
  if (document.hidden) return;
  flush();
  if (camera.stream && !camera.stream.active) startCamera();
});

// One window of a phone works at a time: the one that was opened last.
function takeOver() {
  if (!navigator.locks) return Promise.resolve();
  return new Promise((done) => {
    navigator.locks.request("cua", { steal: true }, () => new Promise(() => done())).catch(() => {
      state.over = true;
      clearTimeout(timer);
      stopCamera();
      $("start").hidden = true;
      notice("Trang này đã mở ở cửa sổ khác. Dùng cửa sổ đó; ở đây tải lại trang để dùng tiếp.", "window");
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
