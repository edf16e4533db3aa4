import { createHash } from 'node:crypto';
import { readCallbacks } from '../drivers/sandboxes.mjs';
import { openDatabase, openTemporal } from '../drivers/servers.mjs';

/**
 * @import { Client } from '@temporalio/client'
 * @import { Connection as DatabaseConnection, RowDataPacket } from 'mysql2/promise'
 * @import { Urls } from '../../scripts/stack.mjs'
 */

/**
 * Says what is wrong in all matters and journeys together, by what stands in MySQL, in the histories, at the registration system and in
 * the transparency log. It shares no code with the product, and does not know what phones and clerks did.
 * @param {Urls} urls
 * @returns how much there was to judge, and the defects
 */
export async function judge(urls) {
  const database = await openDatabase(urls);
  const temporal = await openTemporal(urls);
  try {
    const signed = await rowsOf(database, SIGNED);
    const journeys = await rowsOf(database, 'SELECT id, step FROM journeys');
    const histories = await historiesOf(temporal, journeys);
    const counts = { signed: signed.length, journeys: journeys.length, leaves: 0 };
    const defects = [
      ...(await ofMatters(database)),
      ...ofSignatures(signed, histories),
      ...(await ofEvidence(database)),
      ...ofHistories(journeys, histories),
      ...(await ofDeliveries(database, urls)),
      ...(await ofLog(database, counts)),
    ];
    return { counts, defects };
  } finally {
    await database.end();
    await temporal.connection.close();
  }
}

/** One row for what one person signed in one matter. */
const SIGNED = `
  SELECT c.matter_id AS matter, c.person_key AS person, COUNT(*) AS roles, COUNT(DISTINCT c.evidence_id) AS evidence,
      COUNT(c.evidence_id) AS sealed, COUNT(DISTINCT c.update_id) AS updates, MIN(c.update_id) AS update_id,
      MIN(c.journey_id) AS journey,
      (SELECT COUNT(*) FROM attempts a WHERE a.used_by = MIN(c.update_id) AND a.purpose = 'matter-face' AND a.state = 'passed') AS faces
    FROM confirmations c WHERE c.state = 'confirmed' GROUP BY c.matter_id, c.person_key`;

/** A matter is confirmed if and only if everybody has confirmed. @param {DatabaseConnection} database */
async function ofMatters(database) {
  const rows = await rowsOf(
    database,
    `SELECT m.id, m.state, SUM(c.state IN ('confirmed', 'carried')) AS confirmed, SUM(c.state = 'refused') AS refused, COUNT(*) AS n
       FROM matters m JOIN confirmations c ON c.matter_id = m.id GROUP BY m.id, m.state`,
  );
  return rows.flatMap(({ id, state, confirmed, refused, n }) => {
    const isWhole = Number(confirmed) === Number(n);
    const expected = Number(refused) > 0 ? ['refused', 'frozen'] : isWhole ? ['confirmed'] : OPEN;
    return expected.includes(state)
      ? []
      : [`${id} is ${state} with ${confirmed} confirmed and ${refused} refused of ${n}`];
  });
}

const OPEN = ['open', 'withdrawn', 'superseded', 'expired'];

/**
 * Each signature is one command that the journey took once and carried out, one face check and one piece of evidence.
 * @param {Row[]} signed
 * @param {Map<string, History>} histories
 */
function ofSignatures(signed, histories) {
  return signed.flatMap(({ matter, journey, roles, evidence, sealed, updates, update_id, faces }) => {
    const history = histories.get(journey);
    const taken = history?.accepted.filter(({ id }) => id === update_id) ?? [];
    return [
      ...differs(`${matter}: evidence`, [evidence, sealed], [1, roles]),
      ...differs(`${matter}: commands`, updates, 1),
      ...differs(`${matter}: face checks used`, faces, 1),
      ...differs(
        `${matter}: taken by ${journey}`,
        taken.map(({ name }) => name),
        ['sign'],
      ),
    ];
  });
}

/** There is none without a signature, and none twice. @param {DatabaseConnection} database */
async function ofEvidence(database) {
  const loose = await rowsOf(
    database,
    "SELECT e.id FROM evidence e WHERE NOT EXISTS (SELECT 1 FROM confirmations c WHERE c.evidence_id = e.id AND c.state IN ('confirmed', 'void'))",
  );
  const doubled = await rowsOf(
    database,
    'SELECT matter_id, person_key FROM evidence GROUP BY matter_id, person_key HAVING COUNT(*) > 1',
  );
  const reused = await rowsOf(
    database,
    'SELECT used_by FROM attempts WHERE used_by IS NOT NULL GROUP BY used_by, purpose HAVING COUNT(*) > 1',
  );
  return [
    ...loose.map(({ id }) => `evidence ${id} of no signature`),
    ...doubled.map(({ matter_id }) => `${matter_id} has evidence of one person twice`),
    ...reused.map(({ used_by }) => `command ${used_by} used up several checks`),
  ];
}

/**
 * Every command was taken once and came to an end, and the projection says whether the journey is over.
 * @param {Row[]} journeys
 * @param {Map<string, History>} histories
 */
function ofHistories(journeys, histories) {
  return journeys.flatMap(({ id, step }) => {
    const history = histories.get(id);
    if (!history) return [`${id} has no history`];
    const { accepted, completed, failed, status } = history;
    const ids = accepted.map((one) => one.id);
    return [
      ...differs(`${id}: commands taken, each once`, new Set(ids).size, ids.length),
      ...differs(`${id}: commands carried out`, completed, ids.length),
      ...differs(`${id}: workflow tasks failed`, failed, 0),
      ...differs(`${id}: ${step}`, status, step === 'closed' ? 'COMPLETED' : 'RUNNING'),
    ];
  });
}

/** @typedef {{ status: string, accepted: { id: string, name: string }[], completed: number, failed: number }} History */

/**
 * @param {Client} temporal
 * @param {Row[]} journeys
 */
async function historiesOf(temporal, journeys) {
  /** @type {Map<string, History>} */
  const histories = new Map();
  for (const { id } of journeys) {
    const handle = temporal.workflow.getHandle(id);
    const { status } = await handle.describe();
    const { events = [] } = await handle.fetchHistory();
    const all = events ?? [];
    histories.set(id, {
      status: status.name,
      accepted: all.flatMap(({ workflowExecutionUpdateAcceptedEventAttributes: of }) =>
        of ? [{ id: of.protocolInstanceId ?? '', name: of.acceptedRequest?.input?.name ?? '' }] : [],
      ),
      completed: all.filter((event) => event.workflowExecutionUpdateCompletedEventAttributes).length,
      failed: all.filter((event) => event.workflowTaskFailedEventAttributes).length,
    });
  }
  return histories;
}

/**
 * The registration system verified everything that it is to be told, and nothing else.
 * @param {DatabaseConnection} database
 * @param {Urls} urls
 */
async function ofDeliveries(database, urls) {
  const rows = await rowsOf(
    database,
    "SELECT d.event, m.external_id AS matter, d.state FROM deliveries d JOIN matters m ON m.id = d.matter_id WHERE d.state <> 'feed-only'",
  );
  const { verified, rejected } = await readCallbacks(urls);
  const waiting = rows.filter(({ state }) => state !== 'acknowledged');
  const told = rows.map(({ event, matter }) => `${event} ${matter}`).sort();
  const heard = verified.map(({ event, body }) => `${event} ${body.matter.externalId}`).sort();
  return [
    ...waiting.map(({ event, matter, state }) => `${event} of ${matter} is ${state}`),
    ...differs('callbacks rejected', Object.keys(rejected), []),
    ...without(told, heard).map((one) => `${one} was not heard`),
    ...without(heard, told).map((one) => `${one} was heard and is nowhere written`),
  ];
}

/**
 * Each piece of evidence is one leaf, the leaves have no gap, and the newest checkpoint is their root.
 * @param {DatabaseConnection} database
 * @param {{ leaves: number }} counts is told how many leaves there are
 */
async function ofLog(database, counts) {
  const leaves = await rowsOf(
    database,
    'SELECT position, entry, hash FROM log_hashes WHERE level = 0 ORDER BY position',
  );
  const [waiting] = await rowsOf(database, 'SELECT COUNT(*) AS n FROM log_waiting');
  const evidence = await rowsOf(database, 'SELECT sha256 FROM evidence');
  const [newest] = await rowsOf(database, 'SELECT note FROM log_checkpoints ORDER BY tree_size DESC LIMIT 1');
  const [, size, root] = String(newest?.note ?? '').split('\n');
  const hashes = leaves.map(({ entry }) => sha256(Buffer.from([0]), Buffer.from(entry)));
  const entries = new Set(leaves.map(({ entry }) => entry));
  counts.leaves = leaves.length;
  return [
    ...differs('entries that wait for a leaf', waiting?.n, 0),
    ...differs(
      'positions of leaves',
      leaves.every(({ position }, at) => Number(position) === at),
      true,
    ),
    ...differs(
      'hashes of leaves',
      leaves.every(({ hash }, at) => hashes[at]?.equals(hash)),
      true,
    ),
    ...evidence.flatMap(({ sha256: hash }) =>
      entries.has(`evidence ${hash}`) ? [] : [`evidence with hash ${hash} has no leaf`],
    ),
    ...differs('size of the newest checkpoint', Number(size), leaves.length),
    ...differs('root of the newest checkpoint', root, rootOf(hashes).toString('base64')),
  ];
}

/** RFC 6962. @param {Buffer[]} hashes @returns {Buffer} */
function rootOf(hashes) {
  const [only] = hashes;
  if (!only) return sha256();
  if (hashes.length === 1) return only;
  const half = 2 ** Math.floor(Math.log2(hashes.length - 1));
  return sha256(Buffer.from([1]), rootOf(hashes.slice(0, half)), rootOf(hashes.slice(half)));
}

/** @param {Buffer[]} parts */
function sha256(...parts) {
  return createHash('sha256').update(Buffer.concat(parts)).digest();
}

/** The rest of a list once each of the others has taken one. @param {string[]} list @param {string[]} others */
function without(list, others) {
  const left = [...others];
  return list.filter((one) => {
    const at = left.indexOf(one);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

/**
 * @param {string} what
 * @param {unknown} found
 * @param {unknown} expected
 */
function differs(what, found, expected) {
  const [is, should] = [JSON.stringify(found), JSON.stringify(expected)];
  return is === should ? [] : [`${what}: ${is} instead of ${should}`];
}

/** @typedef {Record<string, any>} Row */

/**
 * @param {DatabaseConnection} database
 * @param {string} sql
 * @returns {Promise<Row[]>}
 */
async function rowsOf(database, sql) {
  /** @type {[RowDataPacket[], unknown]} */
  const [rows] = await database.query(sql);
  return rows;
}
