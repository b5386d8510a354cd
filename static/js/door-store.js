// The door, what this phone keeps: the list, what was scanned until the server has it, and the secret of the link.
"use strict";
const state = { meta: {}, unsent: 0, here: 0, listed: 0, mine: new Map(), undone: new Set(), told: new Map(), dead: false, over: false };
const people = new Map(), byCode = new Map();

const base = new Promise((done, fail) => {
  const open = indexedDB.open("cua", 1);
  open.onupgradeneeded = () => {
    open.result.createObjectStore("meta");
    open.result.createObjectStore("people", { keyPath: "n" });
    // Ids are random: this index gives what is unsent in the order of time.
    open.result.createObjectStore("scans", { keyPath: "id" }).createIndex("unsent", ["unsent", "at"]);
  };
  open.onsuccess = () => done(open.result);
  open.onerror = () => fail(open.error);
});

// One transaction over `stores`, on the disk when it is done.
async function stored(stores, work, mode = "readwrite") {
  const change = (await base).transaction(stores, mode, { durability: "strict" });
  return new Promise((done, fail) => {
    let result;
    change.oncomplete = () => done(result instanceof IDBRequest ? result.result : result);
    change.onerror = change.onabort = () => fail(change.error);
    result = work(...[stores].flat().map((name) => change.objectStore(name)));
  });
}
const queued = (unsent) => IDBKeyRange.bound([unsent], [unsent, []]);
const unsentScans = (most) => stored("scans", (scans) => scans.index("unsent").getAll(queued(1), most), "readonly");
async function countUnsent() {
  state.unsent = await stored("scans", (scans) => scans.index("unsent").count(queued(1)), "readonly");
}
function keep(values) {
  Object.assign(state.meta, values);
  return stored("meta", (meta) => Object.entries(values).forEach(([key, value]) => meta.put(value, key)));
}

function add(person) {
  people.set(person.n, person);
  if (person.code) byCode.set(person.code, person);
}
const countHere = () => { state.here = [...people.values()].filter((person) => person.at && !person.gone).length; };

// All that was kept, as the page begins.
async function load() {
  const [keys, values] = await Promise.all(["getAllKeys", "getAll"].map((all) => stored("meta", (meta) => meta[all](), "readonly")));
  keys.forEach((key, at) => { state.meta[key] = values[at]; });
  if (isOver()) await forget();
  (await stored("people", (list) => list.getAll(), "readonly")).forEach(add);
  for (const one of await stored("scans", (scans) => scans.getAll(), "readonly"))
    if (one.undone) state.undone.add(one.id);
    else if (one.shown === "in") state.mine.set(one.id, { n: one.n, sent: !one.unsent, result: one.result });
  countHere();
  await countUnsent();
}

// A day after the door closed its list goes by itself.
const isOver = () => state.meta.until && Date.now() + (state.meta.offset ?? 0) > state.meta.until + 864e5;

// Names go, and what the server has; what it has not stays: codes and times, and of which conference they are.
async function forget() {
  people.clear(); byCode.clear();
  state.told.clear(); state.mine.clear(); state.undone.clear();
  const { event, name, secret, offset, offered } = state.meta;
  state.meta = state.unsent ? { event, name, secret, offset, offered } : { offered };
  await stored(["people", "meta", "scans"], (list, meta, scans) => {
    list.clear(); meta.clear();
    Object.entries(state.meta).forEach(([key, value]) => value === undefined || meta.put(value, key));
    scans.index("unsent").openCursor(queued(0)).onsuccess = ({ target: { result: row } }) => {
      if (row) { row.delete(); row.continue(); }
    };
  });
  state.here = 0;
}
