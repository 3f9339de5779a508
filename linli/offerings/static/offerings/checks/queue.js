// The queue of a check: each answer is kept in its order and sent once, when there is network.

import { ask, call, inTurn } from "../../ui/js/phone_calls.js";
import * as store from "./store.js";

export { SignedOut } from "../../ui/js/phone_calls.js";

const DONE_DAYS = 7;
// the server keeps a file two days without the answer that it belongs to
const FILE_HOURS = 36;
// it says so of the answer itself: sent again, it would say the same
const REFUSED = [400, 403, 404, 409, 413, 415, 422];
const ANSWER_GONE = ["already_done", "key_reused"];

// fetch the checks of whoever is signed in, with the key that seals them here
export async function fetchDay() {
  const { csrf, checks } = await call("centre-checks/", undefined, "");
  const told = await call("centre-checks/key", JSON.stringify({ boxes: await store.boxes() }), csrf);
  const own = await store.keepBox(told, { csrf });
  const day = { checks };
  // what waits here is what she sees
  for (const entry of await store.readEntries(own)) if (entry.state === "new") lay(day, entry);
  await store.keepDay(own, day);
  return { own, day };
}

// what was answered stands in the check as the phone shows it
export function lay(day, entry) {
  const check = day.checks.find((one) => one.id === entry.check);
  if (!check) return;
  for (const [point, { met, words, due_on }] of Object.entries(entry.said)) check.points[point] = { met, words, due_on };
}

export async function add(own, given, files) {
  if (navigator.storage && navigator.storage.persist) navigator.storage.persist();
  return inTurn("linli-checks-add", async () => {
    const seq = (await store.lastSeq(own)) + 1;
    const told = files.map(({ point, file }) => ({ id: crypto.randomUUID(), point, name: file.name, type: file.type, code: "" }));
    const entry = {
      seq, key: crypto.randomUUID(), at: new Date().toISOString(), state: "new", words: "", lost: 0, ...given,
      files: told, photos: told.map((one) => one.id),
    };
    await store.keepWhole(own, entry, files.map((one) => one.file));
    return entry;
  });
}

export async function drop(own, entry) {
  for (const one of entry.files) await store.dropPhoto(one.id);
  await store.dropEntry(own, entry.seq);
}

// send what waits, in its order; what is refused is kept with the reason, and the rest goes on
export const send = (own) => inTurn("linli-checks", () => sendAll(own));

async function sendAll(own) {
  for (const entry of await store.readEntries(own)) {
    if (entry.state !== "new") continue;
    try {
      await sendFiles(own, entry);
      await ask(`centre-checks/${entry.check}/norms/${entry.norm}`, JSON.stringify(bodyOf(entry)), own.csrf, entry.key);
      entry.state = "done";
    } catch (fault) {
      if (ANSWER_GONE.includes(fault.code)) entry.state = "done";
      else if (REFUSED.includes(fault.status)) Object.assign(entry, { state: "kept", words: fault.message });
      else throw fault;
    }
    if (entry.state === "done") {
      for (const one of entry.files) await store.dropPhoto(one.id);
      Object.assign(entry, { files: [], photos: [] });
    }
    await store.keepEntry(own, entry);
  }
  await clear(own);
}

function bodyOf(entry) {
  const said = {};
  for (const [point, one] of Object.entries(entry.said)) {
    const files = entry.files.filter((file) => file.point === point && file.code).map((file) => file.code);
    said[point] = { met: one.met, words: one.words, due_on: one.due_on || null, files };
  }
  return { said, seen: entry.seen };
}

// files go before their answer, each once; one that is not taken stays behind, and the answer goes on
async function sendFiles(own, entry) {
  if (entry.filesAt && Date.now() - entry.filesAt > FILE_HOURS * 3600000) for (const one of entry.files) one.code = "";
  for (const one of [...entry.files]) {
    if (one.code) continue;
    const blob = await store.readPhoto(own, one.id);
    one.code = blob ? await sendFile(own, one, blob) : "";
    if (!one.code) {
      entry.lost += 1;
      entry.files = entry.files.filter((other) => other !== one);
      await store.dropPhoto(one.id);
    }
    entry.filesAt = entry.filesAt || Date.now();
    entry.photos = entry.files.map((other) => other.id);
    await store.keepEntry(own, entry);
  }
}

async function sendFile(own, one, blob) {
  const data = new FormData();
  data.append("files", new File([blob], one.name, { type: one.type }), one.name);
  try {
    return ((await ask("files/drafts/add", data, own.csrf)).taken[0] || { code: "" }).code;
  } catch (fault) {
    if (REFUSED.includes(fault.status)) return "";
    throw fault;
  }
}

async function clear(own) {
  const oldest = Date.now() - DONE_DAYS * 86400000;
  for (const entry of await store.readEntries(own)) {
    if (entry.state === "done" && Date.parse(entry.at) < oldest) await store.dropEntry(own, entry.seq);
  }
}
