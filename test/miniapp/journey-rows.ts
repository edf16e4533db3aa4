import type { Stage } from '../setup/stage';

/** The journey that moved last. */
export async function latestJourney({ rowsOf }: Stage): Promise<string> {
  const [{ id }] = (await rowsOf('SELECT id FROM journeys ORDER BY updated_at DESC LIMIT 1')) as [
    { id: string },
  ];
  return id;
}

/** Repeats the one face check that has failed, so that only one more may fail today. */
export async function leaveOneAttempt({ rowsOf }: Stage, journey: string): Promise<void> {
  const columns = (await rowsOf(
    "SELECT column_name AS name FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = 'attempts'",
  )) as { name: string }[];
  const values = columns.map(({ name }) => {
    if (name === 'id') return "REPLACE(UUID(), '-', '')";
    return name === 'command' || name === 'certify_id' ? 'UUID()' : name;
  });
  for (let failures = 1; failures < 9; failures += 1)
    await rowsOf(
      `INSERT INTO attempts (${columns.map(({ name }) => name).join(', ')})
       SELECT ${values.join(', ')} FROM attempts
        WHERE journey_id = '${journey}' AND purpose = 'identity-face' LIMIT 1`,
    );
}
