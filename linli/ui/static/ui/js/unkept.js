// What of a form this device may keep, and whether it may at all: a form with data-draft-not holds words by
// which it is seen that an official is accused.

const never = new Set(["hidden", "password", "file", "submit", "button"]);
const typed = (form) => [...form.elements].filter((one) => one.name && !never.has(one.type));
export const fields = (form) => typed(form).filter((one) => !one.closest("[data-private]"));

const latin = (word) => /^[\x00-\x7f]+$/.test(word);
const gap = "…";
const near = (word) => {
  const written = word.split(gap).join(".{1,8}?");
  return new RegExp(latin(written) ? `\\b${written}\\b` : written, "g");
};
const says = (text, word) => (text.includes(word) || word.includes(gap)) && near(word).test(text);

// the same as linli/cases/rules/accusing.py; the words come with the form
export function unkept(form) {
  const rule = JSON.parse(form.dataset.draftNot || "null");
  if (!rule) return false;
  if (form.elements.matter && form.elements.matter.value === "official") return true;
  const text = typed(form).map((one) => one.value).join("\n").toLowerCase();
  if (rule.charges.some((word) => says(text, word))) return true;
  const behind = (first, then) => first.some((word) => [...text.matchAll(near(word))].some((found) => {
    const end = found.index + word.length;
    return then.some((one) => says(text.slice(end, end + rule.reach + word.length), one));
  }));
  return behind(rule.reports, rule.posts) || behind(rule.posts, rule.deeds);
}
