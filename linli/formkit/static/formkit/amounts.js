// Amounts, comparisons and computations of forms, as linli/formkit/rules/{amounts,computing}.py have
// them. Numbers are exact fractions of BigInt. A test compares both on the same answers.

const LARGEST = 10n ** 16n, MOST = 2n ** 53n - 1n, LONGEST = 2000;
const abs = (n) => (n < 0n ? -n : n);
const gcd = (a, b) => { while (b) [a, b] = [b, a % b]; return a; };
const frac = (n, d = 1n) => { const s = d < 0n ? -1n : 1n, g = gcd(abs(n), abs(d)) || 1n; return { n: (s * n) / g, d: (s * d) / g }; };
export const isFrac = (x) => x !== null && typeof x === "object" && typeof x.n === "bigint";
const isDay = (x) => x !== null && typeof x === "object" && typeof x.day === "number";
export const isAmount = (x) => isFrac(x) && abs(x.n) <= LARGEST * x.d && x.d <= LARGEST;
export const kept = (x) => (isAmount(x) ? x : null);
const add = (a, b) => frac(a.n * b.d + b.n * a.d, a.d * b.d);
const minus = (a, b) => add(a, { n: -b.n, d: b.d });
const less = (a, b) => (isDay(a) ? a.day < b.day : a.n * b.d < b.n * a.d);

export function decimal(text) {
  const [whole, rest = ""] = text.replace("-", "").split(".");
  const size = BigInt(whole + rest) * (text.startsWith("-") ? -1n : 1n);
  return frac(size, 10n ** BigInt(rest.length));
}

export function dayOf(text) {
  const found = typeof text === "string" && /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!found) return null;
  const [y, m, d] = [+found[1], +found[2], +found[3]];
  const made = new Date(0);
  made.setUTCFullYear(y, m - 1, d);
  if (y < 1 || made.getUTCMonth() !== m - 1 || made.getUTCDate() !== d) return null;
  return { day: Math.round(made.getTime() / 864e5), y, m, d, text };
}

export function exactOf(one, value) {
  if (["whole", "decimal", "money"].includes(one.kind))
    return Number.isInteger(value) ? frac(BigInt(value), BigInt(one.scale)) : null;
  if (one.kind === "date") return dayOf(value);
  if (one.kind === "yesno") return typeof value === "boolean" ? value : null;
  if (one.kind === "several") {
    const list = typeof value === "string" && value ? [value] : value;
    return Array.isArray(list) && list.length && list.every((x) => typeof x === "string") ? list : null;
  }
  if (["photos", "files", "signature", "point"].includes(one.kind)) return hasAny(value) ? "filled" : null;
  return typeof value === "string" && value ? value : null;
}

const hasAny = (x) => (Array.isArray(x) ? x.length > 0 : x && typeof x === "object" ? Object.keys(x).length > 0 : Boolean(x));

function same(found, wanted) {
  if (Array.isArray(found)) return Array.isArray(wanted) && wanted.every((x) => found.includes(x));
  if (isFrac(found)) return isFrac(wanted) && found.n === wanted.n && found.d === wanted.d;
  if (isDay(found)) return isDay(wanted) && found.day === wanted.day;
  return found === wanted;
}

export function compares(condition, one, found) {
  if (condition.op === "filled") return true;
  if (condition.op === "in") return condition.value.some((x) => same(found, exactOf(one, x)));
  const wanted = exactOf(one, condition.value);
  if (condition.op === "is") return same(found, wanted);
  if (condition.op === "is_not") return wanted !== null && !same(found, wanted);
  if (!(isFrac(found) && isFrac(wanted)) && !(isDay(found) && isDay(wanted))) return false;
  return condition.op === "at_least" ? !less(found, wanted) : !less(wanted, found);
}

function words(x) {
  if (x === null || typeof x === "boolean") return "";
  if (Array.isArray(x)) return x.join(", ");
  if (isDay(x)) return x.text;
  if (!isFrac(x)) return String(x);
  const size = (abs(x.n) * 1000000n) / x.d;
  const rest = String(size % 1000000n).padStart(6, "0").replace(/0+$/, "");
  const text = String(size / 1000000n) + (rest ? `.${rest}` : "");
  return x.n < 0n && text !== "0" ? `-${text}` : text;
}

const age = (a, b) => b.y - a.y - (b.m < a.m || (b.m === a.m && b.d < a.d) ? 1 : 0);

function ofThese(op, v) {
  if (op === "age_on" || op === "days_between") {
    if (!v.every(isDay)) return null;
    return frac(BigInt(op === "age_on" ? age(v[0], v[1]) : v[1].day - v[0].day));
  }
  if (!v.every(isAmount)) return null;
  if (op === "difference") return kept(minus(v[0], v[1]));
  if (op === "quotient") return v[1].n ? kept(frac(v[0].n * v[1].d, v[0].d * v[1].n)) : null;
  return v.reduce((all, x) => all && kept(frac(all.n * x.n, all.d * x.d)), frac(1n));
}

export function compute(computation, parts) {
  const asked = computation.of.map(parts).filter((part) => part !== null);
  if (!asked.length) return null;
  const flat = asked.flat(1), op = computation.op;
  if (op === "join") {
    const text = [...flat.map(words).filter(Boolean).join(computation.between ?? " ")].slice(0, LONGEST).join("");
    return text || null;
  }
  if (op === "count") return frac(BigInt(flat.filter((x) => x !== null).length));
  if (["sum", "min", "max"].includes(op)) {
    if (!flat.every(isAmount)) return null;
    if (op === "sum") return kept(flat.reduce(add, frac(0n)));
    return flat.length ? flat.reduce((a, b) => (less(b, a) === (op === "min") && !same(a, b) ? b : a)) : null;
  }
  const single = asked.filter((part) => part.length === 1).map((part) => part[0]);
  return single.length === computation.of.length && single.every((x) => x !== null) ? ofThese(op, single) : null;
}

export function storedOf(one, exact) {
  if (!isFrac(exact)) return exact;
  const n = exact.n * BigInt(one.scale), size = abs(n) / exact.d, rest = abs(n) % exact.d;
  const up = one.rounding === "up" ? rest > 0n : one.rounding === "half" && 2n * rest >= exact.d;
  const found = (up ? size + 1n : size) * (n < 0n ? -1n : 1n);
  return abs(found) <= MOST ? Number(found) : null;
}
