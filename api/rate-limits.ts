import type Koa from 'koa';
import { RateLimiterMemory, RateLimiterMySQL, RateLimiterRes } from 'rate-limiter-flexible';
import { createHash } from 'node:crypto';
import type { ApiDependencies } from './dependencies';
import { ApiError } from './errors';

/**
 * Counts requests by address and by session, in the database that all instances of the api share; in this process while the
 * database is away. Addresses are kept as pseudonyms.
 */
export function limitRequests({ store, pseudonyms, rate }: ApiDependencies): Koa.Middleware {
  const settings = (keyPrefix: string, points: number) => {
    const limit = { keyPrefix, points, duration: 60 };
    return new RateLimiterMySQL({
      ...limit,
      storeClient: store.knex,
      storeType: 'knex',
      dbName: store.databaseName,
      tableName: 'rate_limits',
      tableCreated: true,
      clearExpiredByTimeout: false,
      insuranceLimiter: new RateLimiterMemory(limit),
      // Who floods is answered from memory.
      inMemoryBlockOnConsumed: points,
    });
  };
  const byAddress = settings('address', rate.requestsPerMinutePerAddress);
  const bySession = settings('session', rate.requestsPerMinutePerSession);
  return async (ctx, next) => {
    if (!ctx.path.startsWith('/health/')) {
      await consume(byAddress, pseudonyms.rate(ctx.ip));
      const authorization = ctx.get('authorization');
      if (authorization) await consume(bySession, createHash('sha256').update(authorization).digest('hex'));
    }
    await next();
  };
}

async function consume(limiter: RateLimiterMySQL, key: string): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused;
    throw new ApiError('too_many_requests', { retryAfter: Math.ceil(refused.msBeforeNext / 1000) });
  }
}
