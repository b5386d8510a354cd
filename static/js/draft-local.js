// What the server has not got yet waits on this machine, locked with a secret that the server gives to its writer alone: the
// next person at the machine cannot read it. Where a browser has no such lock (a page without https) it waits in the tab.
"use strict";
const draftLocal = (() => {
  const PREFIX = `giu:${draftPage.user}:`, DAYS = 14, DAY = 24 * 3600 * 1000;
  const subtle = window.crypto?.subtle;
  const store = subtle ? localStorage : sessionStorage;
  const bytes = (text) => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
  // In pieces: a call takes only so many arguments.
  const text = (found) => {
    let signs = "";
    for (let at = 0; at < found.length; at += 8192) signs += String.fromCharCode(...found.subarray(at, at + 8192));
    return btoa(signs);
  };
  const lock = subtle?.importKey("raw", bytes(draftPage.secret), "AES-GCM", false, ["encrypt", "decrypt"]);

  async function locked(found) {
    const plain = JSON.stringify(found);
    if (!subtle) return { plain };
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const data = await subtle.encrypt({ name: "AES-GCM", iv }, await lock, new TextEncoder().encode(plain));
    return { iv: text(iv), data: text(new Uint8Array(data)) };
  }

  async function opened({ plain, iv, data }) {
    if (plain !== undefined) return JSON.parse(plain);
    const found = await subtle.decrypt({ name: "AES-GCM", iv: bytes(iv) }, await lock, bytes(data));
    return JSON.parse(new TextDecoder().decode(found));
  }

  // Whether it waits here now; a machine without room says no.
  async function keep(key, found) {
    try {
      const waiting = { at: draftClock.now(), ...(await locked({ place: draftPage.place, ...found })) };
      store.setItem(PREFIX + key, JSON.stringify(waiting));
      return true;
    } catch {
      return false;
    }
  }

  const drop = (key) => store.removeItem(PREFIX + key);

  // What waits here of this paper: [{key, at, version, sendings, fields}].
  async function all() {
    const found = [];
    // As it is now: another window may drop some of it while this one unlocks the rest.
    for (const [name, written] of Object.entries(store).filter(([one]) => one.startsWith("giu:"))) {
      const waiting = JSON.parse(written);
      if (draftClock.now() - waiting.at > DAYS * DAY) store.removeItem(name);
      else if (name.startsWith(PREFIX)) {
        const words = await opened(waiting).catch(() => null);
        if (words?.place === draftPage.place) found.push({ ...words, key: name.slice(PREFIX.length), at: waiting.at });
      }
    }
    return found;
  }

  // From a page that is being stored to the one that answers in this tab, to the last letter: nothing here has to be waited for.
  const HANDED = "giu-tiep";
  function handOver(found) {
    try {
      sessionStorage.setItem(HANDED, JSON.stringify({ user: draftPage.user, place: draftPage.place, at: draftClock.now(), ...found }));
    } catch { /* It waits under its key all the same, up to a moment ago. */ }
  }

  function handedOver() {
    const found = JSON.parse(sessionStorage.getItem(HANDED));
    sessionStorage.removeItem(HANDED);
    return found?.user === draftPage.user ? found : null;
  }

  return { keep, drop, all, handOver, handedOver };
})();
