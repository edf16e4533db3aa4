// `node scripts/record-histories.mjs`: runs the workflows' tests and keeps the history of every path they take that no file in
// test/histories/ shows yet. See docs/architecture.md for when to record anew, and when to use `patched` instead.
import './node-version.mjs';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * The part of a history event that is read here.
 * @typedef {{ eventType: string } & Record<string, unknown>} HistoryEvent
 */
/** @typedef {{ events: HistoryEvent[] }} History */

const root = join(import.meta.dirname, '..');
const folder = join(root, 'test/histories');
const recorded = mkdtempSync(join(tmpdir(), 'rid-histories-'));
const test = join(root, 'scripts/test.mjs');
const MAX_EVENTS = 1_000;
// Replays of the histories that exist show nothing new.
const tests = ['workflows/', '--testPathIgnorePatterns', 'node_modules', 'workflows/replay'];
const { status } = spawnSync(process.execPath, [test, '--record', recorded, ...tests], { stdio: 'inherit' });
if (status === 0) keepNewShapes();
rmSync(recorded, { recursive: true });
process.exitCode = status ?? 1;

function keepNewShapes() {
  const known = readdirSync(folder).map((file) => shapeOf(/** @type {History} */ (read(join(folder, file)))));
  const found = readdirSync(recorded)
    .map((file) => /** @type {{ test: string, history: History }} */ (read(join(recorded, file))))
    // Longer ones repeat the same paths.
    .filter(({ history }) => history.events.length < MAX_EVENTS)
    .map(({ test: name, history }) => ({ name, history, shape: shapeOf(history) }))
    // The longest first: one that begins like a longer one shows nothing that the longer does not.
    .sort((one, other) => other.shape.length - one.shape.length);
  let kept = 0;
  for (const { name, history, shape } of found) {
    if (known.some((other) => other.startsWith(shape))) continue;
    known.push(shape);
    kept += 1;
    // The worker's machine is of no interest.
    const text = JSON.stringify(history, (key, value) => (key === 'identity' ? undefined : value), 1);
    writeFileSync(join(folder, fileOf(history, name)), `${text}\n`);
  }
  process.stdout.write(`${found.length} histories recorded, ${kept} of them of a new shape\n`);
}

/**
 * What happened, in order: everything that replay compares, without ids, times, how long timers run, and contents.
 * @param {History} history
 */
function shapeOf({ events }) {
  return events
    .filter(({ eventType }) => !eventType.includes('WORKFLOW_TASK'))
    .map((event) => `${event.eventType.replace('EVENT_TYPE_', '')} ${nameIn(event)}\n`)
    .join('');
}

/**
 * The attributes of an event that name what it is about.
 * @typedef Attributes
 * @property {{ name?: string }} [activityType]
 * @property {{ name?: string }} [workflowType]
 * @property {string} [signalName]
 * @property {{ input?: { name?: string } }} [acceptedRequest]
 * @property {object} [failure]
 * @property {{ data?: { payloads?: { data: string }[] } }} [details]
 */

/** @param {HistoryEvent} event */
function nameIn(event) {
  const [, attributes] = Object.entries(event).find(([key]) => key.endsWith('EventAttributes')) ?? [];
  const about = /** @type {Attributes} */ (attributes ?? {});
  const marker = about.details?.data?.payloads?.[0]?.data;
  const local = marker && JSON.parse(Buffer.from(marker, 'base64').toString());
  const names = [
    about.activityType?.name ?? local?.activity_type,
    about.acceptedRequest?.input?.name ?? about.signalName ?? about.workflowType?.name,
    about.failure && 'failed',
  ];
  return names.filter((name) => typeof name === 'string').join(' ');
}

/**
 * @param {History} history
 * @param {string} name of the test
 */
function fileOf({ events: [first] }, name) {
  const started = /** @type {Attributes | undefined} */ (first?.workflowExecutionStartedEventAttributes);
  const type = started?.workflowType?.name;
  const slug = name
    .toLowerCase()
    .replaceAll(/[^a-z]+/g, '-')
    .replace(/^-?(a-(journey|matter)-)?/, '')
    .replace(/^(.{0,48}[a-z])(-.*)?$/, '$1');
  const taken = readdirSync(folder);
  for (let at = 1; ; at += 1) {
    const file = `${type}-${slug}${at > 1 ? `-${at}` : ''}.json`;
    if (!taken.includes(file)) return file;
  }
}

/**
 * @param {string} file
 * @returns {unknown}
 */
function read(file) {
  return JSON.parse(readFileSync(file, 'utf8'));
}
