import { createHash } from 'node:crypto';
import type Koa from 'koa';
import { RateLimiterMemory, RateLimiterMySQL, RateLimiterRes } from 'rate-limiter-flexible';
import type { RateLimiterAbstract } from 'rate-limiter-flexible';
import { sessionTokenOf } from './clerk/session-cookie';
import type { ApiDependencies } from './dependencies';
import { ApiError } from './errors';

const SIGN_INS = ['/api/sessions', '/api/clerk/sessions'];

/**
 * Counts requests by address and by session, in this process: a flood has to be turned away before it costs anything.
 * Sign-ins, without which nothing else can be asked, are counted by address in the database that all instances share;
 * in this process while the database is away. Addresses are kept as pseudonyms.
 */
export function limitRequests({ store, pseudonyms, rate }: ApiDependencies): Koa.Middleware {
  const limit = (keyPrefix: string, points: number) => ({ keyPrefix, points, duration: 60 });
  const byAddress = new RateLimiterMemory(limit('address', rate.requestsPerMinutePerAddress));
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
    // Who floods is answered from memory.
    inMemoryBlockOnConsumed: ofSignIns.points,
  });
  return async (ctx, next) => {
    if (!ctx.path.startsWith('/health/')) {
      const address = pseudonyms.rate(ctx.ip);
      await consume(byAddress, address);
      if (SIGN_INS.includes(ctx.path)) await consume(signIns, address);
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
