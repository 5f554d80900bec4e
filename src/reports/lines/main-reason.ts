import { blocks, inCatalogueOrder, type ReasonCode } from '../../domain/reasons.ts';

/** The reason shown where there is room for one: the first that blocks, or else the first remark; null for none. */
export function mainReason(reasons: readonly ReasonCode[]): ReasonCode | null {
  const ordered = inCatalogueOrder(reasons);
  return ordered.find(blocks) ?? ordered[0] ?? null;
}
