/** When the cluster's clock stood at 0: no lesson depends on the date, and the same run prints the same text. */
const clockStart = { days: daysBefore(2026, 1, 1) };
const millisecondsPerDay = 86_400_000;

/** A moment of the cluster's clock as Kubernetes writes times: `2026-01-01T00:00:30Z`. */
export function timestamp(milliseconds: number): string {
  const days = clockStart.days + Math.floor(milliseconds / millisecondsPerDay);
  const seconds = Math.floor((((milliseconds % millisecondsPerDay) + millisecondsPerDay) % millisecondsPerDay) / 1000);
  const { year, month, day } = dateOf(days);
  const time = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map(twoDigits).join(':');
  return `${year}-${twoDigits(month)}-${twoDigits(day)}T${time}Z`;
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0');
}

/** Days of the Gregorian calendar before a date, counted from 1 March of the year 0. */
function daysBefore(year: number, month: number, day: number): number {
  const y = month < 3 ? year - 1 : year;
  const m = (month + 9) % 12;
  return 365 * y + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + Math.floor((153 * m + 2) / 5) + day - 1;
}

function dateOf(days: number): { year: number; month: number; day: number } {
  let y = Math.floor(days / 365.2425);
  while (daysBefore(y + 1, 3, 1) <= days) y += 1;
  while (daysBefore(y, 3, 1) > days) y -= 1;
  const rest = days - daysBefore(y, 3, 1);
  const m = Math.floor((5 * rest + 2) / 153);
  const day = rest - Math.floor((153 * m + 2) / 5) + 1;
  return { year: m < 10 ? y : y + 1, month: ((m + 2) % 12) + 1, day };
}
