// Says beside a date field how the date was understood, with its weekday, while it is typed.
// Without it: the server says it after sending. What linli/kernel/dates.py reads otherwise, or refuses,
// gets no echo here; a test compares the two.

const chinese = !document.documentElement.lang.startsWith("en");
const whole = [/^(\d{4})(\d{2})(\d{2})$/, /^(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*[日号]?$/];
const short = /^(\d{1,2})\s*([-./月])\s*(\d{1,2})\s*[日号]?$/;
const weekdays = chinese
  ? ["周日", "周一", "周二", "周三", "周四", "周五", "周六"]
  : ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const months = ["January", "February", "March", "April", "May", "June", "July", "August", "September",
  "October", "November", "December"];
const FIRST = 1850, LAST = 2199, YEAR = 12;

const plain = (text) =>
  text.trim().replace(/[０-９．／－]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0));

function day(year, month, date) {
  if (year < FIRST || year > LAST) return null;
  const made = new Date(year, month - 1, date);
  const same = made.getFullYear() === year && made.getMonth() === month - 1 && made.getDate() === date;
  return same ? made : null;
}

function near(month, date, today, lean) {
  const midnight = new Date(today.getFullYear(), today.getMonth(), today.getDate());
  const found = [];
  for (let year = today.getFullYear() - 8; year <= today.getFullYear() + 8; year += 1) {
    const made = day(year, month, date);
    if (!made || (lean === "past" && made > midnight) || (lean === "future" && made < midnight)) continue;
    found.push(made);
  }
  const far = (made) => Math.round(Math.abs(made - midnight) / 864e5);
  return found.sort((a, b) => far(a) - far(b) || b - a)[0] || null;
}

export function understood(text, today, lean) {
  const words = plain(text);
  for (const form of whole) {
    const found = form.exec(words);
    if (found) return day(+found[1], +found[2], +found[3]);
  }
  const found = short.exec(words);
  if (!found) return null;
  const [first, second] = [+found[1], +found[3]];
  if (found[2] === "/" && first <= YEAR && second <= YEAR && first !== second) return null;
  return near(first, second, today, lean);
}

export function words(made) {
  const weekday = weekdays[made.getDay()];
  return chinese
    ? `${made.getFullYear()}年${made.getMonth() + 1}月${made.getDate()}日 (${weekday})`
    : `${made.getDate()} ${months[made.getMonth()]} ${made.getFullYear()} (${weekday})`;
}

document.addEventListener("input", (event) => {
  if (!event.target.matches("[data-date]")) return;
  const echo = document.getElementById(`${event.target.id}-echo`);
  if (!echo) return;
  const made = understood(event.target.value, new Date(), event.target.dataset.date);
  echo.textContent = made ? words(made) : "";
});
