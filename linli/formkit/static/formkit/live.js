// Shows questions as soon as an answer makes them matter, and computes while one types.
// Without it: the button "Show the questions that follow from this", and the page after sending.

import { evaluate } from "./logic.js";
import { value } from "./values.js";

const form = document.querySelector("form[data-form][data-logic]");
const logic = form && JSON.parse(form.dataset.logic || "{}");

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
    } else if (!column) given[head] = value(one, data.getAll(head).filter((x) => typeof x === "string"), logic.today);
    else (given[head] || []).forEach((row, n) => { row[column] = value(one, data.getAll(`${head}-${n}-${column}`), logic.today); });
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
