// What lies on this phone of checks of centres.

import { storeOf } from "../../ui/js/phone_store.js";

export const {
  put, current, boxes, keepBox, isBoxed, tidy, forgetKey, leave, hasLeft, keepDay, readDay, keepEntry, keepWhole, lastSeq, readEntries,
  othersCount, dropEntry, readPhoto, dropPhoto, hasRoom,
} = storeOf("checks", "checks");
