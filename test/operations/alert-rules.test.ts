import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import request from 'supertest';
import { parse, parseAllDocuments } from 'yaml';
import { createWorkerMetrics } from '../../platform/worker-metrics';
import { METRICS_TOKEN, startApi } from '../setup/api';
import { prometheusPrograms } from '../setup/needs/prometheus';

const root = join(__dirname, '../..');
const folder = join(root, 'deploy/prometheus');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

interface Rule {
  record?: string;
  alert?: string;
  expr: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
}
const { groups } = parse(read('deploy/prometheus/rules.yml')) as { groups: { rules: Rule[] }[] };
const rules = groups.flatMap(({ rules: of }) => of);
const alerts = rules.filter(({ alert }) => alert !== undefined);
const tests = readdirSync(join(folder, 'tests')).map((name) => join('tests', name));

const configurations = ['prometheus.yml', 'prometheus-kubernetes.yml'];

const promtool = async (...args: string[]) =>
  await promisify(execFile)(prometheusPrograms().promtool, args, { cwd: folder });

describe('the rules', () => {
  it('are understood by Prometheus, as is its configuration', async () => {
    await promtool('check', 'rules', 'rules.yml');
    for (const file of configurations) await promtool('check', 'config', '--syntax-only', file);
  });

  it('name the jobs by which Prometheus knows api and worker', () => {
    const jobs = ['registration-identity-api', 'registration-identity-worker'];
    for (const file of configurations) {
      const { scrape_configs: of } = parse(read(`deploy/prometheus/${file}`)) as {
        scrape_configs: { job_name: string }[];
      };
      expect(of.map(({ job_name: name }) => name)).toEqual(jobs);
    }
    const down = alerts.find(({ alert }) => alert === 'AllProcessesDown')!;
    for (const job of jobs) expect(down.expr).toContain(`absent(up{job="${job}"})`);
  });

  it('alert when they should, and not before', async () => {
    await promtool('test', 'rules', ...tests);
  }, 60_000);

  it('are tested: each alert fires in a test', () => {
    const fired = tests
      .flatMap(
        (file) =>
          (parse(readFileSync(join(folder, file), 'utf8')) as { tests: { alert_rule_test?: Expected[] }[] })
            .tests,
      )
      .flatMap(({ alert_rule_test: expected = [] }) => expected)
      .flatMap(({ alertname, exp_alerts: of = [] }) =>
        of.map(({ exp_labels }) => idOf(alertname, exp_labels)),
      );
    const all = alerts.map(({ alert = '', labels = {} }) => idOf(alert, labels));
    expect(all.filter((id) => !fired.includes(id))).toEqual([]);
  });

  it.each(alerts.map((rule) => [`${rule.alert} ${rule.labels?.window ?? ''}`.trim(), rule] as const))(
    '%s says how grave it is, what is wrong, and where the way out stands',
    (_, { labels, annotations }) => {
      expect(['page', 'ticket']).toContain(labels?.severity);
      expect(annotations?.summary).toMatch(/^.{20,}$/);
      const [document = '', heading = ''] = annotations?.runbook?.split('#') ?? [];
      expect(document).toBe('docs/operations.md');
      expect(headingsOf(read(document))).toContain(heading);
      // The list of alerts names each.
      expect(read(document)).toContain(
        `| \`${alerts.find((one) => one.annotations === annotations)?.alert}\``,
      );
    },
  );
});

interface Expected {
  alertname: string;
  exp_alerts?: { exp_labels: Record<string, string> }[];
}

function idOf(name: string, { severity = '', window = '' }: Record<string, string>): string {
  return [name, severity, window].join(' ').trim();
}

/** As GitHub makes the anchors of headings. */
function headingsOf(markdown: string): string[] {
  return Array.from(markdown.matchAll(/^#+ (.+)$/gm), ([, title]) =>
    title!
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} -]/gu, '')
      .replaceAll(' ', '-'),
  );
}

describe('every figure in rules and dashboards is one that the code exports:', () => {
  const exported = new Set(['up', 'ALERTS', ...rules.flatMap(({ record }) => record ?? [])]);
  /** The native part of the SDK, in which the names of its figures stand, each without `temporal_`. */
  let sdk: Buffer;

  beforeAll(async () => {
    const api = await startApi();
    const { text } = await request(api.server)
      .get('/metrics')
      .set({ authorization: `Bearer ${METRICS_TOKEN}` });
    await api.end();
    for (const [, name] of text.matchAll(/^# TYPE (\w+) /gm)) exported.add(name!);
    const { registry } = createWorkerMetrics({ repairs: [], refusals: [], events: [] });
    for (const { name } of registry.getMetricsAsArray()) exported.add(name);
    const bridge = dirname(createRequire(__filename).resolve('@temporalio/core-bridge/package.json'));
    const [release = ''] = readdirSync(join(bridge, 'releases'));
    sdk = readFileSync(join(bridge, 'releases', release, 'index.node'));
  });

  const isExported = (name: string) => {
    const base = name.replace(/_(bucket|count|sum)$/, '');
    if (name.startsWith('temporal_')) return sdk.includes(base.replace('temporal_', ''));
    return exported.has(name) || exported.has(base);
  };
  const scaling = parseAllDocuments(read('deploy/kubernetes/base/worker.yaml'))
    .map((document) => document.toJS() as { spec: { triggers?: { metadata: { query?: string } }[] } })
    .flatMap(({ spec }) => spec.triggers ?? [])
    .flatMap(({ metadata: { query } }) => query ?? []);
  const dashboards = readdirSync(join(root, 'deploy/grafana'));
  const expressions: [where: string, expr: string][] = [
    ...rules.map(({ alert, record, expr }): [string, string] => [alert ?? record ?? '', expr]),
    ...scaling.map((query): [string, string] => ['the scaling of workers', query]),
    ...dashboards.flatMap((file) =>
      (JSON.parse(read(`deploy/grafana/${file}`)) as Dashboard).panels.flatMap(({ title, targets }) =>
        targets.map(({ expr }): [string, string] => [`${file}, ${title}`, expr]),
      ),
    ),
  ];

  it.each(expressions)('%s', (_, expr) => {
    const names = figuresIn(expr);
    expect(names.length).toBeGreaterThan(0);
    expect(names.filter((name) => !isExported(name))).toEqual([]);
  });

  it('a name that no process exports is found', () => {
    const names = figuresIn('sum by (le) (rate(http_request_second_bucket{le="1"}[5m])) > temporal_no_such');
    expect(names).toEqual(['http_request_second_bucket', 'temporal_no_such']);
    expect(names.filter(isExported)).toEqual([]);
  });
});

interface Dashboard {
  panels: { title: string; targets: { expr: string }[] }[];
}

/** The names of figures in an expression: not its functions, labels, texts and times. */
function figuresIn(expr: string): string[] {
  const bare = expr
    .replaceAll(/\{[^}]*\}|\[[^\]]*\]/g, ' ')
    .replaceAll(/\b(by|without|on)\s*\([^)]*\)/g, ' ')
    .replaceAll(/\boffset \w+/g, ' ');
  return Array.from(bare.matchAll(/(?<![\w:.])[a-zA-Z_:][\w:]*(?!\s*\(|[\w:])/g), ([name]) => name).filter(
    (name) => !['and', 'or', 'unless'].includes(name),
  );
}
