/** A moment as one says it today: "14:02"; of another day with the day: "5 October, 14:02". */
export function clock(at) {
  const moment = new Date(at);
  const time = moment.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  if (moment.toDateString() === new Date().toDateString()) return time;
  return `${moment.toLocaleDateString("en-GB", { day: "numeric", month: "long" })}, ${time}`;
}
