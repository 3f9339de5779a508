// What lies on this phone for a page that works without network: days, queues and photos, each sealed under
// its owner's key; and the key of whoever is at work, which cannot be taken out and goes when she leaves.
// Stores apart, so that the keys go at once and what is sealed stays. Each page has a name and a key of its own.

import { at, dealt, KEYS, LEFT, opened, packed, sealed, settled, unpacked } from "./phone_db.js";
import { hasRoom as roomFor, left } from "./phone_room.js";

const HOURS = 20;
const BOX = "box ";
const FORMS = "forms ";
// no phone has more people; the server reads no more boxes at once
const MOST_BOXES = 40;

// data: the name of the page's own store; keyId: under which its owner's key lies
export function storeOf(page, keyId) {
  const data = `linli-${page}`;

  const get = async (store, id, name = data) => settled((await at(name, store, "readonly")).get(id));
  const all = async (store, name = data) => settled((await at(name, store, "readonly")).getAll());
  const put = async (store, row, name = data) => settled((await at(name, store, "readwrite")).put(row));
  const drop = async (store, id, name = data) => settled((await at(name, store, "readwrite")).delete(id));

  // the phone's own number, made once; it says nothing about the phone
  async function device() {
    const known = await get("meta", "device");
    if (known) return known.value;
    await put("meta", { id: "device", value: crypto.randomUUID() });
    return (await get("meta", "device")).value;
  }

  // the key of whoever is at work: her queue, and until when it may be used without network
  async function current() {
    const row = await get("keys", keyId, KEYS);
    if (!row) return null;
    if (row.until > Date.now() && !(await hasLeft())) return row;
    await forgetKey();
    return null;
  }

  async function keepKey(queue, text, more) {
    const bytes = Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
    const key = await crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]);
    const row = { id: keyId, queue, key, until: Date.now() + HOURS * 3600000, ...more };
    await put("keys", row, KEYS);
    return row;
  }

  // the boxes that lie here, each with the key of somebody, which only the server opens
  const marks = async () => (await all("meta")).filter((row) => row.id.startsWith(BOX));
  const boxes = async () =>
    (await marks()).sort((one, other) => other.until - one.until).slice(0, MOST_BOXES).map((row) => row.box);

  // what the server told of her key: its id, the key, and the box by which she gets it again
  async function keepBox(told, more) {
    // the box first: nothing is sealed under a key that could not be asked for again
    const until = more.until || Date.now() + HOURS * 3600000;
    await put("meta", { id: BOX + told.id, queue: told.id, box: told.box, until });
    return keepKey(told.id, told.key, { until, ...more });
  }

  // whether a key has its box: one from before phones kept boxes gets it when there is network once
  const isBoxed = async (own) => Boolean(await get("meta", BOX + own.queue));

  // a day and its forms go with their key, and a box once nothing lies under it
  async function tidy() {
    const lying = new Set((await all("entries")).map((row) => row.queue));
    for (const { id, queue, until } of await marks()) {
      if (until >= Date.now()) continue;
      for (const lies of [queue, FORMS + queue]) await drop("days", lies);
      if (!lying.has(queue)) await drop("meta", id);
    }
  }

  const forgetKey = () => drop("keys", keyId, KEYS);
  // whoever leaves takes the keys of every page with her
  const leave = async () => {
    await settled((await at(KEYS, "keys", "readwrite")).clear());
    await put("left", { id: "left" }, LEFT);
  };
  const hasLeft = async () => Boolean(await get("left", "left", LEFT));

  const lay = async (own, value, of = "") =>
    put("days", { queue: of + own.queue, ...(await sealed(own, "days", of, packed(value))) });
  const laid = async (own, of = "") => {
    const row = await get("days", of + own.queue);
    return row ? unpacked(await opened(own, "days", of, row)) : null;
  };
  const keepDay = (own, day) => lay(own, day);
  const readDay = (own) => laid(own);
  // what is typed into forms that are not kept yet lies beside the day and goes with it
  const keepForms = (own, forms) => lay(own, forms, FORMS);
  const readForms = async (own) => (await laid(own, FORMS)) || [];
  const dropForms = (own) => drop("days", FORMS + own.queue);

  const entryRow = async (own, entry) =>
    ({ queue: own.queue, seq: entry.seq, ...(await sealed(own, "entries", entry.seq, packed(entry))) });

  async function keepEntry(own, entry) {
    await put("entries", await entryRow(own, entry));
  }

  // a new entry and its photos: all of it lies here or nothing, and no entry is written over another
  async function keepWhole(own, entry, photos) {
    const rows = [];
    for (const [at, id] of entry.photos.entries()) rows.push(await photoRow(own, id, photos[at]));
    const row = await entryRow(own, entry);
    await dealt(data, (stores) => {
      for (const one of rows) stores("photos").put(one);
      stores("entries").add(row);
    });
  }

  // the last number of a queue on this phone; its entries need not be opened for it
  async function lastSeq(own) {
    const keys = await settled((await at(data, "entries", "readonly")).getAllKeys());
    return Math.max(0, ...keys.filter(([queue]) => queue === own.queue).map(([, seq]) => seq));
  }

  async function readEntries(own) {
    const found = [];
    for (const row of await all("entries")) {
      if (row.queue === own.queue) found.push(unpacked(await opened(own, "entries", row.seq, row)));
    }
    return found.sort((one, other) => one.seq - other.seq);
  }

  // how many entries of others wait here; nothing else of them can be known
  async function othersCount(own) {
    return (await all("entries")).filter((row) => !own || row.queue !== own.queue).length;
  }

  const dropEntry = (own, seq) => drop("entries", [own.queue, seq]);

  const photoRow = async (own, id, blob) =>
    ({ id, queue: own.queue, ...(await sealed(own, "photos", id, await blob.arrayBuffer())) });

  async function readPhoto(own, id) {
    const row = await get("photos", id);
    return row ? new Blob([await opened(own, "photos", id, row)], { type: "image/jpeg" }) : null;
  }

  const dropPhoto = (id) => drop("photos", id);

  const hasRoom = (bytes) =>
    roomFor(bytes, (row) => dealt(data, (stores) => stores("photos").put(row)), dropPhoto);

  return {
    get, all, put, drop, device, current, boxes, keepBox, isBoxed, tidy, forgetKey, leave, hasLeft, keepDay, readDay, keepForms, readForms, dropForms, keepEntry, keepWhole, lastSeq, readEntries, othersCount, dropEntry, readPhoto, dropPhoto, left, hasRoom,
  };
}
