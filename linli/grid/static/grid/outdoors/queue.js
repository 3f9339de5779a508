// The queue: what was done is kept in its own order, and sent when there is network, each entry once.

import * as store from "./store.js";
import { SignedOut, call, inTurn } from "../../ui/js/phone_calls.js";

const DONE_DAYS = 7;
const MOST = 40;
// the server keeps a photo two days without its entry
const PHOTO_HOURS = 36;
// it says so of the photo itself: sent again, it would say the same
const NOT_TAKEN = [400, 413, 415, 422];
const ANSWER_GONE = ["already_done", "key_reused"];
export const OPEN = ["new", "waiting"];

export { SignedOut };

// fetch the day of whoever is signed in, with the key of her queue on this phone
export async function fetchDay() {
  const day = await call("grid/day/", undefined, "");
  const asked = { device: await store.device(), boxes: await store.boxes() };
  const queue = await call("grid/queues/", JSON.stringify(asked), day.csrf);
  const offset = Math.round((Date.parse(queue.at) - Date.now()) / 1000);
  const own = await store.keepBox(queue, { code: queue.code, csrf: day.csrf, offset });
  delete day.csrf;
  await fillGap(own, queue.next_seq);
  await store.keepDay(own, day);
  return { own, day };
}

// what the phone lost is told as taken back, so that what follows need not wait for it
async function fillGap(own, next) {
  const seqs = (await store.readEntries(own)).map((entry) => entry.seq);
  own.next = Math.max(next, ...seqs.map((seq) => seq + 1));
  const open = seqs.filter((seq) => seq >= next);
  for (let seq = next; seq < own.next; seq += 1) {
    if (!open.includes(seq)) await store.keepEntry(own, blank(own, seq, "skip"));
  }
  await store.put("keys", own, "linli-keys");
}

const blank = (own, seq, act) => ({
  seq, act, key: crypto.randomUUID(), phone_at: new Date().toISOString(), offset: own.offset,
  case: "", base_seq: null, said: {}, photos: [], title: "", state: "new", words: "", number: "", entry: null,
});

// two pages of one phone take turns, so that none writes over the entry of the other
export async function add(own, act, given, photos = []) {
  if (navigator.storage && navigator.storage.persist) navigator.storage.persist();
  return inTurn("linli-outdoors-add", async () => {
    const seq = Math.max(own.next, (await store.lastSeq(own)) + 1);
    const ids = photos.map(() => crypto.randomUUID());
    const entry = { ...blank(own, seq, act), ...given, photos: ids, count: ids.length };
    await store.keepWhole(own, entry, photos);
    own.next = seq + 1;
    await store.put("keys", own, "linli-keys");
    return entry;
  });
}

// one that was not sent yet may be taken back: its place in the order stays
export async function takeBack(own, entry) {
  for (const id of entry.photos) await store.dropPhoto(id);
  await store.keepEntry(own, { ...blank(own, entry.seq, "skip"), key: entry.key });
}

// send what waits; returns how many photos the server did not take
export const send = (own) => inTurn("linli-outdoors", () => sendAll(own));

async function sendAll(own) {
  let lost = 0;
  for (;;) {
    const waiting = (await store.readEntries(own)).filter((entry) => entry.state === "new").slice(0, MOST);
    if (!waiting.length) break;
    const ready = [];
    let held = null;
    for (const entry of waiting) {
      try {
        lost += await sendPhotos(own, entry);
        ready.push(entry);
      } catch (fault) {
        // what stands before a photo that does not get through goes all the same
        held = fault;
        break;
      }
    }
    if (ready.length) await replay(own, ready);
    if (held) throw held;
  }
  await clear(own);
  return lost;
}

async function replay(own, waiting) {
  const entries = waiting.map(({ seq, key, act, phone_at, offset, case: number, base_seq, said }) =>
    ({ seq, key, act, phone_at, offset, case: number, base_seq, said }));
  // a key from before phones kept boxes is named as its queue is
  const sent = { queue: own.code || own.queue, sent_at: new Date().toISOString(), entries };
  await take(own, await call("replay/", JSON.stringify(sent), own.csrf));
}

// photos go before their entry, each once; one that is not taken stays behind, and the entry goes on
async function sendPhotos(own, entry) {
  if (!entry.photos.length) return 0;
  const lost = entry.lost || [];
  const before = lost.length;
  let codes = entry.said.photos || [];
  if (codes.length && Date.now() - entry.photosAt > PHOTO_HOURS * 3600000) {
    codes = [];
    entry.round = (entry.round || 0) + 1;
  }
  while (codes.length < entry.photos.length) {
    const id = entry.photos[codes.length];
    const [code, why] = await sendPhoto(own, id, entry.round || 0);
    if (code) codes.push(code);
    else {
      lost.push(why);
      entry.photos.splice(codes.length, 1);
    }
    if (code && codes.length === 1) entry.photosAt = Date.now();
    Object.assign(entry, { lost, said: { ...entry.said, photos: codes } });
    await store.keepEntry(own, entry);
    if (!code) await store.dropPhoto(id);
  }
  return lost.length - before;
}

async function sendPhoto(own, id, round) {
  const photo = await store.readPhoto(own, id);
  if (!photo) return ["", ""];
  const sent = (key) => posted(own, key, photo);
  try {
    return [await sent(`${id}-${round}`), ""];
  } catch (fault) {
    // the server took it and cannot repeat its answer: it is taken once more, as another draft
    if (ANSWER_GONE.includes(fault.code)) return [await sent(crypto.randomUUID()), ""];
    if (NOT_TAKEN.includes(fault.status)) return ["", fault.message];
    throw fault;
  }
}

async function posted(own, key, photo) {
  const data = new FormData();
  data.append("files", photo, "photo.jpg");
  return (await call("files/drafts/add", data, own.csrf, key)).taken[0].code;
}

async function take(own, told) {
  const byKey = new Map(told.results.map((one) => [one.key, one]));
  own.drift = told.drift;
  own.next = Math.max(own.next, told.next_seq);
  for (const entry of await store.readEntries(own)) {
    const one = byKey.get(entry.key);
    if (!one) continue;
    if (one.reason === "seq_taken") {
      await store.dropEntry(own, entry.seq);
      await store.keepEntry(own, { ...entry, seq: own.next });
      own.next += 1;
      continue;
    }
    for (const id of entry.photos) await store.dropPhoto(id);
    await store.keepEntry(own, { ...entry, photos: [], state: one.state, words: one.words, number: one.number, entry: one.entry });
  }
  await store.put("keys", own, "linli-keys");
}

async function clear(own) {
  const oldest = Date.now() - DONE_DAYS * 86400000;
  for (const entry of await store.readEntries(own)) {
    if (!OPEN.includes(entry.state) && Date.parse(entry.phone_at) < oldest) await store.dropEntry(own, entry.seq);
  }
}
