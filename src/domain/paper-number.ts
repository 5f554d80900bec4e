/** The number of a paper as it is compared, however it was typed: capital letters and digits alone. */
export function comparableNumber(number: string): string {
  return number.replace(/[^0-9A-Za-z]/g, '').toUpperCase();
}
