// What lies on this phone of a door: the list of the day and who came in, sealed under the key of whoever
// stands there; and the boxes that only the server opens, so that she gets her key again.

import { storeOf } from "../../ui/js/phone_store.js";

const store = storeOf("door", "door");
const BOX = "box ";
export const { current, forgetKey, leave, hasLeft, readDay, readEntries, othersCount, keepEntry, lastSeq } = store;

const marks = async () => (await store.all("meta")).filter((row) => row.id.startsWith(BOX));
export const boxes = async () => (await marks()).map((row) => row.box);

export async function keepKey(told, offset) {
  const until = Date.parse(told.until);
  await store.put("meta", { id: BOX + told.id, queue: told.id, box: told.box, until });
  return store.keepKey(told.id, told.key, { csrf: told.csrf, offset, until });
}

// what a page sends late finds the list of the day as it is kept, or none once that day is over
export const keepDay = (own, day) => store.keepDay(own, day);
export const dropEntry = (own, entry) => store.dropEntry(own, entry.seq);

// a list goes with its day, and a box once nothing waits under it
export async function tidy() {
  const waiting = new Set((await store.all("entries")).map((row) => row.queue));
  for (const { id, queue, until } of await marks()) {
    if (until >= Date.now()) continue;
    await store.drop("days", queue);
    if (!waiting.has(queue)) await store.drop("meta", id);
  }
}
