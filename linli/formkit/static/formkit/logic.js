// The logic of forms as linli/formkit/rules/logic.py has it: which questions are asked, what is
// computed. Without it: the server says so after the page is sent. A test compares the two.

import { compares, compute, dayOf, decimal, exactOf, isAmount, storedOf } from "./amounts.js";

// tables: path → {kind, scale, show, compute, …}; given: answers as values; gives what rules.logic gives
export function evaluate(tables, given, today) {
  const shown = new Map(), known = new Map();
  const rowsOf = (key) => (Array.isArray(given[key]) ? given[key].filter((row) => row && typeof row === "object" && !Array.isArray(row)) : []);
  const headOf = (path) => path.split(".")[0];
  const at = (path, row) => (row === null ? path : path.replace(".", `.${row}.`));

  function isShown(path, row) {
    const place = at(path, row);
    if (!shown.has(place)) {
      shown.set(place, false);
      const one = tables[path], inside = !path.includes(".") || isShown(headOf(path), null);
      shown.set(place, Boolean(one && inside && (!one.show || holds(one.show, row))));
    }
    return shown.get(place);
  }
  function holds(c, row) {
    if (c.op === "all") return c.of.every((one) => holds(one, row));
    if (c.op === "any") return c.of.some((one) => holds(one, row));
    if (c.op === "not") return !c.of.some((one) => holds(one, row));
    const one = tables[c.field];
    if (!one) return false;
    if (one.kind === "table") return c.op === "filled" && isShown(c.field, null) && rowsOf(c.field).length > 0;
    const found = exact(c.field, c.field.includes(".") ? row : null);
    return found !== null && compares(c, one, found);
  }
  function raw(path, row) {
    const [head, tail] = path.split(".");
    return (tail ? (row === null ? undefined : rowsOf(head)[row]?.[tail]) : given[head]) ?? null;
  }
  function exact(path, row) {
    const place = at(path, row);
    if (!known.has(place)) {
      known.set(place, null);
      const one = tables[path];
      if (one && one.kind !== "table" && one.kind !== "note" && isShown(path, row))
        known.set(place, one.computed ? computed(one, row) : exactOf(one, raw(path, row)));
    }
    return known.get(place);
  }
  function computed(one, row) {
    const found = one.compute ? compute(one.compute, (operand) => parts(operand, row)) : null;
    return (one.kind === "text" ? typeof found === "string" : isAmount(found)) ? found : null;
  }
  function parts(operand, row) {
    if (operand.op) return [compute(operand, (inner) => parts(inner, row))];
    if (operand.today) return [dayOf(today)];
    if (operand.value !== undefined) return [decimal(String(operand.value))];
    const path = operand.field, head = headOf(path), one = tables[path];
    if (!one || !isShown(head, null)) return null;
    if (one.kind === "table") return rowsOf(head).map(() => true);
    if (!path.includes(".")) return [exact(head, null)];
    if (row !== null) return isShown(path, row) ? [exact(path, row)] : null;
    return rowsOf(head).map((_row, n) => n).filter((n) => isShown(path, n)).map((n) => exact(path, n));
  }
  const values = {};
  for (const [path, one] of Object.entries(tables)) {
    const [head, tail] = path.split(".");
    const places = tail ? rowsOf(head).map((_row, n) => n) : [null];
    for (const row of places) {
      exact(path, row);
      if (one.computed && isShown(path, row)) values[at(path, row)] = storedOf(one, exact(path, row));
      else isShown(path, row);
    }
  }
  return { shown: [...shown].filter(([, is]) => is).map(([path]) => path), values };
}
