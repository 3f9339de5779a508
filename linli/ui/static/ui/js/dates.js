// Says beside a date field how the date was understood, with its weekday, while it is typed.
// Without it: the server says it after sending. The rules are those of linli/kernel/dates.py.

const chinese = !document.documentElement.lang.startsWith("en");
const forms = [
  /^(\d{4})(\d{2})(\d{2})$/,
  /^(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*[日号]?$/,
];
const short = /^(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*[日号]?$/;
const weekdays = chinese
  ? ["周日", "周一", "周二", "周三", "周四", "周五", "周六"]
  : ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const months = ["January", "February", "March", "April", "May", "June", "July", "August", "September",
  "October", "November", "December"];

function plain(text) {
  return text.trim().replace(/[０-９．／－]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0));
}

export function understood(text, today) {
  const words = plain(text);
  for (const form of forms) {
    const found = form.exec(words);
    if (found) return day(+found[1], +found[2], +found[3]);
  }
  const found = short.exec(words);
  return found ? day(today.getFullYear(), +found[1], +found[2]) : null;
}

function day(year, month, date) {
  const made = new Date(year, month - 1, date);
  const same = made.getFullYear() === year && made.getMonth() === month - 1 && made.getDate() === date;
  return same ? made : null;
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
  const made = understood(event.target.value, new Date());
  echo.textContent = made ? words(made) : "";
});
