import type { Manual } from './chapters';

export function flagChapters({ stage, withClerk, chapter }: Manual): void {
  chapter('风险提示', async ({ look, inspect }) => {
    // The phone of somebody who has signed has served five others.
    const [confirmed] = (await stage.rowsOf(
      `SELECT to_do_id AS toDo, matter_id AS matter, person_key AS person
       FROM confirmations WHERE state = 'confirmed' LIMIT 1`,
    )) as { toDo: string; matter: string; person: string }[];
    const { toDo, matter, person } = confirmed!;
    const device = 'd'.repeat(64);
    await stage.rowsOf(`UPDATE attempts SET device = '${device}' WHERE person_key = '${person}'`);
    for (let n = 0; n < 5; n += 1)
      await stage.rowsOf(`INSERT INTO attempts (id, purpose, journey_id, account, person_key, debits, day, state, command, started_at, ended_at, device)
        SELECT LPAD('${n}', 32, '0'), 'identity-face', 'journey-x', account, LPAD('${n}', 64, 'e'), 'person', day, 'passed', LPAD('${n}', 64, 'f'),
        started_at, ended_at, '${device}' FROM attempts WHERE person_key = '${person}' AND state = 'passed' LIMIT 1`);
    await stage.rowsOf(`INSERT INTO flags (id, to_do_id, matter_id, person_key, kind, severity, raised_at)
      VALUES (UUID(), '${toDo}', '${matter}', '${person}', 'device-shared', 'severe', UTC_TIMESTAMP(3))`);
    await withClerk({ login: 'reviewer-1' }, async (clerk) => {
      await clerk.page.getByRole('link', { name: '风险提示' }).click();
      await clerk.page.getByRole('link', { name: '查看提示原因' }).waitFor();
      await inspect(clerk, 'flags');
      await clerk.page.getByRole('link', { name: '查看提示原因' }).click();
      await clerk.isAt('提示原因');
      await clerk.page.getByText('手机 1', { exact: true }).first().waitFor();
      await inspect(clerk, 'flag');
      await clerk.press('排除风险');
      await clerk.page.getByRole('dialog', { name: '排除风险' }).waitFor();
      await clerk.giveReason('已联系当事人，确认由本人办理。');
      await look(clerk);
      await clerk.press('确认排除');
      await clerk.shows(/复核：排除风险/);
      await look(clerk);
    });
    // The figures of the next chapter know nobody of them.
    await stage.rowsOf("DELETE FROM attempts WHERE journey_id = 'journey-x'");
  });
}
