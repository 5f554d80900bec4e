# syntax=docker/dockerfile:1
# Two stages: the compiler and the embedded PostgreSQL stay in the first; the image runs without root.

FROM node:20-bookworm-slim AS build
WORKDIR /build
COPY package.json package-lock.json tsconfig.json tsconfig.build.json ./
# Scripts wait for the sources: `prepare` compiles them.
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY src ./src
COPY jobs ./jobs
COPY adapters ./adapters
COPY fixtures ./fixtures
RUN npm run build \
  # What production runs with: no compiler, no test tools, no PostgreSQL of its own.
  && npm ci --omit=dev --omit=optional --ignore-scripts --no-audit --no-fund

FROM node:20-bookworm-slim
ENV NODE_ENV=production PNBSF_DATA=/data
WORKDIR /app
COPY --from=build /build/package.json ./
COPY --from=build /build/node_modules ./node_modules
COPY --from=build /build/dist ./dist
COPY --from=build /build/src/cli/launcher.mjs ./src/cli/launcher.mjs
COPY LICENSE ./
COPY sql ./sql
COPY config ./config
# The sandbox invents its people from these lists, and describes its services in these documents.
COPY fixtures/data ./fixtures/data
COPY fixtures/sandbox/descriptions ./fixtures/sandbox/descriptions
RUN install --directory --owner=node --group=node --mode=0700 /data
USER node
VOLUME /data

# A worker stops on SIGTERM once the registrations under way have ended, 120 s at most (XROAD_WRITE_MS). Give it 135 s
# or more before SIGKILL: `docker run --init --stop-timeout 140`, `stop_grace_period` in compose.yaml. Killed earlier it
# loses nobody, but its people wait for the settle window.
STOPSIGNAL SIGTERM

# A worker that cannot reach its database works for nobody. Read-only, and no partner is called.
HEALTHCHECK --interval=60s --timeout=10s --start-period=30s --retries=3 CMD ["node", "-e", \
  "const { Client } = require('pg'); const c = new Client({ connectionString: process.env.DATABASE_URL, connectionTimeoutMillis: 5000 }); c.connect().then(() => c.query('select 1 from run limit 1')).then(() => process.exit(0), () => process.exit(1))"]

ENTRYPOINT ["node", "src/cli/launcher.mjs"]
CMD ["worker"]
