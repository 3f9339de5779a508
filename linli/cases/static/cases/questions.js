// What the category of a report asks comes up beneath it as soon as it was chosen, one question after the
// other. Without it: all questions at once, on the page that comes back before the report is sent.

import { evaluate } from "../formkit/logic.js";
import { value } from "../formkit/values.js";

const NAME = "answer-";
const room = document.querySelector("[data-questions]");
const form = room && room.closest("form");
const passed = new Set();
let of = room ? room.dataset.of : "";

const block = () => room.querySelector("[data-logic]");
const chosen = () => new FormData(form).get("category") || "";
const typed = (data, path) => data.getAll(NAME + path).filter((one) => typeof one === "string");

// the questions that are asked with the answers so far; null where none hangs on another
function asked(data) {
  const logic = JSON.parse(block().dataset.logic || "{}");
  if (!logic.fields) return null;
  const given = { ...logic.given };
  for (const [path, one] of Object.entries(logic.fields)) {
    if (!one.computed && !(path in logic.given)) given[path] = value(one, typed(data, path), logic.today);
  }
  const shown = new Set(evaluate(logic.fields, given, logic.today).shown);
  return (path) => !(path in logic.fields) || shown.has(path);
}

// the first question that is neither answered nor passed over is the last one that is seen
function show() {
  const data = new FormData(form), isAsked = asked(data), whole = "whole" in block().dataset;
  let open = null, more = false;
  for (const place of block().querySelectorAll("[data-path]")) {
    const path = place.dataset.path, isDue = !isAsked || isAsked(path);
    place.hidden = !isDue || open !== null;
    if (!isDue) continue;
    more = more || open !== null;
    const isDone = whole || passed.has(path) || place.querySelector("[data-note]") || typed(data, path).some((one) => one.trim());
    if (open === null && !isDone) open = place;
  }
  const next = block().querySelector("[data-next-question]");
  next.hidden = !more;
  next.dataset.at = open ? open.dataset.path : "";
}

function goOn(event) {
  if (!event.target.closest("[data-next-question]")) return;
  const at = event.target.closest("[data-next-question]").dataset.at;
  passed.add(at);
  show();
  const now = [...block().querySelectorAll("[data-path]:not([hidden])")].pop();
  const field = now && now.querySelector("input, select, textarea");
  if (field) field.focus();
}

// asks what the category that is chosen now asks; nothing where there is no network: then the office asks
export async function follow() {
  const wanted = chosen();
  if (wanted === of) return;
  of = wanted;
  passed.clear();
  room.replaceChildren();
  if (!wanted) return;
  try {
    const answer = await fetch(`${room.dataset.questions}?questions=${encodeURIComponent(wanted)}`, { credentials: "same-origin" });
    const html = answer.ok ? (await answer.text()).trim() : "";
    if (of !== wanted || !html.includes('name="asked"')) return;
    room.innerHTML = html;
    // answers that a draft holds come back
    room.dispatchEvent(new Event("linli:fields", { bubbles: true }));
    show();
  } catch (offline) {
    of = "";
  }
}

if (room && window.fetch) {
  if (block()) show();
  form.addEventListener("change", (event) => {
    if (event.target.name === "category") follow();
    else if (block() && room.contains(event.target)) show();
  });
  room.addEventListener("click", goOn);
  form.addEventListener("reset", () => setTimeout(follow));
  window.addEventListener("pageshow", follow);
  follow();
}
