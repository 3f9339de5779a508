// What a form computes while one types, as the page shows it.

function words(one, size) {
  if (typeof size !== "number") return size;
  const digits = String(one.scale).length - 1;
  const text = (Math.abs(size) / one.scale).toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });
  const grouped = one.kind === "money" || Math.abs(size) >= 10000 * one.scale ? text : text.replaceAll(",", "");
  return (size < 0 ? "-" : "") + (one.kind === "money" ? "¥" : "") + grouped;
}

// values: what logic.js computed, by path; fields: the tables of the logic
export function tell(within, fields, values) {
  for (const place of within.querySelectorAll("[data-computed]")) {
    const path = place.dataset.computed, one = fields[path.replace(/\.\d+\./, ".")];
    if (!one) continue;
    const found = values[path] ?? null, unit = one.kind === "money" ? "" : place.dataset.unit;
    place.textContent = found === null ? "—" : words(one, found) + (unit ? ` ${unit}` : "");
  }
}
