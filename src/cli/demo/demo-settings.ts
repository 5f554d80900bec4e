import { readConfig, type Config } from '../../config.ts';

/**
 * Production times divided by 60 to 200, so that a night with lost answers ends within a minute. Their order stays:
 * settle window > write deadline, lease > three write deadlines.
 */
const DEMO_TIMES = {
  XROAD_CONNECT_MS: '1000',
  XROAD_READ_MS: '3000',
  XROAD_WRITE_MS: '2000',
  PNBSF_SETTLE_MS: '2500',
  PNBSF_LEASE_MS: '30000',
  PNBSF_FIRST_PAUSE_MS: '300',
  PNBSF_LONGEST_PAUSE_MS: '2000',
  PNBSF_ROUTE_PAUSE_MS: '1000',
  PNBSF_HOLDER_PAUSE_MS: '300',
  PNBSF_RUN_PATIENCE_MS: '30000',
  PNBSF_SWEEP_MS: '100',
};

/** Configuration of the demonstration: everything embedded, whatever the environment says. */
export function demoConfig(dataDirectory: string, securityServer: string): Config {
  return readConfig({
    ...DEMO_TIMES,
    PNBSF_DATA: dataDirectory,
    PNBSF_LOG: process.env['PNBSF_LOG'] ?? 'error',
    XROAD_SECURITY_SERVERS: securityServer,
  });
}
