// Who is in: what the server knows, and what was done here since. Each of a family is a bit, so that
// nobody is counted twice, whichever door saw her first.

const bits = (who) => who.reduce((sum, at) => sum | (1 << at), 0);
const count = (who) => who.toString(2).replaceAll("0", "").length;
const whole = (people) => (1 << people) - 1;

// what is kept of the server: { session: { who, people } } by family; entries that wait come on top
export function standing(family, session, entries) {
  const known = family.came.find((one) => one.session === session) || { who: 0, people: 0 };
  const mine = entries.filter((one) => one.session === session && one.code === family.code && one.state === "new");
  const who = mine.reduce((sum, one) => sum | (one.who.length ? bits(one.who) : whole(family.names.length)), known.who);
  return { who, people: Math.max(known.people, count(who)), waits: mine.length > 0 };
}

export const isIn = (who, at) => Boolean(who & (1 << at));

export function merge(day, came) {
  for (const event of day.events) {
    for (const family of event.families) family.came = came[family.code] || [];
  }
}

// a code as it is scanned (the address of the family's page), read by a hand scanner, or typed
export function codeIn(text) {
  const said = text.trim().toUpperCase();
  const address = /\/ENROLMENTS\/([A-Z0-9]+)/.exec(said);
  return address ? address[1] : said.replace(/[^A-Z0-9]/g, "").slice(0, 12);
}
