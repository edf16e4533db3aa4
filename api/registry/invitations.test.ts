import { renderSVG } from 'uqr';
import request from 'supertest';
import { AlipayError } from '../../alipay/errors';
import { withdrawMatter } from '../../db/matters/matters';
import type { MatterContent } from '../../domain/matter';
import { matterOf, personOf } from '../../test/matters';
import { startApi } from '../../test/setup/api';
import type { TestApi } from '../../test/setup/api';
import { holdJourney } from '../../test/setup/held-journey';
import type { HeldJourney } from '../../test/setup/held-journey';
import { createMiniProgramLinks } from '../../alipay/mini-program-links';
import type { Gateway } from '../../alipay/gateway';
import type { Alipay } from '../../alipay/alipay';

let api: TestApi;
/** The person P-1 of every matter, and somebody else. */
let invited: HeldJourney;
let stranger: HeldJourney;
let isAlipayAway = false;

const gateway: Gateway = {
  async call({ bizContent, response }) {
    if (isAlipayAway) throw new AlipayError('alipay_timeout');
    return response.parse({ qr_code_url: `https://qr.example/?${String(bizContent?.query_param)}` });
  },
  pageUrl: () => '',
};

beforeAll(async () => {
  api = await startApi({ alipay: createMiniProgramLinks(gateway, '2021000000000001') as Alipay });
  const now = () => new Date();
  invited = await holdJourney(api, now);
  stranger = await holdJourney(api, now, undefined, { openId: 'another', number: '110101199001010031' });
  for (const journey of [invited, stranger]) await journey.show({ step: 'to-dos' });
});
afterAll(() => api.end());

let matters = 0;

async function push(changes: Partial<MatterContent> = {}, id = `M-${(matters += 1)}`): Promise<string> {
  const path = `/api/registry/matters/${id}`;
  const matter = matterOf(changes);
  const { status } = await request(api.server)
    .put(path)
    .set(api.signed('PUT', path, matter))
    .send(JSON.stringify(matter));
  expect(status).toBe(201);
  return id;
}

function ask(id: string, rest = '') {
  const path = `/api/registry/matters/${id}/invitations${rest}`;
  return request(api.server).get(path).set(api.signed('GET', path));
}

const tokenOf = async (id: string) => String((await ask(id)).body.invitations[0]?.token);
const open = async (journey: HeldJourney, token: string) => {
  const { status, body } = await journey.get(`/api/journeys/${journey.id}/invitations/${token}`);
  return [status, body.toDoId ?? body.error.code];
};
const toDoOf = async (id: string, version = 1) => {
  const matter = api.pseudonyms.matterId('test-registry', id, version);
  return (
    await api.store.knex('confirmations').where({ matter_id: matter, reference: 'P-1' }).first('to_do_id')
  )?.to_do_id;
};
const NOT_FOUND = [404, 'not_found'];

describe('invitations', () => {
  it('are given for each person who has to confirm, and lead that person to the matter', async () => {
    const id = await push({
      persons: [
        personOf({}),
        personOf({
          ...{ reference: 'P-2', name: '试验乙', roles: ['shareholder'] },
          document: { type: 'resident-id', number: '110101199001010031' },
        }),
      ],
    });
    const { status, body } = await ask(id);
    const [first, second] = body.invitations;
    expect([status, body.version, body.invitations.length]).toEqual([200, 1, 2]);
    expect(first).toEqual({
      ...{ reference: 'P-1', roles: ['legal-representative', 'shareholder'] },
      token: expect.stringMatching(/^[0-9a-f]{32}$/),
      link: `alipays://platformapi/startapp?appId=2021000000000001&page=pages%2Fhome%2Findex&query=invitation%3D${first.token}`,
      webLink: `https://ds.alipay.com/?scheme=${encodeURIComponent(first.link)}`,
    });
    expect(second.token).not.toBe(first.token);
    expect((await ask(id)).body).toEqual(body);
    expect(await open(invited, first.token)).toEqual([200, await toDoOf(id)]);
    expect((await open(stranger, second.token))[0]).toBe(200);
  });

  it('are useless to another person, and to who guesses: the same answer as for no invitation', async () => {
    const token = await tokenOf(await push());
    expect(await open(stranger, token)).toEqual(NOT_FOUND);
    expect(await open(invited, 'f'.repeat(32))).toEqual(NOT_FOUND);
    expect(await open(invited, `${token.slice(0, -1)}${token.endsWith('0') ? '1' : '0'}`)).toEqual(NOT_FOUND);
    expect(await open(invited, token.toUpperCase())).toEqual(NOT_FOUND);
    expect(await open(invited, (await toDoOf('M-1')) ?? '')).toEqual(NOT_FOUND);
    const answers = await Promise.all(
      [token, 'f'.repeat(32)].map(async (one) => {
        const { body, headers } = await stranger.get(`/api/journeys/${stranger.id}/invitations/${one}`);
        const { code, message } = body.error;
        return [code, message, Object.keys(headers)];
      }),
    );
    expect(answers[0]).toEqual(answers[1]);
  });

  it('lead nowhere before the person is verified', async () => {
    const token = await tokenOf(await push());
    const unverified = await holdJourney(api, () => new Date(), undefined, { openId: 'a third' });
    await unverified.show({ step: 'face' });
    expect(await open(unverified, token)).toEqual([409, 'not_allowed_now']);
    expect(await open(unverified, 'f'.repeat(32))).toEqual([409, 'not_allowed_now']);
    const { status } = await request(api.server).get(`/api/journeys/${invited.id}/invitations/${token}`);
    expect(status).toBe(401);
  });

  it('die with the matter', async () => {
    const id = await push();
    const token = await tokenOf(id);
    await withdrawMatter(api.store, api.pseudonyms.matterId('test-registry', id, 1), new Date());
    expect(await open(invited, token)).toEqual(NOT_FOUND);
    const { status, body } = await ask(id);
    expect([status, body.error.code]).toEqual([409, 'matter_not_open']);
  });

  it('die when the matter can no longer be confirmed, and with its version', async () => {
    const id = await push();
    const token = await tokenOf(id);
    await push({ version: 2 }, id);
    expect(await open(invited, token)).toEqual(NOT_FOUND);
    const next = await tokenOf(id);
    expect(await open(invited, next)).toEqual([200, await toDoOf(id, 2)]);
    await api.store.knex('matters').where({ external_id: id }).update({ expires_at: new Date() });
    expect(await open(invited, next)).toEqual(NOT_FOUND);
    expect((await ask(id)).status).toBe(409);
  });

  it('are not for persons who have confirmed or refused', async () => {
    const id = await push();
    const token = await tokenOf(id);
    await api.store
      .knex('confirmations')
      .where({ to_do_id: await toDoOf(id) })
      .update({ state: 'confirmed' });
    expect((await ask(id)).body.invitations).toEqual([]);
    expect((await ask(id, '/P-1/qr-code')).status).toBe(404);
    // A person who has one still comes to what they have confirmed, until the matter ends.
    expect(await open(invited, token)).toEqual([200, await toDoOf(id)]);
  });

  it('are those of the registration system that pushed the matter', async () => {
    expect((await ask('M-unknown')).status).toBe(404);
  });
});

describe('a QR code', () => {
  it('is the link, as PNG and as SVG', async () => {
    const id = await push();
    const { link } = (await ask(id)).body.invitations[0];
    const svg = await ask(id, '/P-1/qr-code?form=svg');
    expect(svg.headers['content-type']).toContain('image/svg+xml');
    expect((svg.body as Buffer).toString()).toBe(renderSVG(link, { border: 4, pixelSize: 10 }));
    const png = await ask(id, '/P-1/qr-code');
    expect(png.headers['content-type']).toBe('image/png');
    const bytes = png.body as Buffer;
    expect(bytes.subarray(1, 4).toString()).toBe('PNG');
    const [, side] = /viewBox="0 0 (\d+)/.exec((svg.body as Buffer).toString()) ?? [];
    expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([Number(side), Number(side)]);
  });

  it('is made by Alipay too, while Alipay answers', async () => {
    const id = await push();
    const made = await ask(id, '/P-1/alipay-qr-code');
    expect(made.body).toEqual({ url: `https://qr.example/?invitation=${await tokenOf(id)}` });
    isAlipayAway = true;
    const away = await ask(id, '/P-1/alipay-qr-code');
    isAlipayAway = false;
    expect([away.status, away.body.error.code]).toEqual([503, 'vendor_unavailable']);
  });

  it('is of a person of the matter', async () => {
    expect((await ask(await push(), '/P-2/qr-code')).status).toBe(404);
  });
});
