// The checks and the queue, drawn from what the phone keeps.

import { part } from "../../ui/js/phone_page.js";

const root = document.getElementById("checks");

export const words = root.dataset;
const copy = (name) => document.getElementById(name).content.cloneNode(true);
export const sheets = [...document.querySelectorAll("template[data-points]")].map((one) => ({
  key: one.id.slice("t-form-".length), title: one.dataset.title, points: one.dataset.points.split(" "),
}));
const when = (text) => new Intl.DateTimeFormat(document.documentElement.lang, { month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit" }).format(new Date(text));
const day = (text) => new Intl.DateTimeFormat(document.documentElement.lang, { year: "numeric", month: "numeric", day: "numeric" }).format(new Date(text));

function norm(check, sheet, act) {
  const line = copy("t-norm");
  const done = sheet.points.filter((key) => check.points[key]).length;
  line.querySelector("b").textContent = sheet.title;
  line.querySelector("small").textContent = done ? words.answered.replace("0", `${done}/${sheet.points.length}`) : words.nothing;
  line.querySelector("button").addEventListener("click", () => act(check, sheet));
  return line;
}

export function drawChecks(found, act) {
  part("checks").replaceChildren(...found.checks.map((check) => {
    const card = copy("t-check");
    card.querySelector("[data-centre]").textContent = check.centre;
    card.querySelector("[data-about]").textContent = `${check.title} · ${day(check.on)}`;
    card.querySelector("[data-norms]").replaceChildren(...sheets.map((sheet) => norm(check, sheet, act)));
    return card;
  }));
  part("empty").hidden = found.checks.length > 0;
}

const TONES = { new: "soon", done: "done", kept: "late" };
const STATES = { new: words.stateNew, done: words.stateDone, kept: words.stateKept };

function line(entry, act) {
  const row = copy("t-entry");
  row.querySelector("[data-title]").textContent = entry.title;
  const mark = copy(`t-state-${TONES[entry.state]}`);
  mark.querySelector(".ll-state").append(STATES[entry.state]);
  row.querySelector("[data-state]").append(mark);
  const files = entry.files.length ? words.files.replace("0", entry.files.length) : "";
  const lost = entry.lost ? words.lost.replace("0", entry.lost) : "";
  row.querySelector("[data-about]").textContent = [when(entry.at), files, entry.words, lost].filter(Boolean).join(" · ");
  for (const [name, states] of [["again", ["kept"]], ["drop", ["new", "kept"]]]) {
    const button = row.querySelector(`[data-${name}]`);
    button.hidden = !states.includes(entry.state);
    button.addEventListener("click", () => act(name, entry));
  }
  return row;
}

export function drawQueue(entries, act) {
  const shown = [...entries].reverse();
  const open = shown.filter((entry) => entry.state === "new").length;
  part("queue").replaceChildren(...shown.map((entry) => line(entry, act)));
  part("queue-empty").hidden = shown.length > 0;
  part("count").textContent = open ? words.open.replace("0", open) : words.none;
  part("send").hidden = !open;
}

// nothing of hers stays on the page when she leaves
export function wipe() {
  for (const name of ["checks", "queue", "form"]) part(name).replaceChildren();
}
