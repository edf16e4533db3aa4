import { prometheusContentType } from 'prom-client';
import { defineRoute } from '../define-route';
import type { Route } from '../define-route';
import type { ApiDependencies } from '../dependencies';

export function metricsRoutes({ figures }: ApiDependencies): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/metrics',
      summary: 'Figures for Prometheus',
      audience: 'operator',
      responses: { 200: { description: "Prometheus' text format", mediaType: 'text/plain' } },
      async handle() {
        return {
          status: 200,
          body: await figures.text(),
          headers: { 'Content-Type': prometheusContentType },
        };
      },
    }),
  ];
}
