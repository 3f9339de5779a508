// What the category of a report asks comes up beneath it as soon as it was chosen, one question after the
// other; what all of them ask is fetched ahead, so that it is asked without network too. Without it: all
// questions at once, on the page that comes back before the report is sent.

import { evaluate } from "../formkit/logic.js";
import { offer } from "../formkit/point.js";
import { ready } from "../formkit/sign.js";
import { tell } from "../formkit/told.js";
import { WITH_FILES, hasFiles, value } from "../formkit/values.js";
import { grow, rowsOf } from "./rows.js";

const NAME = "answer-";
const room = document.querySelector("[data-questions]");
const form = room && room.closest("form");
const passed = new Set();
let of = room ? room.dataset.of : "";
let ahead = null;

const block = () => room.querySelector("[data-logic]");
const questionAt = (path) => block().querySelector(`.fk-item[data-path="${path}"]`);
const chosen = () => new FormData(form).get("category") || "";
const typed = (data, path) => data.getAll(NAME + path).filter((one) => typeof one === "string");
const fetched = (what) => fetch(`${room.dataset.questions}?questions=${encodeURIComponent(what)}`, { credentials: "same-origin" });

// what was answered so far, a table as rows in their places
function answers(data, logic) {
  const given = { ...logic.given };
  for (const [path, one] of Object.entries(logic.fields)) {
    const [head, column] = path.split(".");
    if (one.computed || head in logic.given) continue;
    if (WITH_FILES.includes(one.kind)) given[head] = hasFiles(questionAt(head)) ? ["there"] : null;
    else if (one.kind === "table") given[head] = rowsOf(block(), head).map(() => ({}));
    else if (!column) given[head] = value(one, typed(data, path), logic.today);
    else (given[head] || []).forEach((row, n) => { row[column] = value(one, typed(data, `${head}-${n}-${column}`), logic.today); });
  }
  return given;
}

// which questions and cells are asked with the answers so far; what is computed of them is shown
function asked(data) {
  const logic = JSON.parse(block().dataset.logic || "{}");
  if (!logic.fields) return () => true;
  const found = evaluate(logic.fields, answers(data, logic), logic.today), shown = new Set(found.shown);
  tell(block(), logic.fields, found.values);
  return (path) => !(path.replace(/\.\d+\./, ".") in logic.fields) || shown.has(path);
}

// a way to sign that is only chosen is no signature yet, but one on paper is all that is wanted here
function isAnswered(data, place) {
  if (hasFiles(place)) return true;
  if (place.querySelector("[data-sign]")) return typed(data, `${place.dataset.path}-way`).includes("paper");
  return [...place.querySelectorAll("[name]")].some((one) => one.type !== "hidden" && typed(data, one.name.slice(NAME.length)).some((text) => text.trim()));
}

const SAYS = "[data-note], :scope > .fk-computed";

// the first question that is neither answered nor passed over is the last one that is seen
function show() {
  const data = new FormData(form), isAsked = asked(data), whole = "whole" in block().dataset;
  let open = null, more = false;
  for (const place of block().querySelectorAll(".fk-item[data-path]")) {
    const path = place.dataset.path, isDue = isAsked(path);
    place.hidden = !isDue || open !== null;
    if (!isDue) continue;
    more = more || open !== null;
    const isDone = whole || passed.has(path) || place.querySelector(SAYS) || isAnswered(data, place);
    if (open === null && !isDone) open = place;
  }
  for (const cell of block().querySelectorAll(".fk-cell[data-path]")) cell.hidden = !isAsked(cell.dataset.path);
  const next = block().querySelector("[data-next-question]");
  next.hidden = !more;
  next.dataset.at = open ? open.dataset.path : "";
}

function goOn(event) {
  const more = event.target.closest("[data-more-rows]"), next = event.target.closest("[data-next-question]");
  if (more) {
    event.preventDefault();
    const row = grow(more);
    show();
    if (row) row.querySelector("input:not([type=hidden]), select, textarea").focus();
  }
  if (!next) return;
  passed.add(next.dataset.at);
  show();
  const now = [...block().querySelectorAll(".fk-item[data-path]:not([hidden])")].pop();
  const field = now && now.querySelector("input:not([type=hidden]), select, textarea");
  if (field) field.focus();
}

// rows for names of fields that were typed before
export function rowsFor(names) {
  for (const more of room ? room.querySelectorAll("[data-more-rows]") : []) {
    const head = `${NAME}${more.value}-`;
    const last = Math.max(0, ...names.filter((one) => one.startsWith(head)).map((one) => Number(one.slice(head.length).split("-")[0]) || 0));
    while (rowsOf(block(), more.value).length <= last && grow(more));
  }
}

// a place is taken from the phone only where it is the writer's own, not at a counter
function wire() {
  ready(room);
  if ("own" in room.dataset) offer(room);
}

// a writer who had them all before her sees them all again, with what is wrong among them
export function showAll() {
  if (!room || !block()) return;
  block().dataset.whole = "";
  show();
}

function put(html) {
  room.innerHTML = html;
  wire();
  // answers that a draft holds come back
  room.dispatchEvent(new Event("linli:fields", { bubbles: true }));
  show();
}

// asks what the category that is chosen now asks; nothing where there is no network and nothing was
// fetched ahead: then the office asks
export async function follow() {
  const wanted = chosen();
  if (wanted === of) return;
  of = wanted;
  passed.clear();
  room.replaceChildren();
  if (!wanted) return;
  if (ahead) {
    if (ahead.has(wanted)) put(ahead.get(wanted));
    return;
  }
  try {
    const answer = await fetched(wanted);
    const html = answer.ok ? (await answer.text()).trim() : "";
    if (of === wanted && html.includes('name="asked"')) put(html);
  } catch (offline) {
    of = "";
  }
}

async function lookAhead() {
  try {
    const answer = await fetched("all");
    if (!answer.ok) return;
    const held = new DOMParser().parseFromString(await answer.text(), "text/html");
    ahead = new Map([...held.querySelectorAll("template[data-category]")].map((one) => [one.dataset.category, one.innerHTML.trim()]));
  } catch (offline) {
    ahead = null;
  }
}

if (room && window.fetch) {
  if (block()) {
    wire();
    show();
  }
  form.addEventListener("change", (event) => {
    if (event.target.name === "category") follow();
    else if (block() && room.contains(event.target)) show();
  });
  room.addEventListener("click", goOn);
  room.addEventListener("linli:kept", (event) => rowsFor(event.detail));
  form.addEventListener("reset", () => setTimeout(follow));
  window.addEventListener("pageshow", follow);
  follow();
  lookAhead();
}
