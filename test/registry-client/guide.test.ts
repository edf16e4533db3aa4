import { createHash, createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { callbacks } from '../../api/registry/callbacks';
import { matterStates } from '../../domain/matter-states';
import { readRegistries } from '../../registry/registries';
import { verifyRequest } from '../../registry/request-signature';

// What docs/registration-systems.md shows is computed again, and accepted by the product.

const root = join(__dirname, '../..');
const guide = readFileSync(join(root, 'docs/registration-systems.md'), 'utf8');
const block = (kind: string) => new RegExp(`\`\`\`${kind}\n([^]*?)\n\`\`\``).exec(guide)?.[1] ?? '';

const [head = '', body = ''] = block('http').split('\n\n');
const [requestLine = '', ...lines] = head.split('\n');
const [method = '', target = ''] = requestLine.split(' ');
const headers = Object.fromEntries(
  lines.map((line) => {
    const [, name = '', value = ''] = /^([^:]+): (.*)$/.exec(line) ?? [];
    return [name.toLowerCase(), value];
  }),
);
const url = `https://${headers.host}${target}`;
const privateKey = createPrivateKey(block('pem'));

test('the signed lines are those of the request', () => {
  const parameters = headers['signature-input']?.replace('sig1=', '') ?? '';
  const digest = createHash('sha256').update(body).digest('base64');
  expect(headers['content-digest']).toBe(`sha-256=:${digest}:`);
  expect(block('text')).toBe(
    [
      `"@method": ${method}`,
      `"@target-uri": ${url}`,
      `"content-digest": ${headers['content-digest']}`,
      `"content-type": ${headers['content-type']}`,
      `"@signature-params": ${parameters}`,
    ].join('\n'),
  );
});

test('the signature is the one of that key over those lines', () => {
  const signature = sign(null, Buffer.from(block('text')), privateKey).toString('base64');
  expect(headers.signature).toBe(`sig1=:${signature}:`);
});

test('the product accepts the request, byte by byte', async () => {
  const publicKey = createPublicKey(privateKey).export({ type: 'spki', format: 'pem' });
  const registry = {
    ...{ id: 'beijing', name: '北京市登记系统', callbackUrl: 'https://registry.example.cn/callbacks' },
    ...{ authorities: ['11'], kinds: ['change'] },
    keys: [{ id: 'beijing-1', algorithm: 'ed25519', publicKey }],
  };
  const registries = readRegistries(JSON.stringify({ registries: [registry] }), 'production');
  const received = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]]));
  const verify = async (bytes: string) =>
    await verifyRequest(
      { method, url, headers: received, body: async () => Buffer.from(bytes) },
      registries,
      new Date(1_772_352_000_000),
    );
  expect(await verify(body)).toMatchObject({ keyId: 'beijing-1', registry: { id: 'beijing' } });
  await expect(verify(`${body} `)).rejects.toMatchObject({ code: 'digest_mismatch' });
});

test('it names every state, every event and every sample', () => {
  const samples = readdirSync(join(root, 'samples/kinds'));
  const named = [...matterStates, ...Object.keys(callbacks)].map((name) => `\`${name}\``);
  expect([...named, ...samples].filter((name) => !guide.includes(name))).toEqual([]);
});
