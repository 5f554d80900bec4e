const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** A duration for people, by its two largest units: `3 jours 4 h`, `2 h 15 min`, `40 min`, `moins d’une minute`. */
export function frenchDuration(ms: number): string {
  const [days, hours, minutes] = [
    Math.floor(ms / DAY_MS),
    Math.floor((ms % DAY_MS) / HOUR_MS),
    Math.floor((ms % HOUR_MS) / MINUTE_MS),
  ];
  const told = [
    [days, days === 1 ? ' jour' : ' jours'],
    [hours, ' h'],
    [minutes, ' min'],
  ] as const;
  const first = told.findIndex(([count]) => count > 0);
  if (first === -1) return 'moins d’une minute';
  return told
    .slice(first, first + 2)
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count}${unit}`)
    .join(' ');
}
