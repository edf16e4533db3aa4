import { createHash } from 'node:crypto';
import type Koa from 'koa';
import { RateLimiterMemory, RateLimiterMySQL, RateLimiterRes } from 'rate-limiter-flexible';
import type { RateLimiterAbstract } from 'rate-limiter-flexible';
import { sessionTokenOf } from './clerk/session-cookie';
import { clientNetworks } from './client-network';
import type { ApiDependencies } from './dependencies';
import { ApiError } from './errors';

const SIGN_INS = [
  ...['/api/sessions', '/api/clerk/sessions'],
  ...['/api/clerk/provider-sign-ins', '/api/clerk/provider-sign-ins/answer'],
];
const OF_REGISTRIES = '/api/registry/';
const OF_CONSOLE = '/console/';
/** A page of the console is some twenty files, which browsers keep. */
const FILES_PER_REQUEST = 10;

/**
 * Counts requests by client network and by session, in this process: a flood has to be turned away before it costs anything.
 * Files of the console are counted apart: a whole office may have one address, and must not get half a page. Requests of registration systems are counted apart: by network until the signature is verified, and then by the key
 * instead. Sign-ins, without which nothing else can be asked, are counted by network in the database that all instances share;
 * in this process while the database is away. Networks are kept as pseudonyms.
 */
export function limitRequests({ store, pseudonyms, rate, trustedProxies }: ApiDependencies): Koa.Middleware {
  const networkOf = clientNetworks(trustedProxies);
  const limit = (keyPrefix: string, points: number) => ({ keyPrefix, points, duration: 60 });
  const byNetwork = new RateLimiterMemory(limit('address', rate.requestsPerMinutePerAddress));
  const unsigned = new RateLimiterMemory(limit('unsigned', rate.requestsPerMinutePerAddress));
  const files = new RateLimiterMemory(limit('file', rate.requestsPerMinutePerAddress * FILES_PER_REQUEST));
  const byKey = new RateLimiterMemory(limit('key', rate.requestsPerMinutePerKey));
  const bySession = new RateLimiterMemory(limit('session', rate.requestsPerMinutePerSession));
  const ofSignIns = limit('sign-in', rate.requestsPerMinutePerAddress);
  const signIns = new RateLimiterMySQL({
    ...ofSignIns,
    storeClient: store.knex,
    storeType: 'knex',
    dbName: store.databaseName,
    tableName: 'rate_limits',
    tableCreated: true,
    clearExpiredByTimeout: false,
    insuranceLimiter: new RateLimiterMemory(ofSignIns),
    // A client that floods is answered from memory.
    inMemoryBlockOnConsumed: ofSignIns.points,
  });
  const limiterOf = (path: string) =>
    path.startsWith(OF_REGISTRIES) ? unsigned : path.startsWith(OF_CONSOLE) ? files : byNetwork;
  return async (ctx, next) => {
    const network = pseudonyms.rate(networkOf(ctx.req));
    ctx.state.network = network;
    ctx.state.countByKey = async (keyId: string) => {
      await unsigned.reward(network);
      await consume(byKey, keyId);
    };
    if (!ctx.path.startsWith('/health/')) {
      await consume(limiterOf(ctx.path), network);
      if (SIGN_INS.includes(ctx.path)) await consume(signIns, network);
      const session = ctx.get('authorization') || sessionTokenOf(ctx);
      if (session) await consume(bySession, createHash('sha256').update(session).digest('hex'));
    }
    await next();
  };
}

async function consume(limiter: RateLimiterAbstract, key: string): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused;
    throw new ApiError('too_many_requests', { retryAfter: Math.ceil(refused.msBeforeNext / 1000) });
  }
}
