// What was typed, as the values that conditions and computations look at.

import { understood } from "../ui/js/dates.js";

const plain = (text) => text.normalize("NFKC").replace(/[\s,，]/g, "").replace("−", "-");

// the value of a typed text, or null for what only the server can read
export function value(one, texts, today) {
  const text = texts[texts.length - 1] ?? "";
  if (one.kind === "several") return texts.filter(Boolean);
  if (!text.trim()) return null;
  if (one.kind === "yesno") return text === "yes" ? true : text === "no" ? false : null;
  if (one.kind === "date") {
    const day = understood(text, new Date(`${today}T00:00`), one.lean);
    return day && [day.getFullYear(), day.getMonth() + 1, day.getDate()].map((n, i) => String(n).padStart(i ? 2 : 4, "0")).join("-");
  }
  if (!["whole", "decimal", "money"].includes(one.kind)) return text.trim();
  const found = /^([+-]?)[¥￥]?(\d{1,15})(?:\.(\d{0,6}))?(万元|万|元)?$/.exec(plain(text));
  if (!found || (found[4] && one.kind !== "money")) return null;
  const digits = String(one.scale).length - 1 + ((found[4] || "").startsWith("万") ? 4 : 0);
  const rest = (found[3] || "").replace(/0+$/, "");
  if (rest.length > digits) return null;
  const size = Number(found[2] + rest.padEnd(digits, "0")) * (found[1] === "-" ? -1 : 1);
  return Number.isSafeInteger(size) ? size : null;
}

export const WITH_FILES = ["photos", "files", "signature"];

// whether a question has files, chosen now or taken in before
export const hasFiles = (box) =>
  Boolean(box) && (box.querySelector(".ll-photo") !== null || [...box.querySelectorAll("input[type=file]")].some((one) => one.files.length));
