import type { Population } from '../../fixtures/population/population.ts';

/** Every name, number, extract, telephone and household reference of a population: what must turn up nowhere. */
export function personalData({ households, registries }: Population): readonly string[] {
  const lines = households.flatMap(({ rows }) => rows);
  const written = lines.flatMap((line) => [
    line.nomComplet,
    line.numeroCni,
    line.numeroExtrait,
    line.telephone,
    line.referenceMenage,
    line.cmNomComplet,
  ]);
  const held = [...registries.idCards.values()].flatMap((card) => [card.nin, card.familyName]);
  // Shorter ones occur by chance in what is packed and hashed.
  return [...new Set([...written, ...held])].filter((text) => text.length >= 5);
}
