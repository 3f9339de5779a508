// What lies on this phone: days, queues and photos, each sealed under its owner's key; and the key of
// whoever is at work, which cannot be taken out and goes when she leaves. Two stores apart, so that the
// keys go at once and what is sealed stays.

const SHAPES = {
  "linli-outdoors": { meta: "id", days: "queue", entries: ["queue", "seq"], photos: "id" },
  "linli-keys": { keys: "id" },
  "linli-left": { left: "id" },
};
const HOURS = 20;
const links = new Map();

const settled = (asked) =>
  new Promise((done, fail) => {
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => fail(asked.error);
  });

function link(name) {
  if (!links.has(name)) {
    const asked = indexedDB.open(name, 1);
    asked.onupgradeneeded = () => {
      for (const [store, keyPath] of Object.entries(SHAPES[name])) asked.result.createObjectStore(store, { keyPath });
    };
    links.set(name, settled(asked).then((db) => {
      // the page of signing out takes the keys away: let go of them
      db.onversionchange = () => { db.close(); links.delete(name); };
      return db;
    }));
  }
  return links.get(name);
}

async function at(name, store, mode) {
  return (await link(name)).transaction(store, mode).objectStore(store);
}

export const get = async (store, id, name = "linli-outdoors") => settled((await at(name, store, "readonly")).get(id));
export const all = async (store, name = "linli-outdoors") => settled((await at(name, store, "readonly")).getAll());
export const put = async (store, row, name = "linli-outdoors") => settled((await at(name, store, "readwrite")).put(row));
export const drop = async (store, id, name = "linli-outdoors") => settled((await at(name, store, "readwrite")).delete(id));

// the phone's own number, made once; it says nothing about the phone
export async function device() {
  const known = await get("meta", "device");
  if (known) return known.value;
  await put("meta", { id: "device", value: crypto.randomUUID() });
  return (await get("meta", "device")).value;
}

// the key of whoever is at work: her queue, and until when it may be used without network
export async function current() {
  const row = await get("keys", "now", "linli-keys");
  if (!row) return null;
  if (row.until > Date.now() && !(await hasLeft())) return row;
  await forgetKey();
  return null;
}

export async function keepKey(queue, text, more) {
  const bytes = Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
  const key = await crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]);
  const row = { id: "now", queue, key, until: Date.now() + HOURS * 3600000, ...more };
  await put("keys", row, "linli-keys");
  return row;
}

export const forgetKey = () => drop("keys", "now", "linli-keys");
export const leave = async () => { await forgetKey(); await put("left", { id: "left" }, "linli-left"); };
export const hasLeft = async () => Boolean(await get("left", "left", "linli-left"));

const about = (store, queue, id) => new TextEncoder().encode([store, queue, id].join("|"));

async function sealed(own, store, id, bytes) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const given = { name: "AES-GCM", iv, additionalData: about(store, own.queue, id) };
  return { iv, body: await crypto.subtle.encrypt(given, own.key, bytes) };
}

async function opened(own, store, id, row) {
  const given = { name: "AES-GCM", iv: row.iv, additionalData: about(store, own.queue, id) };
  return crypto.subtle.decrypt(given, own.key, row.body);
}

const packed = (value) => new TextEncoder().encode(JSON.stringify(value));
const unpacked = (bytes) => JSON.parse(new TextDecoder().decode(bytes));

export async function keepDay(own, day) {
  await put("days", { queue: own.queue, ...(await sealed(own, "days", "", packed(day))) });
}

export async function readDay(own) {
  const row = await get("days", own.queue);
  return row ? unpacked(await opened(own, "days", "", row)) : null;
}

const entryRow = async (own, entry) =>
  ({ queue: own.queue, seq: entry.seq, ...(await sealed(own, "entries", entry.seq, packed(entry))) });

export async function keepEntry(own, entry) {
  await put("entries", await entryRow(own, entry));
}

// a new entry and its photos: all of it lies here or nothing, and no entry is written over another
export async function keepWhole(own, entry, photos) {
  const rows = [];
  for (const [at, id] of entry.photos.entries()) rows.push(await photoRow(own, id, photos[at]));
  const row = await entryRow(own, entry);
  await settledDeal((stores) => {
    for (const one of rows) stores("photos").put(one);
    stores("entries").add(row);
  });
}

// writes that are done together, and have found room only when the browser says so of all of them
async function settledDeal(write) {
  const deal = (await link("linli-outdoors")).transaction(["entries", "photos"], "readwrite");
  const kept = new Promise((done, fail) => {
    deal.oncomplete = done;
    deal.onabort = () => fail(deal.error);
  });
  write((name) => deal.objectStore(name));
  return kept;
}

// the last number of a queue on this phone; its entries need not be opened for it
export async function lastSeq(own) {
  const keys = await settled((await at("linli-outdoors", "entries", "readonly")).getAllKeys());
  return Math.max(0, ...keys.filter(([queue]) => queue === own.queue).map(([, seq]) => seq));
}

export async function readEntries(own) {
  const found = [];
  for (const row of await all("entries")) {
    if (row.queue === own.queue) found.push(unpacked(await opened(own, "entries", row.seq, row)));
  }
  return found.sort((one, other) => one.seq - other.seq);
}

// how many entries of others wait here; nothing else of them can be known
export async function othersCount(own) {
  return (await all("entries")).filter((row) => !own || row.queue !== own.queue).length;
}

export const dropEntry = (own, seq) => drop("entries", [own.queue, seq]);

const photoRow = async (own, id, blob) =>
  ({ id, queue: own.queue, ...(await sealed(own, "photos", id, await blob.arrayBuffer())) });

export async function readPhoto(own, id) {
  const row = await get("photos", id);
  return row ? new Blob([await opened(own, "photos", id, row)], { type: "image/jpeg" }) : null;
}

export const dropPhoto = (id) => drop("photos", id);

// how many bytes the browser says it gives; without an answer there is room until it says otherwise
export async function left() {
  if (!navigator.storage || !navigator.storage.estimate) return Infinity;
  const { quota, usage } = await navigator.storage.estimate();
  return quota === undefined ? Infinity : quota - usage;
}

// words need little; they must find room after the last photo too
const FOR_WORDS = 2 * 1024 * 1024;

// many browsers name a number that is not true, so that nobody is known by it: as much is written once
export async function hasRoom(bytes) {
  const needed = bytes + FOR_WORDS;
  if ((await left()) < needed) return false;
  try {
    await settledDeal((stores) => stores("photos").put({ id: "room", body: new Uint8Array(needed) }));
    return true;
  } catch (full) {
    return false;
  } finally {
    await dropPhoto("room").catch(() => {});
  }
}
