/** One setting as it is documented: environment key, default, what it does. */
export interface Setting {
  readonly key: string;
  readonly fallback: string;
  readonly unit: string;
  readonly help: string;
}

/** Settings that cannot be used. All faults are told at once, each with its key. */
export class ConfigError extends Error {
  readonly code = 'CONFIGURATION_INVALIDE';
  readonly faults: readonly string[];
  constructor(faults: readonly string[]) {
    super(`Configuration :\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
    this.faults = faults;
  }
}

/** Reads settings from an environment, remembers which there are, and collects what is wrong with them. */
export class SettingReader {
  readonly settings: Setting[] = [];
  readonly #env: Readonly<Record<string, string | undefined>>;
  readonly #faults: string[] = [];

  constructor(env: Readonly<Record<string, string | undefined>>) {
    this.#env = env;
  }

  text(key: string, fallback: string, help: string): string {
    return this.#read(key, fallback, '', help);
  }

  /** Null when not set. */
  optional(key: string, help: string): string | null {
    const value = this.#read(key, '', '', help);
    return value === '' ? null : value;
  }

  /** A whole number of at least `least`: 1 unless told, because almost nothing works with none. */
  wholeNumber(key: string, fallback: number, unit: string, help: string, least: 0 | 1 = 1): number {
    const value = this.#read(key, String(fallback), unit, help);
    if (/^\d{1,12}$/.test(value) && Number(value) >= least) return Number(value);
    this.fault(key, `« ${value} » n’est pas un nombre entier d’au moins ${least}`);
    return fallback;
  }

  choice<T extends string>(key: string, fallback: T, allowed: readonly T[], help: string): T {
    const value = this.#read(key, fallback, allowed.join(' | '), help);
    const known = allowed.find((one) => one === value);
    if (known === undefined) this.fault(key, `« ${value} » n’est pas l’une des valeurs ${allowed.join(', ')}`);
    return known ?? fallback;
  }

  list(key: string, fallback: string, help: string): readonly string[] {
    return this.#read(key, fallback, 'liste', help)
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== '');
  }

  /** Notes a fault found by the caller, such as two settings that contradict each other. */
  fault(key: string, what: string): void {
    this.#faults.push(`${key} : ${what}`);
  }

  /** Throws {@link ConfigError} if anything was wrong. */
  done(): void {
    if (this.#faults.length > 0) throw new ConfigError(this.#faults);
  }

  #read(key: string, fallback: string, unit: string, help: string): string {
    this.settings.push({ key, fallback, unit, help });
    const value = this.#env[key]?.trim();
    return value === undefined || value === '' ? fallback : value;
  }
}
