/** The servers that `npm test` started for this run. */
export interface TestServers {
  /** The server, as the owner of every schema whose name begins with `test_`. No schema is named. */
  databaseUrl: string;
  /** The same server, as a user who may do everything. */
  databaseAdminUrl: string;
  /** A dev server with the search attributes registered, `host:port`. */
  temporalAddress: string;
  /** Path of the Temporal CLI. */
  temporalCli: string;
  /** Path of the time-skipping server, for `createTimeSkipping({ server: { executable: { type: 'existing-path', path } } })`. */
  timeSkippingServer: string;
  /** A browser's program. */
  chromium: string;
  /** Where the histories of workflows go, while they are being recorded (scripts/record-histories.mjs). */
  recordTo?: string;
  /** Where the pictures of the manual go, while they are being taken (`npm run manual`). */
  picturesTo?: string;
  picturesWidth?: number;
  /** How many interleavings are tried, and from which seed (`npm run interleavings`). */
  interleavings?: { seeds?: number; seed?: number };
}

/** @throws if the test was started by jest itself and not by `npm test` */
export function servers(): TestServers {
  const { testServers } = globalThis as { testServers?: TestServers };
  if (!testServers) throw new Error('This test needs servers: run it with `npm test -- <part of its path>`.');
  return testServers;
}
