// The door, cards and names: who it is, what becomes of the scan, taken back again. Codes as conferences/cards/codes.py has them.
"use strict";
const LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ", AGAIN_AFTER = 4000;

function readCode(text) {
  const code = text.toUpperCase().replace(/[\s\-–.·]/g, "").replace(/[IL]/g, "1").replace(/O/g, "0").replace(/U/g, "V");
  if (code.length !== 12) return null;
  let total = 0;
  for (const letter of code.slice(0, 11)) {
    const value = LETTERS.indexOf(letter);
    if (value < 0) return null;
    total = (total ^ value) << 1;
    if (total & 32) total ^= 37;
  }
  return LETTERS[total] === code[11] ? code : null;
}
// Nine typed letters are those after the three of the conference.
const typedCode = (text) => readCode(text) ?? readCode((state.meta.letters ?? "") + text) ?? eatenCode(text);
const looksLikeCode = (text) => /^(.{9}|.{12})$/.test(text.replace(/\s/g, "")) && /\d/.test(text);

// A Vietnamese keyboard makes Á of AS, Đ of DD, Ư of W (Telex), or Á of A1 (VNI): each mark stands for a letter it has eaten.
// Whose card that was is known all the same, where it can be of one alone.
const EATEN = "SFRXJAEDW123456789", CLEAN = /[\s\-–.·]/g;
function eatenCode(text) {
  const parted = text.toUpperCase().normalize("NFD").replace(/U\u031B/g, "W").replace(/Đ/g, "D\u0335").replace(CLEAN, "");
  const marks = (parted.match(/\p{M}/gu) ?? []).length, left = parted.replace(/\p{M}/gu, "").replace(/[IL]/g, "1").replace(/O/g, "0");
  if (!marks) return null;
  const fits = (code) => {
    let at = 0;
    for (const letter of code) if (letter === left[at]) at++; else if (!EATEN.includes(letter)) return false;
    return at === left.length && code.length === left.length + marks;
  };
  const found = [...byCode.keys()].filter((code) => fits(code.slice(3)) || fits(code));
  return found.length === 1 ? found[0] : null;
}

// As units/text.py folds: without marks and capitals.
const fold = (text) => text.replace(/[đĐÐðƉɖ]/g, "d").normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/\s+/g, " ").trim();
// Who is not there yet comes first.
function byName(text) {
  const words = fold(text).split(" ").filter(Boolean).map((word) => ` ${word}`), found = [];
  if (words.length) for (const person of people.values()) {
    person.folded ??= ` ${fold(person.name)}`;
    if (words.every((word) => person.folded.includes(word))) found.push(person);
  }
  return found.sort((one, other) => Boolean(one.at || one.gone) - Boolean(other.at || other.gone));
}

// What the camera reads: a card that stays before it is one scan.
let last = { code: "", seen: -AGAIN_AFTER };
function seen(text) {
  const now = performance.now(), secret = secretIn(text), code = secret || (readCode(text) ?? text.slice(0, 40)), same = code === last.code && now - last.seen < AGAIN_AFTER;
  last = { code, seen: now };
  if (same) return null;
  return secret ? seenDoor(secret) : scanCode(code, "qr");
}
const scanCode = (text, way) => {
  const code = readCode(text);
  return scan({ code: code ?? text.slice(0, 40), person: code && byCode.get(code), way, isCode: Boolean(code) });
};
const scanPerson = (person) => scan({ code: "", person, way: "ten" });

function verdictOn(person, code, isCode) {
  if (!person) return !isCode ? "unreadable" : code.startsWith(state.meta.letters) ? "unknown" : "elsewhere";
  return person.gone ? "withdrawn" : person.at ? "again" : "in";
}
async function scan({ code, person, way, isCode }) {
  const at = Date.now() + (state.meta.offset ?? 0);
  if (stage() === "none") notice("Đây không phải mã cửa do văn phòng đưa.", "link");
  if (stage() !== "work") return null;
  if (state.meta.until && at > state.meta.until) return show("closed", null, ""), null;
  const verdict = verdictOn(person, code, isCode), before = person && { at: person.at, door: person.door };
  const one = { id: crypto.randomUUID(), code, n: person?.n ?? null, at, sure: state.meta.offset !== undefined, way, unsent: 1, shown: verdict };
  if (verdict === "in") {
    state.mine.set(one.id, { n: person.n, sent: false });
    Object.assign(person, { at, scan: one.id, door: state.meta.door });
    state.here++;
  }
  state.unsent++;
  // One write for both, and green only when it cannot be lost any more.
  try {
    await stored(["scans", "people"], (scans, list) => { scans.put(one); if (verdict === "in") list.put(person); });
  } catch {
    state.unsent--;
    if (verdict === "in") forgetScan(one.id, person);
    return show("failed", person, code), null;
  }
  show(verdict, person, code, { one, before });
  flush();
  return { verdict, id: one.id };
}

function forgetScan(id, person) {
  state.mine.delete(id);
  if (person?.scan !== id) return;
  Object.assign(person, { at: null, scan: null, door: null });
  if (!person.gone) state.here--;
}

// A scan that was a mistake. Whether somebody else's stands, the server says then.
async function takeBack(id) {
  const one = await stored("scans", (scans) => scans.get(id), "readonly"), person = one && people.get(one.n);
  if (!one || one.undone) return;
  const undo = { id: crypto.randomUUID(), undo: id, at: Date.now() + (state.meta.offset ?? 0), sure: one.sure, unsent: 1 };
  state.undone.add(id);
  forgetScan(id, person);
  state.unsent++;
  await stored(["scans", "people"], (scans, list) => {
    scans.put({ ...one, undone: 1 });
    scans.put(undo);
    if (person) list.put(person);
  });
  tell();
  flush();
}
