import { startSigningGateway } from '../test/signing-gateway';
import { createAlipay } from './alipay';
import type { Alipay } from './alipay';

let server: Awaited<ReturnType<typeof startSigningGateway>>;
let alipay: Alipay;
beforeAll(async () => {
  server = await startSigningGateway();
  alipay = createAlipay(server.settings);
});
afterAll(() => server.close());

const person = { name: '测试甲', number: '110101190001010014' };

describe('a bank card check', () => {
  const method = 'datadigital.fincloud.generalsaas.bankcard.check';
  const card = { ...person, outerOrderNo: 'b'.repeat(32), cardNumber: '6200000000000000' };

  it('sends three elements, or four with a phone, and the product of the contract', async () => {
    server.respondByMethod({ [method]: { match: 'T', certify_id: 'x' } });
    const ours = createAlipay({
      ...server.settings,
      bankCardProduct: { productType: 'P', bizCode: 'B' },
    });
    await expect(ours.checkBankCard(card)).resolves.toEqual({ matches: true });
    await expect(ours.checkBankCard({ ...card, phone: '10000000000' })).resolves.toEqual({ matches: true });
    const three = {
      outer_biz_no: card.outerOrderNo,
      product_type: 'P',
      biz_code: 'B',
      cert_type: 'IDENTITY_CARD',
      cert_name: person.name,
      cert_no: person.number,
      bankcard_no: card.cardNumber,
    };
    expect(server.calls.map(({ bizContent }) => bizContent)).toEqual([
      three,
      { ...three, phone: '10000000000' },
    ]);
  });

  it.each([
    [{ match: 'F', detail: 'HOLDER_MISMATCH' }, 'HOLDER_MISMATCH'],
    [{ match: 'F', detail: '卡号6200000000000000有误' }, undefined],
    [{ match: 'F' }, undefined],
  ])('reports no match for %j', async (body, detail) => {
    server.respondByMethod({ [method]: body });
    await expect(alipay.checkBankCard(card)).resolves.toEqual({ matches: false, detail });
  });

  it.each([{}, { match: '1' }, { match: true }, { match: 'MATCH' }])(
    'is undecided after the response %j',
    async (body) => {
      server.respondByMethod({ [method]: body });
      await expect(alipay.checkBankCard(card)).rejects.toMatchObject({
        code: 'alipay_answer_unreadable',
        retry: 'ask-first',
      });
    },
  );
});
