import { Histogram } from 'prom-client';
import type { Registry } from 'prom-client';

interface VendorCall {
  /** As the vendor names it. */
  interface: string;
  /** `done`, or the code of the failure. */
  outcome: string;
  milliseconds: number;
}

/** Times the calls of vendors, for Prometheus. Each process that calls vendors has this histogram. */
export function timeVendorCalls(registry: Registry): (call: VendorCall) => void {
  const calls = new Histogram({
    name: 'vendor_call_seconds',
    help: 'Calls of vendors, by interface and outcome',
    labelNames: ['interface', 'outcome'] as const,
    // A call is given up after ALIPAY_TIMEOUT_MS, which is 9.5 s at most.
    buckets: [0.1, 0.25, 0.5, 1, 2, 4, 8, 10],
    registers: [registry],
  });
  return ({ milliseconds, ...labels }) => calls.observe(labels, milliseconds / 1000);
}
