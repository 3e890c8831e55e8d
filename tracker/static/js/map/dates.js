/** Days as ISO text, "2020-10-05"; without a time and without a zone. */

const DAY_MS = 86400000;
const LONG = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  year: "numeric",
  timeZone: "UTC",
});

export const dayAfter = (first, days) =>
  new Date(Date.parse(`${first}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);

export const dayInWords = (day) => LONG.format(new Date(`${day}T00:00:00Z`)).replace("Sept", "Sep");
