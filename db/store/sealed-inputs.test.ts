import type { SealedInput, SealedInputKind } from '../../domain/sealed-inputs';
import { sealedAcceptance } from '../../test/setup/acceptances';
import { freshStore } from '../../test/setup/api';
import { signature } from '../../test/setup/confirming';
import { dropInput, openInput, sealInput } from './sealed-inputs';
import type { Store } from './store';

let store: Store;
let end: () => Promise<void>;
beforeAll(async () => {
  ({ store, end } = await freshStore());
});
afterAll(() => end());

const now = new Date();
const person = { name: '试验甲', number: '110101190001010014' };
const inputs: { [K in SealedInputKind]: Extract<SealedInput, { kind: K }> } = {
  entry: {
    ...{ kind: 'entry', ...person, matchKey: person.name, documentType: 'resident-id' },
    ...{ account: 'account', personKey: 'person', consents: [] },
  },
  'authorized-identity': { kind: 'authorized-identity', ...person },
  'bank-card': { kind: 'bank-card', cardNumber: '6200000000000005' },
  signature,
  acceptance: sealedAcceptance('on-site', '7K3M9P'),
  name: { kind: 'name', name: person.name },
  'decision-note': { kind: 'decision-note', text: person.name },
};
const kinds = Object.keys(inputs) as SealedInputKind[];

test.each(kinds)('an input of the kind %s opens as that and as nothing else', async (kind) => {
  await sealInput(store, kind, inputs[kind], now);
  for (const wanted of kinds) {
    const opened = await openInput(store, store.knex, { id: kind, kind: wanted }, now);
    expect([wanted, opened]).toEqual([wanted, wanted === kind ? inputs[kind] : undefined]);
  }
  await dropInput(store, store.knex, kind);
  expect(await openInput(store, store.knex, { id: kind, kind }, now)).toBeUndefined();
});
