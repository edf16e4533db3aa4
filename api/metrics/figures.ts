import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { readFigures } from '../../db/maintenance/figures';
import type { FigureSettings } from '../../db/maintenance/figures';
import type { Store } from '../../db/store/store';
import { timeVendorCalls } from '../../platform/vendor-call-metrics';
import type { JourneyCommands, Outcome } from '../journeys/commands';

/** What is counted here, and the text that Prometheus reads. No label holds anything that a client can choose. */
export interface ApiFigures {
  /** The same commands, counted and timed. */
  counting(journeys: JourneyCommands): JourneyCommands;
  /** A try to sign in, or a question before it, under no known account: it is not recorded (api/clerk/audit.ts). */
  visitWithoutAccount(about: { action: string; result: string }): void;
  request(about: { method: string; route: string | undefined; status: number; seconds: number }): void;
  vendorCall: ReturnType<typeof timeVendorCalls>;
  /** In Prometheus' text format, with what the database says at this moment. */
  text(): Promise<string>;
}

// A command takes 10 to 60 ms. A phone whose vendor hangs is answered after 8 s, or 9 if Temporal is silent too, and a page that waits after 15.
const BUCKETS = [0.005, 0.01, 0.02, 0.03, 0.05, 0.08, 0.13, 0.25, 0.5, 1, 2, 4, 8, 10, 20];

// Only accepted commands count. A rejection comes at once, and many of them would hide that the rest is slow.
const waitedFor: readonly Outcome['outcome'][] = ['done', 'accepted', 'unknown'];

export function createApiFigures(store: Store, settings: FigureSettings, now: () => Date): ApiFigures {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const commands = new Counter({
    name: 'journey_commands_total',
    help: 'Commands said to journeys, by what became of them',
    labelNames: ['command', 'outcome'] as const,
    registers,
  });
  const steps = new Histogram({
    name: 'journey_command_seconds',
    help: 'How long a person waits after a command, for the next step or to be told to ask again',
    labelNames: ['command'] as const,
    buckets: BUCKETS,
    registers,
  });
  const requests = new Histogram({
    name: 'http_request_seconds',
    help: 'Requests by route and status',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: BUCKETS,
    registers,
  });
  const visits = new Counter({
    name: 'clerk_visits_without_account_total',
    help: 'Calls of clerks’ routes before the sign-in that name no account, by what became of them',
    labelNames: ['action', 'result'] as const,
    registers,
  });
  const gauge = <L extends string>(name: string, help: string, labelNames: readonly L[] = []) =>
    new Gauge<L>({ name, help, labelNames: [...labelNames], registers });
  const stuck = gauge('journeys_stuck', 'Journeys that wait for a clerk', ['cause']);
  const attempts = gauge('attempts_today', 'Attempts of the present day in China', ['purpose', 'state']);
  const held = gauge('matters_held', 'Matters that all have confirmed and that stay open', ['reason']);
  const waiting = gauge('callbacks_waiting', 'Callbacks that no registration system has acknowledged');
  const oldest = gauge('callbacks_oldest_seconds', 'Age of the oldest callback that waits');
  const faces = gauge('stored_faces', 'Persons with a stored portrait; at 100,000 it must be filed');
  const sealing = gauge('evidence_incomplete', 'Confirmations whose proofs are not complete', ['state']);
  const sealingAge = gauge('evidence_incomplete_oldest_seconds', 'Age of the oldest of them', ['state']);
  const logSize = gauge('log_size', 'Leaves of the transparency log under its newest checkpoint');
  const logAge = gauge('log_checkpoint_age_seconds', 'Age of that checkpoint');
  const logUnstamped = gauge(
    'log_unstamped_seconds',
    'How long the log has leaves that no time stamp covers',
  );
  const logWaiting = gauge('log_entries_waiting', 'Entries of the transparency log that have no leaf yet');

  async function counted(command: string, work: () => Promise<Outcome>): Promise<Outcome> {
    const took = steps.startTimer({ command });
    const result = await work();
    if (waitedFor.includes(result.outcome)) took();
    const outcome = result.outcome === 'rejected' ? result.rejection : result.outcome;
    commands.inc({ command, outcome });
    return result;
  }

  return {
    counting: (journeys) => ({
      enter: (payload) => counted('enter', () => journeys.enter(payload)),
      send: (payload) => counted(payload.command, () => journeys.send(payload)),
    }),
    visitWithoutAccount: (about) => visits.inc(about),
    request({ method, route = 'unknown', status, seconds }) {
      requests.observe({ method, route, status }, seconds);
    },
    vendorCall: timeVendorCalls(registry),
    async text() {
      const figures = await readFigures(store.knex, settings, now());
      for (const one of [stuck, attempts, held, sealing, sealingAge]) one.reset();
      for (const { cause, count } of figures.stuck) stuck.set({ cause }, count);
      for (const { purpose, state, count } of figures.attempts) attempts.set({ purpose, state }, count);
      for (const { reason, count } of figures.held) held.set({ reason }, count);
      waiting.set(figures.callbacksWaiting);
      oldest.set(figures.oldestCallbackSeconds);
      faces.set(figures.storedFaces);
      for (const { state, count, oldestSeconds } of figures.sealing) {
        sealing.set({ state }, count);
        sealingAge.set({ state }, oldestSeconds);
      }
      logSize.set(figures.log.size);
      logAge.set(figures.log.checkpointAgeSeconds);
      logUnstamped.set(figures.log.unstampedSeconds);
      logWaiting.set(figures.log.entriesWaiting);
      return await registry.metrics();
    },
  };
}
