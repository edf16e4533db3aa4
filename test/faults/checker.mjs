import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { Client, Connection } = require('@temporalio/client');
const { createConnection } = require('mysql2/promise');

/**
 * Says what is wrong after a journey went through a fault, by what stands in the database, in Temporal's history, and at the
 * vendor and the registration system. It shares no code with what it checks.
 */
export async function openChecker(urls) {
  const connection = await Connection.connect({ address: urls.temporalAddress });
  const client = new Client({ connection });
  return {
    async defectsOf({ journey, externalId, commands, decisions }) {
      const database = await createConnection({ uri: urls.databaseUrl });
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
    close: () => connection.close(),
  };

  async function ofCallbacks(externalId) {
    const { verified, rejected } = await read(`${urls.registrySandbox}/admin/callbacks`);
    const events = verified
      .filter(({ body }) => body.matter.externalId === externalId)
      .map(({ event }) => event)
      .sort();
    return [
      ...differs('callbacks counted', events, ['confirmation.confirmed', 'matter.confirmed']),
      ...differs('callbacks rejected', Object.keys(rejected), []),
    ];
  }

  /** Sent once or, where the reply was lost, twice; nothing waits to be sent for ever. */
  async function ofMessages(database, journey) {
    const [{ number } = {}] = await rowsOf(
      database,
      'SELECT DISTINCT e.number FROM confirmations c JOIN evidence e ON e.id = c.evidence_id WHERE c.journey_id = ?',
      [journey],
    );
    const messages = await read(`${urls.alipaySandbox}/admin/messages`);
    const told = messages.some(({ data }) => data.keyword1.value === number);
    const waiting = await rowsOf(
      database,
      'SELECT m.evidence_id FROM messages m JOIN evidence e ON e.id = m.evidence_id WHERE e.number = ?',
      [number ?? ''],
    );
    return [...differs('the person told', told, true), ...differs('messages waiting', waiting.length, 0)];
  }

  /** Every attempt that was asked for is one bill or one order at the vendor, and there is none that nobody knows. */
  async function ofVendor(database, journey) {
    const ledger = await rowsOf(database, 'SELECT id, purpose, state FROM attempts WHERE journey_id = ?', [
      journey,
    ]);
    const bills = await read(`${urls.alipaySandbox}/admin/bills`);
    const { cardOrders } = await read(`${urls.alipaySandbox}/admin/calls`);
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
    ...differs('face checks used up', used[0].n, 1),
  ];
}

async function ofConfirmations(database, journey, externalId) {
  const [matter] = await rowsOf(database, 'SELECT id, state FROM matters WHERE external_id = ?', [
    externalId,
  ]);
  const confirmations = await rowsOf(
    database,
    'SELECT state, COUNT(*) AS n, COUNT(DISTINCT update_id) AS updates, COUNT(DISTINCT evidence_id) AS evidence FROM confirmations WHERE matter_id = ? GROUP BY state',
    [matter.id],
  );
  const [evidence] = await rowsOf(database, 'SELECT COUNT(*) AS n FROM evidence WHERE matter_id = ?', [
    matter.id,
  ]);
  const deliveries = await rowsOf(
    database,
    'SELECT event, state FROM deliveries WHERE matter_id = ? ORDER BY event',
    [matter.id],
  );
  const [row] = await rowsOf(database, 'SELECT step, stuck_cause FROM journeys WHERE id = ?', [journey]);
  return [
    ...differs('matter', matter.state, 'confirmed'),
    ...differs('confirmations', confirmations, [{ state: 'confirmed', n: 2, updates: 1, evidence: 1 }]),
    ...differs('evidence', evidence.n, 1),
    ...differs('deliveries', deliveries, [
      { event: 'confirmation.confirmed', state: 'acknowledged' },
      { event: 'matter.confirmed', state: 'acknowledged' },
    ]),
    ...differs('journey', row, { step: 'closed', stuck_cause: null }),
  ];
}

/** Every command was taken once, and no workflow task has failed. */
async function ofHistory(client, journey, commands) {
  const { status } = await client.workflow.getHandle(journey).describe();
  const { events } = await client.workflow.getHandle(journey).fetchHistory();
  const accepted = events.flatMap(({ workflowExecutionUpdateAcceptedEventAttributes: of }) =>
    of ? [of.protocolInstanceId] : [],
  );
  const failed = events.filter((event) => event.workflowTaskFailedEventAttributes);
  return [
    ...differs('workflow', status.name, 'COMPLETED'),
    ...differs('commands taken', accepted.length, commands),
    ...differs('commands taken, each once', new Set(accepted).size, accepted.length),
    ...differs('workflow tasks failed', failed.length, 0),
  ];
}

function differs(what, found, expected) {
  const [is, should] = [JSON.stringify(found), JSON.stringify(expected)];
  return is === should ? [] : [`${what}: ${is} instead of ${should}`];
}

async function rowsOf(database, sql, values) {
  const [rows] = await database.query(sql, values);
  return rows.map((row) => ({ ...row }));
}

async function read(url) {
  return await (await fetch(url)).json();
}
