/** `12 345`: thousands apart by a no-break space, so that a figure never breaks over two lines. */
export function frenchInteger(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+(?!\d))/g, '\u00a0');
}

/** `38,4 %` with one decimal; `–` when there is nothing to divide by. */
export function frenchPercent(part: number, whole: number): string {
  if (whole === 0) return '–';
  return `${((100 * part) / whole).toFixed(1).replace('.', ',')}\u00a0%`;
}

/** `21/11/2026` from `2026-11-21`. */
export function frenchDate(isoDate: string): string {
  return isoDate.split('-').reverse().join('/');
}
