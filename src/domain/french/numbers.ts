/** `12 345`: thousands apart by a no-break space, so that a figure never breaks over two lines. */
export function frenchInteger(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+(?!\d))/g, '\u00a0');
}

/** `1 234,5`: one decimal. */
export function frenchDecimal(value: number): string {
  const [whole = '0', decimal = '0'] = Math.abs(value).toFixed(1).split('.');
  return `${value < 0 && `${whole}${decimal}` !== '00' ? '−' : ''}${frenchInteger(Number(whole))},${decimal}`;
}

/** `38,4 %` with one decimal; `–` when there is nothing to divide by. */
export function frenchPercent(part: number, whole: number): string {
  if (whole === 0) return '–';
  return `${frenchDecimal((100 * part) / whole)}\u00a0%`;
}

/** `21/11/2026` from `2026-11-21`. */
export function frenchDate(isoDate: string): string {
  return isoDate.split('-').reverse().join('/');
}
