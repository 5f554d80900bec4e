import type { Setting } from '../../src/setting-reader.ts';

const INTRODUCTION = `# Réglages

Tout se règle par des variables d’environnement, lues une fois au démarrage. Une valeur inutilisable, ou deux réglages qui
se contredisent, empêchent le démarrage : tous les défauts sont dits ensemble, chacun avec le nom de sa variable
(\`CONFIGURATION_INVALIDE\`, voir [errors.md](errors.md)). Une variable vide vaut une variable absente.

Les durées sont en millisecondes. Deux d’entre elles protègent des doubles enrôlements et ne peuvent pas être inversées :
\`PNBSF_LEASE_MS\` vaut au moins trois fois \`XROAD_WRITE_MS\`, et \`PNBSF_SETTLE_MS\` le dépasse. \`PNBSF_SETTLE_MS\` doit aussi
dépasser le temps pendant lequel SIGICMU peut encore agir sur une demande abandonnée : délai de son service, plus les
attentes dans les serveurs de sécurité. [architecture.md](architecture.md) dit pourquoi.

Cette page et \`.env.example\` sont écrites d’après le programme (\`PNBSF_WRITE_DOCS=1 npm test -- test/docs/settings\`) ; un
test échoue quand elles en diffèrent.
`;

const GROUPS: readonly { readonly title: string; readonly has: (key: string) => boolean }[] = [
  { title: 'Bases de données et files', has: (key) => key.endsWith('_URL') || /^PNBSF_(QUEUE|POOL|CONC)/.test(key) },
  { title: 'X-Road', has: (key) => key.startsWith('XROAD_') },
  {
    title: 'Appels aux partenaires',
    has: (key) => /^PNBSF_(IN_FLIGHT|RATE|HOURS|SLOW|RETRY|BREAKER|ROUTE_FAILURES)/.test(key),
  },
  { title: 'Durées', has: (key) => key.endsWith('_MS') },
  { title: 'Général', has: () => true },
];

const ENVIRONMENT_INTRODUCTION = `# Réglages de pnbsf-cmu : à copier en .env. Une ligne en commentaire montre la valeur par défaut (docs/settings.md).
# Ce fichier, une fois rempli, contient des secrets : chmod 600 .env.

# --- compose.yaml seulement -------------------------------------------------------------------------------------------
# Mot de passe de la base, sans caractère réservé dans une adresse : openssl rand -hex 24
POSTGRES_PASSWORD=a-remplacer
`;

const RULE_WIDTH = 120;

/** `docs/settings.md`, made from the declared settings. */
export function settingsPage(settings: readonly Setting[]): string {
  const sections = grouped(settings).map(({ title, members }) =>
    [
      `## ${title}`,
      '',
      '| variable | par défaut | unité | rôle |',
      '|---|---|---|---|',
      ...members.map(({ key, fallback, unit, help }) =>
        tableRow([code(key), fallback === '' ? '' : code(fallback), unit, help]),
      ),
      '',
    ].join('\n'),
  );
  return [INTRODUCTION, ...sections].join('\n');
}

/** `.env.example`, made from the declared settings: every one of them, as a comment with its default. */
export function environmentExample(settings: readonly Setting[]): string {
  const sections = grouped(settings).map(({ title, members }) =>
    [
      `# --- ${title} ${'-'.repeat(RULE_WIDTH - title.length - 7)}`,
      ...members.map(
        ({ key, fallback, unit, help }) => `# ${help}${unit === '' ? '' : ` (${unit})`}\n#${key}=${fallback}`,
      ),
      '',
    ].join('\n'),
  );
  return [ENVIRONMENT_INTRODUCTION, ...sections].join('\n');
}

function grouped(settings: readonly Setting[]): readonly { title: string; members: readonly Setting[] }[] {
  const titleOf = (key: string): string | undefined => GROUPS.find(({ has }) => has(key))?.title;
  return GROUPS.map(({ title }) => ({ title, members: settings.filter(({ key }) => titleOf(key) === title) })).filter(
    ({ members }) => members.length > 0,
  );
}

function code(text: string): string {
  return `\`${text}\``;
}

function tableRow(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}
