// Keeps a page that works without network, and its files, on this phone.
// Made by the server: name, files, start, version. It keeps the page as nobody sees it (no cookies), and no
// answer that belongs to somebody: those are sealed by the page itself.

const NAME = "linli-{{ name }}-{{ version }}";
const SHELL = {{ start|tojson }};
const FILES = {{ files|tojson }};

const asNobody = (address) => fetch(address, { credentials: "omit", cache: "no-cache" });

async function keep(cache, address) {
  const answer = await asNobody(address);
  if (answer.ok) await cache.put(address, answer.clone());
  return answer;
}

self.addEventListener("install", (event) => {
  event.waitUntil((async () => {
    const cache = await caches.open(NAME);
    await Promise.all([SHELL, ...FILES].map((address) => keep(cache, address)));
    await self.skipWaiting();
  })());
});

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) {
      if (name.startsWith("linli-{{ name }}-") && name !== NAME) await caches.delete(name);
    }
    await self.clients.claim();
  })());
});

async function answered(event, address) {
  const cache = await caches.open(NAME);
  const kept = await cache.match(address);
  const fresh = keep(cache, address).catch(() => kept);
  if (!kept) return fresh;
  if (address === SHELL) event.waitUntil(fresh);
  return kept;
}

self.addEventListener("fetch", (event) => {
  const { method, url, mode } = event.request;
  const path = new URL(url).pathname;
  if (method !== "GET" || new URL(url).origin !== self.location.origin) return;
  if (mode === "navigate" ? path === SHELL : FILES.includes(path)) event.respondWith(answered(event, path));
});
