import request from 'supertest';
import { startApi } from '../../test/setup/api';

test('the mini-program is told which messages to ask for, none where none is configured', async () => {
  const [silent, telling] = [await startApi(), await startApi({ messageTemplates: ['template'] })];
  const channel = async ({ server }: typeof silent) =>
    (await request(server).get('/api/channels/alipay')).body as unknown;
  expect(await channel(silent)).toEqual({ messageTemplates: [] });
  expect(await channel(telling)).toEqual({ messageTemplates: ['template'] });
  await silent.end();
  await telling.end();
});
