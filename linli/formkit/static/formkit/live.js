// Shows questions as soon as an answer makes them matter, and computes while one types.
// Without it: the button "Show the questions that follow from this", and the page after sending.

import { evaluate } from "./logic.js";
import { understood } from "../ui/js/dates.js";

const form = document.querySelector("form[data-form][data-logic]");
const logic = form && JSON.parse(form.dataset.logic || "{}");

const plain = (text) => text.normalize("NFKC").replace(/[\s,，]/g, "").replace("−", "-");

// the value of a typed text, or null for what only the server can read
function value(one, texts) {
  const text = texts[texts.length - 1] ?? "";
  if (one.kind === "several") return texts.filter(Boolean);
  if (!text.trim()) return null;
  if (one.kind === "yesno") return text === "yes" ? true : text === "no" ? false : null;
  if (one.kind === "date") {
    const day = understood(text, new Date(`${logic.today}T00:00`), one.lean);
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

// rows keep their place on the page, blank ones too, so that paths stay those of the page
function answers() {
  const data = new FormData(form), given = structuredClone(logic.given);
  for (const [path, one] of Object.entries(logic.fields)) {
    const [head, column] = path.split(".");
    if (one.computed || head in logic.given) continue;
    if (one.kind === "table") {
      const rows = form.querySelectorAll(`[data-rows="${head}"] > [data-row]`);
      given[head] = [...rows].map(() => ({}));
    } else if (["photos", "files", "signature"].includes(one.kind)) {
      const box = form.querySelector(`[data-path="${head}"]`);
      const has = box && (box.querySelector(".ll-photo") || [...box.querySelectorAll("input[type=file]")].some((x) => x.files.length));
      given[head] = has ? ["there"] : null;
    } else if (!column) given[head] = value(one, data.getAll(head).filter((x) => typeof x === "string"));
    else (given[head] || []).forEach((row, n) => { row[column] = value(one, data.getAll(`${head}-${n}-${column}`)); });
  }
  return given;
}

function told(one, size) {
  if (typeof size !== "number") return size;
  const digits = String(one.scale).length - 1;
  const text = (Math.abs(size) / one.scale).toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });
  const grouped = one.kind === "money" || Math.abs(size) >= 10000 * one.scale ? text : text.replaceAll(",", "");
  return (size < 0 ? "-" : "") + (one.kind === "money" ? "¥" : "") + grouped;
}

function show() {
  const { shown, values } = evaluate(logic.fields, answers(), logic.today);
  const asked = new Set(shown);
  for (const place of form.querySelectorAll("[data-path]")) {
    const path = place.dataset.path, logical = path.replace(/\.\d+\./, ".");
    if (logical in logic.fields) place.hidden = !asked.has(path);
  }
  for (const place of form.querySelectorAll("[data-computed]")) {
    const path = place.dataset.computed, one = logic.fields[path.replace(/\.\d+\./, ".")];
    if (!one) continue;
    const found = values[path] ?? null, unit = one.kind === "money" ? "" : place.dataset.unit;
    place.textContent = found === null ? "—" : told(one, found) + (unit ? ` ${unit}` : "");
  }
}

if (logic && logic.fields) {
  form.addEventListener("input", show);
  form.addEventListener("change", show);
  show();
}
if (form) for (const one of document.querySelectorAll("[data-noscript]")) one.remove();

// where one is, only at a tap; nothing is watched
for (const button of document.querySelectorAll("[data-here]")) {
  if (!("geolocation" in navigator)) continue;
  button.hidden = false;
  button.addEventListener("click", () => {
    const [lon, lat] = button.parentElement.querySelectorAll("input");
    navigator.geolocation.getCurrentPosition((at) => {
      lon.value = at.coords.longitude.toFixed(6);
      lat.value = at.coords.latitude.toFixed(6);
      lon.dispatchEvent(new Event("input", { bubbles: true }));
    }, () => { button.textContent = button.dataset.words; }, { timeout: 15000 });
  });
}
