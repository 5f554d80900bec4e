import { LEVEL_GROUPS, levelCount } from './linkage-field.ts';
import type { LinkageField } from './linkage-field.ts';

/**
 * A run of slots whose probabilities add up to 1: the levels of one field, or one group of them, under one level of the
 * field it depends on.
 */
export interface SlotRow {
  readonly field: LinkageField;
  /** Level of the first slot. */
  readonly firstLevel: number;
  readonly start: number;
  readonly width: number;
}

/** Numbers every (field, level of its parent, level) of a job, so that a class of the model is one flat array. */
export interface SlotLayout {
  readonly fields: readonly LinkageField[];
  readonly size: number;
  readonly rows: readonly SlotRow[];
  /** Slot of each field at these levels; −1 where the value is missing. */
  slotsOf(levels: Uint8Array): Int32Array;
}

export function slotLayout(fields: readonly LinkageField[]): SlotLayout {
  const rows: SlotRow[] = [];
  const starts: number[] = [];
  const parents = fields.map((field) => fields.findIndex((other) => other.name === field.dependsOn));
  let size = 0;
  fields.forEach((field, at) => {
    const parent = fields[parents[at] ?? -1];
    const width = levelCount(field.kind);
    starts.push(size);
    // One row more than the parent has levels: its value may be missing.
    for (let level = 0; level < (parent ? levelCount(parent.kind) + 1 : 1); level++) {
      const groups = LEVEL_GROUPS[field.kind] ?? [0];
      groups.forEach((firstLevel, group) => {
        const end = groups[group + 1] ?? width;
        rows.push({ field, firstLevel, start: size + firstLevel, width: end - firstLevel });
      });
      size += width;
    }
  });
  const widths = fields.map((field) => levelCount(field.kind));
  return {
    fields,
    size,
    rows,
    slotsOf: (levels) =>
      Int32Array.from(fields, (_, at) => {
        const [level = 0, width = 0, parent = -1] = [levels[at], widths[at], parents[at]];
        if (level >= width) return -1;
        return (starts[at] ?? 0) + (parent < 0 ? 0 : (levels[parent] ?? 0)) * width + level;
      }),
  };
}
