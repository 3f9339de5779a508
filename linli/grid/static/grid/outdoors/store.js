// What lies on this phone of the day outdoors.

import { storeOf } from "../../ui/js/phone_store.js";

export const {
  get, all, put, drop, device, current, boxes, keepBox, isBoxed, tidy, forgetKey, leave, hasLeft, keepDay, readDay, keepForms, readForms, dropForms, keepEntry, keepWhole, lastSeq, readEntries, othersCount, dropEntry, readPhoto, dropPhoto, left, hasRoom,
} = storeOf("outdoors", "now");
