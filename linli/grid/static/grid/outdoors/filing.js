// As which sub-class an event is filed: offered where its matter has some, with its term and when it may be closed.

import { words } from "./day.js";

const FILE = "file";

// a day that was fetched before these were in it has none
export function offerSubclasses(form, thing, found) {
  const lines = (found.subclasses || []).filter((one) => one.of === thing.of);
  const place = form.querySelector("[data-file]");
  if (!lines.length || !found.states[thing.state].moves.some((one) => one.move === FILE)) return place.remove();
  const { subclass, area } = form.elements;
  subclass.append(...lines.map((one) => new Option(one.title, one.key)));
  const tell = () => {
    const one = lines.find((line) => line.key === subclass.value);
    const told = place.querySelector("[data-closes]");
    area.closest(".ll-q").hidden = told.hidden = !one;
    told.textContent = one ? [
      `${words.term}: ${one.limits[area.value]}${one.is_sure ? "" : ` (${words.unsure})`}`,
      `${words.closes}: ${one.closes}`,
    ].join(" · ") : "";
  };
  subclass.addEventListener("change", tell);
  area.addEventListener("change", tell);
  place.hidden = false;
  tell();
}

// what is chosen goes along with the step that files, with no other
export const filedAs = (said, move) =>
  (move.move === FILE && said.subclass ? { subclass: said.subclass, area: said.area } : {});
