// Storms on the phone: a home is marked as brought away, staying or back; a village types its numbers.

import { people } from "./day.js";

export function fillHome(form, home, states) {
  form.querySelector("[data-state]").textContent = [
    home.storm, people(home), home.need, home.shelter, states[home.state].title,
  ].filter(Boolean).join(" · ");
  form.querySelector("[data-moves]").replaceChildren(...states[home.state].moves.map((move, at) => {
    const button = document.createElement("button");
    button.className = `btn btn-lg${at ? "" : " btn-primary"}`;
    button.textContent = move.title;
    button.value = JSON.stringify(move);
    return button;
  }));
}

export function fillStorm(form, storm) {
  form.querySelector("[data-state]").textContent = `${storm.kind} · ${storm.name}`;
  form.querySelector("[data-shelters]").replaceChildren(...storm.shelters.map((one) => {
    const line = document.createElement("li"), small = document.createElement("small"), bold = document.createElement("b");
    bold.textContent = one.title;
    small.textContent = [one.address, `${Math.max(0, one.left)} / ${one.places}`, one.stock].filter(Boolean).join(" · ");
    line.append(bold, document.createElement("br"), small);
    return line;
  }));
  if (!storm.may_type) return form.querySelector("[data-numbers]").remove();
  for (const [name, value] of Object.entries(storm.numbers)) form.elements[name].value = value ?? "";
}

// what the phone had seen goes along, so that nobody's later mark is overwritten
export function markHome(day, home, move) {
  const given = { said: { home: home.id, move: move.move, state: home.state }, title: `${move.title}, ${home.title}` };
  const now = day.homes.find((one) => one.id === home.id) || home;
  Object.assign(now, { state: move.to, queued: true });
  return ["home", given];
}

export function typeNumbers(day, storm, said) {
  const numbers = Object.fromEntries(Object.keys(storm.numbers).map((name) => [name, Number(said[name])]));
  const given = { said: { storm: storm.id, village: storm.village, edition: storm.edition, ...numbers }, title: storm.title };
  const now = day.storms.find((one) => one.id === storm.id && one.village === storm.village) || storm;
  Object.assign(now, { numbers, edition: storm.edition + 1, queued: true });
  return ["numbers", given];
}
