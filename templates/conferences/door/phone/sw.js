// The page of the door without a line. No list and no answer is ever kept here: those are in the page's own store.
const FILES = {{ files|safe }};
const NAME = "cua-{{ digest }}";
addEventListener("install", (event) => event.waitUntil((async () => {
  const kept = await caches.open(NAME);
  await kept.addAll(FILES.map((address) => new Request(address, { cache: "reload", credentials: "omit" })));
  await skipWaiting();
})()));
addEventListener("activate", (event) => event.waitUntil((async () => {
  await clients.claim();
  for (const name of await caches.keys()) if (name.startsWith("cua-") && name !== NAME) await caches.delete(name);
})()));
addEventListener("fetch", (event) => {
  const address = new URL(event.request.url);
  if (event.request.method !== "GET" || address.origin !== location.origin || !FILES.includes(address.pathname)) return;
  event.respondWith((async () => (await (await caches.open(NAME)).match(address.pathname)) ?? fetch(event.request))());
});
