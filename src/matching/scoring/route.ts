/** How a record came to be compared with a person: what is known of the pair before any field is looked at. */
export const ROUTES = [
  'national-id',
  'act-number',
  'birth-search-page',
  'cover-search-page',
  'same-batch',
  'earlier-batch',
] as const;

export type Route = (typeof ROUTES)[number];
