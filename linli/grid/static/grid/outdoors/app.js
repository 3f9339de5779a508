// The day outdoors without network: what is shown, what is typed, and what becomes of it.

import * as begun from "./begun.js";
import * as queue from "./queue.js";
import * as sheets from "./sheets.js";
import * as store from "./store.js";
import { once, oneByOne, part, say, sayNet, show } from "../../ui/js/phone_page.js";
import { drawBegun, drawDay, drawQueue, tellLeaving, wipe, words } from "./day.js";
import { fillHome, fillStorm, markHome, typeNumbers } from "./storms.js";
import { filedAs, offerSubclasses } from "./filing.js";
import { photosOf } from "./pictures.js";

// below this it is told that room runs out, while there is some
const LITTLE = 30 * 1024 * 1024;
// the question before the phone is handed over is asked as a form is, and nothing of it is held
const LEAVE = "leave";
let own = null;
let day = null;

function turn(name) {
  show(name);
  window.scrollTo(0, 0);
}

async function draw() {
  // while nobody is at work here, what lies here may be of whoever opens it next
  sayNet({ ...words, others: own ? words.others : words.lying }, await store.othersCount(own));
  await sheets.belongTo(own && day ? own.queue : "");
  await begun.belongTo(own && day ? own : null);
  if (!own || !day) {
    wipe();
    return turn("locked");
  }
  part("room").hidden = (await store.left()) > LITTLE;
  drawDay(day, choose);
  drawBegun(begun.all(), (what, thing) => fill(what, begun.asOfNow(day, what, thing)));
  const entries = await store.readEntries(own);
  drawQueue(entries, choose);
  tellLeaving(entries, begun.all().length > 0);
  // a form that is being filled in stays open, whatever the network or the camera does meanwhile
  if (!sheets.isOpen()) turn("day");
}

async function back() {
  await sheets.close();
  say("");
  return draw();
}

async function lock(text) {
  await store.forgetKey();
  own = day = null;
  await draw();
  say(text);
}

// with network: the day of whoever is signed in, whoever that is; without: what her key opens
async function open() {
  own = await store.current();
  if (own) day = await store.readDay(own);
  await store.tidy();
  await draw();
  if (own && !navigator.onLine && !(await store.isBoxed(own))) say(words.once);
  if (!navigator.onLine || (await store.hasLeft())) return;
  await refresh();
}

const refresh = oneByOne(async () => {
  let told = "";
  try {
    let lost = own ? await queue.send(own) : 0;
    ({ own, day } = await queue.fetchDay());
    lost += await queue.send(own);
    told = [Math.abs(own.offset) > 300 && words.clock, lost && words.photoLost.replace("0", lost)].filter(Boolean).join(" ");
  } catch (fault) {
    if (fault instanceof queue.SignedOut) return lock(words.signedOut);
    told = own ? words.later : words.closed;
  }
  // handed over while the server was asked: the day that it told is of nobody any more
  if (await store.hasLeft()) return lock("");
  if (!sheets.isOpen() || told) say(told);
  return draw();
});

async function keep(name, act, given, photos) {
  try {
    await queue.add(own, act, given, photos);
  } catch (full) {
    // nothing of it was kept: the form stays as it is, and the day as it was
    day = await store.readDay(own);
    return say(photos.length ? words.fullPhotos : words.full);
  }
  await drop(name);
  await store.keepDay(own, day).catch(() => {});
  await back();
  say(words.kept);
  if (navigator.onLine) await refresh();
}

async function drop(name) {
  sheets.drop(name);
  await begun.forget(name);
}

async function throwAway(name, sheet) {
  if (sheet.isTyped && !confirm(words.throwAway)) return;
  await drop(name);
  await back();
}

function choose(what, thing) {
  if (what === "kept") return location.assign(words.keptUrl.replace("0", thing.entry));
  if (what === "back") return confirm(words.takeBack) && queue.takeBack(own, thing).then(draw);
  return fill(what, thing);
}

function fill(what, thing) {
  const name = begun.nameOf(what, thing);
  const about = JSON.stringify(thing || null);
  const before = sheets.heldOf(name);
  const sheet = before?.about === about ? before : Object.assign(made(what, thing, before), { about });
  const isBack = !before && begun.refill(name, sheet);
  sheet.isTyped = sheet.isTyped || isBack;
  sheets.open(what === LEAVE ? "" : name, sheet);
  say(isBack && sheet.form.elements.photos ? words.retyped : "");
  turn("form");
  sheet.form.querySelector("h2").focus();
}

// if what a form is about has changed since, its words and photos are taken over into a new one, its choices are not
function made(what, thing, before) {
  const hazard = what === "recheck" ? `check-${thing.hazard}` : what;
  const form = document.getElementById(`t-${hazard}`).content.cloneNode(true).querySelector("form");
  const cells = form.querySelector("select[name=cell]");
  if (cells) cells.replaceChildren(...day.cells.map(([value, name]) => new Option(name, value)));
  if (what === "recheck") only(form, thing.lines);
  if (what === "event") {
    steps(form, thing);
    offerSubclasses(form, thing, day);
  }
  if (what === "home") fillHome(form, thing, day.home_states);
  if (what === "storm") fillStorm(form, thing);
  for (const title of form.querySelectorAll("[data-title]")) title.textContent = (thing && thing.title) || title.textContent;
  for (const one of form.querySelectorAll("[data-back]")) one.addEventListener("click", back);
  const name = begun.nameOf(what, thing);
  for (const one of form.querySelectorAll("[data-throw]")) one.addEventListener("click", () => throwAway(name, sheet));
  for (const here of form.querySelectorAll("[data-here]")) sheets.locate(here);
  for (const one of before ? form.querySelectorAll("textarea") : []) one.value = before.form.elements[one.name]?.value || "";
  const sheet = { form, photos: photosOf(form, say, before?.photos), isTyped: Boolean(before?.isTyped) };
  form.addEventListener("input", () => { sheet.isTyped = true; begun.note(what, sheet); });
  form.addEventListener("submit", (event) => { event.preventDefault(); once(form, () => (what === LEAVE ? leave() : done(what, thing, sheet, event.submitter))); });
  return sheet;
}

// a check that comes again asks only what had failed
function only(form, lines) {
  for (const name of ["cell", "title"]) form.elements[name].closest(".ll-q").remove();
  for (const field of [...form.querySelectorAll("input[type=radio]")]) {
    if (!lines.includes(field.name)) field.closest(".ll-q")?.remove();
  }
}

function steps(form, thing) {
  const moves = day.states[thing.state].moves;
  const offered = thing.is_offered ? [{ move: "take", title: words.take, to: thing.state }] : [];
  form.querySelector("[data-moves]").replaceChildren(...[...offered, ...moves, { move: "note", title: words.note, to: thing.state, needs_note: true }].map((move, at) => {
    const button = document.createElement("button");
    button.className = `btn btn-lg${at ? "" : " btn-primary"}`;
    button.textContent = move.title;
    button.value = JSON.stringify(move);
    return button;
  }));
  form.querySelector("[data-state]").textContent = `${thing.number} · ${day.states[thing.state].title}`;
}

const MAKERS = {
  report: (said) => ["report", { said: { ...said, lon: number(said.lon), lat: number(said.lat) }, title: said.text.slice(0, 60) }],
  visit: (said, stop) => {
    if (said.outcome !== "nobody") day.stops = day.stops.filter((one) => one.id !== stop.id);
    return ["visit", { said: { ...said, stop: stop.id }, title: stop.title }];
  },
  check: (said, _none, form) => ["check", { said: { cell: said.cell, title: said.title, hazard: form.dataset.hazard, answers: answers(form) }, title: said.title }],
  recheck: (_said, check, form) => {
    day.checks = day.checks.filter((one) => one.id !== check.id);
    return ["recheck", { said: { check: check.id, answers: answers(form) }, title: check.title }];
  },
  event: (said, event, _form, move) => {
    if (move.move === "note") return ["note", { case: event.number, said: { note: said.note }, title: `${move.title}, ${event.title}` }];
    const given = { case: event.number, base_seq: event.seq, said: { move: move.move, note: said.note, ...filedAs(said, move) }, title: `${move.title}, ${event.title}` };
    const now = day.events.find((one) => one.number === event.number) || event;
    Object.assign(now, { state: move.to, queued: true, is_offered: now.is_offered && move.move !== "take" });
    return ["move", given];
  },
  home: (_said, home, _form, move) => markHome(day, home, move),
  storm: (said, storm) => typeNumbers(day, storm, said),
};
const number = (text) => (text ? Number(text) : null);
const answers = (form) => Object.fromEntries([...form.querySelectorAll("input[type=radio]:checked")].map((one) => [one.name, one.value]));

async function done(what, thing, { form, photos: taken }, submitter) {
  const said = {};
  for (const [name, value] of new FormData(form)) if (typeof value === "string") said[name] = value.trim();
  const move = ["event", "home"].includes(what) ? JSON.parse(submitter.value) : null;
  const photos = await taken();
  const [lacks, at] = missing(what, said, form, move, photos.length);
  if (lacks) return sheets.tellOpen(form, lacks, at);
  const kind = what.startsWith("check-") ? "check" : what;
  const [act, given] = MAKERS[kind](said, thing, form, move);
  return keep(begun.nameOf(what, thing), act, given, photos);
}

// what is still to be said, and the field to say it in
function missing(what, said, form, move, photos) {
  const groups = new Set([...form.querySelectorAll("input[type=radio]")].map((one) => one.name));
  const open = [...groups].find((name) => !form.querySelector(`input[name="${name}"]:checked`));
  if (open) return [words.choose, open];
  if (what === "report" && !said.text) return [words.write, "text"];
  if (what === "visit" && said.outcome === "learnt" && !said.text) return [words.write, "text"];
  if (what === "visit" && said.outcome !== "learnt" && said.text) return [words.unlearnt, "outcome"];
  if ("title" in said && !said.title) return [words.write, "title"];
  const number = what === "storm" && ["houses", "roads", "rescuers", "boats"].find((name) => !/^\d{1,7}$/.test(said[name]));
  if (number) return [words.numbers, number];
  if (move && move.needs_note && !said.note && !(move.photo_does && photos)) return [words.write, "note"];
  const grave = [...form.querySelectorAll("[data-grave]")].some((one) => form.querySelector(`input[name="${one.dataset.grave}"]:checked`)?.value === "bad");
  return grave && !photos ? [words.photo, "photos"] : ["", ""];
}

// nothing of hers stays drawn either, should Back bring this page up again
async function leave() {
  await begun.leave(own);
  await store.leave();
  own = day = null;
  await draw();
  if (navigator.onLine) location.assign(words.signOut);
}

for (const door of document.querySelectorAll("[data-door]")) door.addEventListener("click", () => fill(door.dataset.door));
part("send").addEventListener("click", refresh);
part("open").addEventListener("click", async () => ((await store.hasLeft()) ? location.assign(words.signIn) : refresh()));
part("leave").addEventListener("click", () => { fill(LEAVE); return draw(); });
window.addEventListener("online", open);
window.addEventListener("offline", draw);
document.addEventListener("visibilitychange", () => { if (!document.hidden) open(); });
if ("serviceWorker" in navigator) navigator.serviceWorker.register(words.worker).catch(() => {});
sheets.begin(back).then(open);
