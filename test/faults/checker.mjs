import { openDatabase, openTemporal } from '../drivers/servers.mjs';

/** @import { Client } from '@temporalio/client' */
/** @import { Connection as DatabaseConnection, RowDataPacket } from 'mysql2/promise' */
/** @import { Urls } from '../../scripts/stack.mjs' */
/** A journey that ended, and how many commands it took. @typedef {{ journey: string, externalId: string, commands: number, decisions: number }} Subject */
/** @typedef {Awaited<ReturnType<typeof openChecker>>} Checker */

/**
 * Says what is wrong after a journey went through a fault, by what stands in the database, in Temporal's history, and at the
 * vendor and the registration system. It shares no code with what it checks.
 * @param {Urls} urls
 */
export async function openChecker(urls) {
  const client = await openTemporal(urls);
  return {
    /** @param {Subject} subject */
    async defectsOf({ journey, externalId, commands, decisions }) {
      const database = await openDatabase(urls);
      try {
        return [
          ...(await ofAttempts(database, journey)),
          ...(await ofConfirmations(database, journey, externalId)),
          ...(await ofVendor(database, journey)),
          ...(await ofHistory(client, journey, commands + decisions)),
          ...(await ofCallbacks(externalId)),
          ...(await ofMessages(database, journey)),
        ];
      } finally {
        await database.end();
      }
    },
    client,
    close: () => client.connection.close(),
  };

  /** @param {string} externalId */
  async function ofCallbacks(externalId) {
    /** @type {{ verified: { event: string, body: { matter: { externalId: string } } }[], rejected: object }} */
    const { verified, rejected } = await read(`${urls.registrySandbox}/admin/callbacks`);
    const events = verified
      .filter(({ body }) => body.matter.externalId === externalId)
      .map(({ event }) => event)
      .sort();
    return [
      ...differs('callbacks counted', events, [
        'confirmation.confirmed',
        'invitation.issued',
        'matter.confirmed',
      ]),
      ...differs('callbacks rejected', Object.keys(rejected), []),
    ];
  }

  /**
   * Sent once or, if the reply was lost, twice; nothing waits to be sent for ever.
   * @param {DatabaseConnection} database
   * @param {string} journey
   */
  async function ofMessages(database, journey) {
    const [{ number } = {}] = await rowsOf(
      database,
      'SELECT DISTINCT e.number FROM confirmations c JOIN evidence e ON e.id = c.evidence_id WHERE c.journey_id = ?',
      [journey],
    );
    /** @type {{ data: { keyword1: { value: string } } }[]} */
    const messages = await read(`${urls.alipaySandbox}/admin/messages`);
    const isSent = messages.some(({ data }) => data.keyword1.value === number);
    const waiting = await rowsOf(
      database,
      'SELECT m.evidence_id FROM messages m JOIN evidence e ON e.id = m.evidence_id WHERE e.number = ?',
      [number ?? ''],
    );
    return [...differs('the message sent', isSent, true), ...differs('messages waiting', waiting.length, 0)];
  }

  /**
   * Every attempt is one bill or one order at the vendor, and there are no others.
   * @param {DatabaseConnection} database
   * @param {string} journey
   */
  async function ofVendor(database, journey) {
    const ledger = await rowsOf(database, 'SELECT id, purpose, state FROM attempts WHERE journey_id = ?', [
      journey,
    ]);
    /** @type {{ outerOrderNo: string, state: string }[]} */
    const bills = await read(`${urls.alipaySandbox}/admin/bills`);
    /** @type {{ cardOrders: { order: string }[] }} */
    const { cardOrders } = await read(`${urls.alipaySandbox}/admin/calls`);
    /** @param {string[]} purposes */
    const ids = (purposes) => ledger.filter(({ purpose }) => purposes.includes(purpose)).map(({ id }) => id);
    const billed = bills.filter(({ outerOrderNo }) =>
      ids(['identity-face', 'matter-face']).includes(outerOrderNo),
    );
    const ordered = cardOrders.filter(({ order }) => ids(['bank-card']).includes(order));
    return [
      ...differs('bills passed', billed.filter(({ state }) => state === 'passed').length, 2),
      ...differs('bills', billed.length, 2),
      ...differs('bank card orders', ordered.length, 1),
    ];
  }
}

/**
 * @param {DatabaseConnection} database
 * @param {string} journey
 */
async function ofAttempts(database, journey) {
  const rows = await rowsOf(
    database,
    'SELECT purpose, state, COUNT(*) AS n FROM attempts WHERE journey_id = ? GROUP BY purpose, state ORDER BY purpose, state',
    [journey],
  );
  const found = rows.map(({ purpose, state, n }) => `${purpose} ${state} ${n}`);
  const used = await rowsOf(
    database,
    "SELECT COUNT(used_by) AS n FROM attempts WHERE journey_id = ? AND purpose = 'matter-face'",
    [journey],
  );
  return [
    ...differs('attempts', found, [
      'bank-card passed 1',
      'certificate passed 1',
      'identity-face passed 1',
      'matter-face passed 1',
    ]),
    ...differs('face checks used up', used[0]?.n, 1),
  ];
}

/**
 * @param {DatabaseConnection} database
 * @param {string} journey
 * @param {string} externalId
 */
async function ofConfirmations(database, journey, externalId) {
  const [matter] = await rowsOf(database, 'SELECT id, state FROM matters WHERE external_id = ?', [
    externalId,
  ]);
  const confirmations = await rowsOf(
    database,
    'SELECT state, COUNT(*) AS n, COUNT(DISTINCT update_id) AS updates, COUNT(DISTINCT evidence_id) AS evidence FROM confirmations WHERE matter_id = ? GROUP BY state',
    [matter?.id],
  );
  const [evidence] = await rowsOf(database, 'SELECT COUNT(*) AS n FROM evidence WHERE matter_id = ?', [
    matter?.id,
  ]);
  const deliveries = await rowsOf(
    database,
    'SELECT event, state FROM deliveries WHERE matter_id = ? ORDER BY event',
    [matter?.id],
  );
  const [row] = await rowsOf(database, 'SELECT step, stuck_cause FROM journeys WHERE id = ?', [journey]);
  return [
    ...differs('matter', matter?.state, 'confirmed'),
    ...differs('confirmations', confirmations, [{ state: 'confirmed', n: 2, updates: 1, evidence: 1 }]),
    ...differs('evidence', evidence?.n, 1),
    ...differs('deliveries', deliveries, [
      { event: 'confirmation.confirmed', state: 'acknowledged' },
      { event: 'invitation.issued', state: 'acknowledged' },
      { event: 'matter.confirmed', state: 'acknowledged' },
    ]),
    ...differs('journey', row, { step: 'closed', stuck_cause: null }),
  ];
}

/**
 * Every command was taken once, and no workflow task has failed.
 * @param {Client} client
 * @param {string} journey
 * @param {number} commands
 */
async function ofHistory(client, journey, commands) {
  const { status } = await client.workflow.getHandle(journey).describe();
  const { events } = await client.workflow.getHandle(journey).fetchHistory();
  const accepted = (events ?? []).flatMap(({ workflowExecutionUpdateAcceptedEventAttributes: of }) =>
    of ? [of.protocolInstanceId] : [],
  );
  const failed = (events ?? []).filter((event) => event.workflowTaskFailedEventAttributes);
  return [
    ...differs('workflow', status.name, 'COMPLETED'),
    ...differs('commands taken', accepted.length, commands),
    ...differs('commands taken, each once', new Set(accepted).size, accepted.length),
    ...differs('workflow tasks failed', failed.length, 0),
  ];
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

/**
 * @param {DatabaseConnection} database
 * @param {string} sql
 * @param {unknown[]} values
 * @returns {Promise<Record<string, any>[]>}
 */
async function rowsOf(database, sql, values) {
  /** @type {[RowDataPacket[], unknown]} */
  const [rows] = await database.query(sql, values);
  return rows.map((row) => ({ ...row }));
}

/**
 * @param {string} url
 * @returns {Promise<any>}
 */
async function read(url) {
  return await (await fetch(url)).json();
}
