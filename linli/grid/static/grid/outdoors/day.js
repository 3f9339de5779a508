// The lists of the day, drawn from what the phone keeps.

import { part } from "../../ui/js/phone_page.js";

const root = document.getElementById("outdoors");

export const words = root.dataset;

const isChinese = document.documentElement.lang.startsWith("zh");
// en-GB would give September four letters, other pages give it three
const month = new Intl.DateTimeFormat("en-US", { month: "short" });
const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });

// as other pages write it: 12月4日 or 4 Dec, with the year when it is not this one
function day(text) {
  // a day without an hour is one of here, not of Greenwich
  const on = new Date(text.length === 10 ? `${text}T00:00` : text);
  const year = on.getFullYear() === new Date().getFullYear() ? "" : on.getFullYear();
  if (isChinese) return `${year && `${year}年`}${on.getMonth() + 1}月${on.getDate()}日`;
  return `${on.getDate()} ${month.format(on)} ${year}`.trim();
}

const time = (text) => `${day(text)} ${clock.format(new Date(text))}`;

function row(title, small, mark, tone, act) {
  const line = document.getElementById("t-row").content.cloneNode(true);
  const button = line.querySelector("button");
  line.querySelector("b").textContent = title;
  line.querySelector("small").textContent = small;
  if (mark) {
    const state = document.getElementById(`t-state-${tone}`).content.cloneNode(true);
    state.querySelector(".ll-state").append(mark);
    button.append(state);
  }
  if (act) button.addEventListener("click", act);
  else button.disabled = true;
  return line;
}

function list(name, rows) {
  const place = part(name);
  place.querySelector("ul").replaceChildren(...rows);
  place.querySelector("[data-empty]").hidden = rows.length > 0;
}

export const people = (home) => words.people.replace("0", home.people);

export function drawDay(found, act) {
  part("on").textContent = day(found.on);
  list("events", found.events.map((one) => row(
    one.title || one.number, `${one.number} · ${found.states[one.state].title}`,
    one.queued ? words.kept : one.is_late ? words.late : "", one.queued ? "run" : "late", () => act("event", one),
  )));
  // a day that was fetched before these were in it has none
  const homes = found.homes || [];
  list("homes", homes.map((one) => row(
    one.title, `${people(one)} · ${found.home_states[one.state].title}`,
    one.queued ? words.kept : one.state === "named" ? words.toMove : "", one.queued ? "run" : "late", () => act("home", one),
  )));
  const storms = found.storms || [];
  list("storms", storms.map((one) => row(
    `${one.title} · ${one.name}`, `${words.room} ${one.shelters.reduce((sum, each) => sum + Math.max(0, each.left), 0)}`,
    one.queued ? words.kept : "", "run", () => act("storm", one),
  )));
  // in good weather nothing of storms stands on the page
  part("homes").hidden = !homes.length && !storms.length;
  part("storms").hidden = !storms.length;
  list("stops", found.stops.map((one) => row(
    one.title, one.last_on ? `${words.last} ${day(one.last_on)}` : words.never, "", "", () => act("visit", one),
  )));
  list("checks", found.checks.map((one) => row(
    one.title, one.due_on ? `${words.due} ${day(one.due_on)}` : "", "", "", () => act("recheck", one),
  )));
}

// forms that were begun and neither kept nor thrown away
export function drawBegun(forms, act) {
  part("begun").hidden = !forms.length;
  list("begun", forms.map((one) => row(one.title, one.words, "", "", () => act(one.what, one.thing))));
}

// what the question before she leaves names, while it is open
export function tellLeaving(entries, hasTyped) {
  const told = part("form").querySelector("[data-unsent]");
  if (!told) return;
  const open = unsent(entries);
  told.textContent = open ? words.unsent.replace("0", open) : words.none;
  part("form").querySelector("[data-unkept]").hidden = !hasTyped;
  part("form").querySelector("[data-shut]").hidden = navigator.onLine;
}

// nothing of hers stays on the page when she leaves
export function wipe() {
  for (const name of ["begun", "events", "homes", "storms", "stops", "checks", "queue"]) list(name, []);
  part("form").replaceChildren();
}

const TONES = { done: "done", anew: "done", conflict: "late", refused: "late", waiting: "soon", new: "soon" };

const photos = (entry) => (entry.count ? words.photosCount.replace("0", entry.count) : "");
const lost = ({ lost: whys = [] }) =>
  (whys.length ? [words.photoLost.replace("0", whys.length), ...new Set(whys)].filter(Boolean).join(" ") : "");

const unsent = (entries) => entries.filter((entry) => entry.act !== "skip" && entry.state === "new").length;

export function drawQueue(entries, act) {
  const shown = entries.filter((entry) => entry.act !== "skip").reverse();
  const open = unsent(entries);
  list("queue", shown.map((entry) => row(
    entry.title, [time(entry.phone_at), entry.number, photos(entry), entry.words, lost(entry)].filter(Boolean).join(" · "),
    words[`state${entry.state[0].toUpperCase()}${entry.state.slice(1)}`] || entry.state, TONES[entry.state] || "run",
    entry.state === "new" ? () => act("back", entry) : ["conflict", "refused"].includes(entry.state) ? () => act("kept", entry) : null,
  )));
  part("count").textContent = open ? words.open.replace("0", open) : words.none;
  part("send").hidden = !open;
}
