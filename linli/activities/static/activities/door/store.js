// What lies on this phone of a door: the list of the day and who came in, sealed under the key of whoever
// stands there; and the boxes that only the server opens, so that she gets her key again.

import { storeOf } from "../../ui/js/phone_store.js";

const store = storeOf("door", "door");
export const { current, forgetKey, leave, hasLeft, readDay, readEntries, othersCount, keepEntry, lastSeq, boxes, tidy } = store;

export const keepKey = (told, offset) => store.keepBox(told, { csrf: told.csrf, offset, until: Date.parse(told.until) });

// what a page sends late finds the list of the day as it is kept, or none once that day is over
export const keepDay = (own, day) => store.keepDay(own, day);
export const dropEntry = (own, entry) => store.dropEntry(own, entry.seq);
