// Shows questions as soon as an answer makes them matter, and computes while one types.
// Without it: the button "Show the questions that follow from this", and the page after sending.

import { evaluate } from "./logic.js";
import { offer } from "./point.js";
import { tell } from "./told.js";
import { WITH_FILES, hasFiles, value } from "./values.js";

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
    } else if (WITH_FILES.includes(one.kind)) given[head] = hasFiles(form.querySelector(`[data-path="${head}"]`)) ? ["there"] : null;
    else if (!column) given[head] = value(one, data.getAll(head).filter((x) => typeof x === "string"), logic.today);
    else (given[head] || []).forEach((row, n) => { row[column] = value(one, data.getAll(`${head}-${n}-${column}`), logic.today); });
  }
  return given;
}

function show() {
  const { shown, values } = evaluate(logic.fields, answers(), logic.today);
  const asked = new Set(shown);
  for (const place of form.querySelectorAll("[data-path]")) {
    const path = place.dataset.path, logical = path.replace(/\.\d+\./, ".");
    if (logical in logic.fields) place.hidden = !asked.has(path);
  }
  tell(form, logic.fields, values);
}

if (logic && logic.fields) {
  form.addEventListener("input", show);
  form.addEventListener("change", show);
  show();
}
if (form) for (const one of document.querySelectorAll("[data-noscript]")) one.remove();

offer(document);
