// The ground under pages that work without network: the browser's own stores, and sealing under a key that
// cannot be taken out.

export const KEYS = "linli-keys";
export const LEFT = "linli-left";
const DATA = { meta: "id", days: "queue", entries: ["queue", "seq"], photos: "id" };
const SHAPES = { [KEYS]: { keys: "id" }, [LEFT]: { left: "id" } };
const links = new Map();

export const settled = (asked) =>
  new Promise((done, fail) => {
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => fail(asked.error);
  });

export function link(name) {
  if (!links.has(name)) {
    const asked = indexedDB.open(name, 1);
    asked.onupgradeneeded = () => {
      for (const [store, keyPath] of Object.entries(SHAPES[name] || DATA)) asked.result.createObjectStore(store, { keyPath });
    };
    links.set(name, settled(asked).then((db) => {
      // the page of signing out takes the keys away: let go of them
      db.onversionchange = () => { db.close(); links.delete(name); };
      return db;
    }));
  }
  return links.get(name);
}

export async function at(name, store, mode) {
  return (await link(name)).transaction(store, mode).objectStore(store);
}

const about = (store, queue, id) => new TextEncoder().encode([store, queue, id].join("|"));

export async function sealed(own, store, id, bytes) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const given = { name: "AES-GCM", iv, additionalData: about(store, own.queue, id) };
  return { iv, body: await crypto.subtle.encrypt(given, own.key, bytes) };
}

export async function opened(own, store, id, row) {
  const given = { name: "AES-GCM", iv: row.iv, additionalData: about(store, own.queue, id) };
  return crypto.subtle.decrypt(given, own.key, row.body);
}

export const packed = (value) => new TextEncoder().encode(JSON.stringify(value));
export const unpacked = (bytes) => JSON.parse(new TextDecoder().decode(bytes));

// writes that are done together, and have found room only when the browser says so of all of them
export async function dealt(name, write) {
  const deal = (await link(name)).transaction(["entries", "photos"], "readwrite");
  const kept = new Promise((done, fail) => {
    deal.oncomplete = done;
    deal.onabort = () => fail(deal.error);
  });
  write((store) => deal.objectStore(store));
  return kept;
}
