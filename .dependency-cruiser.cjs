// The house, as rules: arrows run downwards only (docs/architecture.md draws it).
const layer = (name, from, to, comment) => ({
  name,
  severity: 'error',
  comment,
  from: { path: from },
  to: { path: to },
});

const io = '^(node:(fs|net|http|https|child_process|dns|tls)|pg|kysely|bullmq|ioredis|axios|undici|pino)';

module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-orphan-dependency', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'no-dev-dependency-in-product',
      severity: 'error',
      from: { path: '^(src|jobs|adapters|fixtures)/' },
      to: { dependencyTypes: ['npm-dev'] },
    },
    layer('domain-is-pure', '^src/domain/', io, 'The domain does no input or output.'),
    layer('domain-is-ground', '^src/domain/', '^(src/(?!domain/)|jobs|adapters|fixtures)', 'The domain knows nobody.'),
    layer('matching-is-pure', '^src/matching/', io, 'Matching is pure functions.'),
    layer(
      'matching-stands-on-domain',
      '^src/matching/',
      '^(src/(?!(matching|domain)/)|jobs|adapters|fixtures)',
      'Matching knows the domain only.',
    ),
    layer(
      'exchange-stands-on-domain',
      '^src/exchange/',
      '^(src/(?!(exchange|domain)/)|jobs|adapters|fixtures)',
      'The exchange client knows no partner and no store.',
    ),
    layer(
      'store-stands-on-domain',
      '^src/store/',
      '^(src/(?!(store|domain)/)|jobs|adapters|fixtures)',
      'The store knows the domain only.',
    ),
    layer(
      'adapters-know-ports-and-exchange',
      '^adapters/',
      '^(src/(?!(exchange|domain)/)|jobs|fixtures)',
      'An adapter speaks to one partner through the exchange; it never sees the store.',
    ),
    {
      name: 'adapters-do-not-know-each-other',
      severity: 'error',
      from: { path: '^adapters/([^/]+)/' },
      to: { path: '^adapters/', pathNot: '^adapters/$1/' },
    },
    layer(
      'pipeline-knows-ports-not-adapters',
      '^src/pipeline/',
      '^(src/(cli|console|reports|app)|jobs|adapters|fixtures)',
      'Steps know ports; src/app.ts hands them the adapters.',
    ),
    layer(
      'doctor-looks-only',
      '^src/doctor/',
      '^(src/(cli|console|pipeline|reports|app)|jobs|adapters|fixtures)',
      'The examination of an installation knows what it looks at, not what works with it.',
    ),
    layer('reports-know-the-store', '^src/reports/', '^(src/(cli|console|pipeline|app)|jobs|adapters|fixtures)', ''),
    layer('jobs-know-steps', '^jobs/', '^(src/(cli|console|app)|adapters|fixtures)', 'A job calls a step or a report.'),
    layer('fixtures-know-the-domain', '^fixtures/', '^(src/(?!domain/)|jobs|adapters)', 'The sandbox is independent.'),
    {
      name: 'only-faces-and-app-see-fixtures',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(cli|app)' },
      to: { path: '^fixtures/' },
    },
    layer('nobody-imports-the-faces', '^(src/(?!cli/)|jobs|adapters|fixtures)', '^src/cli/', ''),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.mjs', '.js'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node'],
    },
  },
};
