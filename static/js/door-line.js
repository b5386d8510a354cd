// The door, the line: what was scanned goes to the server, what other doors scanned comes back. It may break at any moment.
"use strict";
const MOST = 200, EVERY = 5000, PATIENCE = 8000, LIST_EVERY = 60000, DEAD_EVERY = 60000, ADDRESS = document.body.dataset;
let timer, running = false, wait = 0;

async function flush() {
  if (running || state.over || state.meta.ended) return;
  running = true;
  clearTimeout(timer);
  try {
    await exchange();
    wait = 0;
  } catch (error) {
    online(false, error instanceof Answered);
    wait = state.dead ? DEAD_EVERY : Math.min(15000, (wait || 500) * 2);
  } finally {
    running = false;
    paint();
    timer = setTimeout(flush, state.unsent && !wait ? 0 : wait || EVERY);
  }
}

class Answered extends Error {}
async function call(address, { body, headers = {}, secret = state.meta.secret ?? "1", method = "POST" } = {}) {
  const answer = await fetch(address, {
    method, body: body && JSON.stringify(body), signal: AbortSignal.timeout(PATIENCE), cache: "no-store", redirect: "error",
    headers: { "X-Cua": secret, "Content-Type": "application/json", ...headers },
  });
  if (answer.ok || answer.status === 304) return answer;
  const refused = new Answered(answer.status);
  refused.status = answer.status;
  refused.told = await answer.json().catch(() => ({}));
  throw refused;
}

async function exchange() {
  if (state.meta.offered) await takeOffer();
  if (isOver()) await forget();
  try {
    await sendAndHear();
    state.dead = false;
  } catch (error) {
    const lost = state.meta.until === undefined ? "Máy này chưa mở cửa nào, hoặc đường dẫn đã đổi" : "Đường dẫn của cửa này đã đổi";
    if (error.status === 401) die(`${lost}. Quét lại mã cửa do văn phòng đưa.${waiting()}`);
    if (error.status === 410) { await forget(); die(`Cửa này đã đóng; danh sách đã xóa khỏi máy.${waiting()}`); }
    if (error.told?.error === "early") notice(`Cửa mở từ ${moment(error.told.since)}: lượt quét gửi khi mở cửa.`);
    if (error.status === 409) notice("Máy còn lượt quét của hội nghị khác. Mở lại đường dẫn của hội nghị đó để gửi.");
    throw error;
  }
}
const waiting = () => (state.unsent ? ` ${state.unsent} lượt chưa gửi vẫn giữ trên máy.` : "");
function die(words) { state.dead = true; notice(words); }

async function sendAndHear() {
  const scans = await unsentScans(MOST), sent = Date.now();
  const entries = scans.map(({ id, code, n, at, sure, way, undo }) => ({ id, code, n: code ? undefined : n, at, sure, way, undo }));
  const answer = await (await call(ADDRESS.send, { body: { now: sent, since: state.meta.seq ?? 0, event: state.meta.event, scans: entries } })).json();
  const back = Date.now();
  online(true);
  // A slow answer tells the time badly.
  if (state.meta.offset === undefined || back - sent < 1500) await keep({ offset: Math.round(answer.now - (sent + back) / 2) });
  if (state.meta.event !== undefined) await keep({ door: answer.door, until: answer.until });
  const off = Math.round(Math.abs(state.meta.offset) / 60000);
  notice(off ? `Đồng hồ máy lệch ${off} phút; giờ vào tính theo máy chủ.` : "");
  await markSent(scans, answer.results);
  const strange = answer.changes.some(([n]) => !people.has(n)) || scans.some((one) => one.shown === "unknown" && answer.results[one.id] === "in");
  const asked = strange || state.meta.event === undefined || Date.now() - state.listed > LIST_EVERY;
  const grown = asked && await fetchPeople();
  if (state.meta.event === undefined) return;
  await hear(answer.changes);
  // Whose name is new here may have come in long ago: all changes are asked for again.
  await keep({ seq: grown ? 0 : answer.seq });
  if (scans.length || answer.changes.length) tell();
}
async function markSent(scans, results) {
  // Read again: one may have been taken back while it was on its way.
  await stored("scans", (store) => scans.filter((one) => results[one.id]).forEach(({ id }) => {
    store.get(id).onsuccess = ({ target: { result: one } }) => one && store.put({ ...one, unsent: 0, result: results[id] });
  }));
  await countUnsent();
  for (const id in results) if (state.mine.has(id)) Object.assign(state.mine.get(id), { sent: true, result: results[id] });
}
async function hear(changes) {
  // What was taken back here the server may not have heard of yet.
  const changed = changes.filter(([n, id]) => people.has(n) && !state.undone.has(id)).map(([n, id, at, door]) => Object.assign(people.get(n), { scan: id, at, door }));
  if (changed.length) await stored("people", (list) => changed.forEach((person) => list.put(person)));
  countHere();
}

// Whether there are more than before.
async function fetchPeople() {
  let answer;
  try {
    answer = await call(ADDRESS.people, { method: "GET", headers: state.meta.tag ? { "If-None-Match": state.meta.tag } : {} });
  } catch (error) {
    if (error.status !== 403) throw error;
    state.listed = Date.now();
    const early = error.told.error === "early";
    if (early) state.listed = 0;
    notice(early ? `Cửa mở từ ${moment(error.told.since)}. Danh sách tự tải khi mở cửa.` : "Cửa đã hết giờ mở.", "list");
    return false;
  }
  state.listed = Date.now();
  notice("", "list");
  if (answer.status === 304) return false;
  const list = await answer.json(), kept = new Map(people);
  people.clear(); byCode.clear();
  for (const [n, code, name, delegation, role, seat, gone] of list.people) {
    const { at = null, scan: id = null, door = null } = kept.get(n) ?? {};
    add({ n, code, name, delegation, role, seat, gone, at, scan: id, door });
  }
  await stored("people", (store) => { store.clear(); people.forEach((person) => store.put(person)); });
  const { event, name, letters, door, until } = list;
  await keep({ event, name, letters, door, until, tag: answer.headers.get("ETag") });
  countHere();
  navigator.storage?.persist?.();
  return kept.size > 0 && [...people.keys()].some((n) => !kept.has(n));
}

// The secret of a link stands after #, which goes to no server by opening it: the page takes it out of the address.
const isSecret = (text) => /^[\w-]{43}$/.test(text);
async function takeLink() {
  const secret = location.hash.slice(1);
  if (!isSecret(secret)) return;
  history.replaceState(null, "", location.pathname);
  await takeSecret(secret);
}
async function takeSecret(secret) {
  if (secret === state.meta.secret && !state.meta.ended) return;
  state.dead = false;
  const free = !state.meta.secret && !state.unsent && state.meta.event === undefined;
  await keep(free ? { secret, ended: false } : { offered: secret, ended: false });
}
// The code of a door before this page's own camera: an installed page on an iPhone is opened by no link.
function secretIn(text) {
  const begins = `${location.origin}${ADDRESS.scope}#`, secret = text.slice(begins.length);
  return text.startsWith(begins) && isSecret(secret) ? secret : "";
}
async function seenDoor(secret) {
  if (stage() === "work" && !state.dead) return show("link", null, "");
  notice("", "link");
  await takeSecret(secret);
  return flushNow();
}
async function atRest() {
  while (running) await new Promise((done) => { setTimeout(done, 50); });
}
// With the secret of now, whatever is still on its way with another.
async function flushNow() {
  await atRest();
  state.dead = false;
  wait = 0;
  return flush();
}
async function sendTheRest() {
  try {
    while (state.unsent) await sendAndHear();
  } catch (error) {
    $("drop").hidden = !(error instanceof Answered);
    notice(`Còn ${state.unsent} lượt quét của «${state.meta.name}» chưa gửi: gửi xong mới mở được cửa khác.`);
    throw error;
  }
}
// Another link while this phone has one: of the same conference it takes its place, of another once all is sent.
async function takeOffer() {
  const offered = state.meta.offered;
  let found;
  try {
    found = await (await call(ADDRESS.enter, { secret: offered })).json();
  } catch (error) {
    if (!(error instanceof Answered)) throw error;
    await keep({ offered: "" });
    return notice("Đường dẫn vừa mở không dùng được. Xin văn phòng mã khác.", "offer");
  }
  notice("", "offer");
  if (state.meta.event !== undefined && found.event !== state.meta.event) {
    await sendTheRest();
    await forget();
  }
  await keep({ offered: "", secret: offered, tag: "" });
  state.listed = 0;
  $("drop").hidden = true;
}
