import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { parse, parseAllDocuments } from 'yaml';
import { routesOf } from '../../api/routes';
import type { ApiDependencies } from '../../api/dependencies';
import { missingProtection, readConfig } from '../../platform/config';
import { variablesOf } from '../../platform/config-groups';
import { kustomizeProgram } from '../setup/needs/kustomize';

// No cluster is here: what kustomize makes is held against the types of Kubernetes' interface, the code and the docs.

const root = join(__dirname, '../..');

interface Probe {
  httpGet: { path: string; port: string };
}
interface Container {
  name: string;
  image: string;
  command: string[];
  envFrom: { configMapRef: { name: string } }[];
  env: { name: string; value?: string; valueFrom?: { secretKeyRef: { name: string; key: string } } }[];
  ports?: { name: string; containerPort: number }[];
  resources: { requests: object; limits: object };
  securityContext: object;
  [probe: `${string}Probe`]: Probe | undefined;
}
interface PodSpec {
  automountServiceAccountToken: boolean;
  securityContext: object;
  terminationGracePeriodSeconds?: number;
  containers: Container[];
  volumes: { secret?: { secretName: string }; projected?: { sources: { secret: { name: string } }[] } }[];
}
interface Manifest {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace: string; labels?: Record<string, string> };
  data?: Record<string, string>;
  spec: Record<string, unknown> & { template?: { metadata: { labels: { app: string } }; spec: PodSpec } };
}

const processes = ['migrate', 'api', 'worker'] as const;
const built = new Map<string, Manifest[]>();

function build(overlay: string): Manifest[] {
  const folder = join(root, 'deploy/kubernetes/overlays', overlay);
  const text = execFileSync(kustomizeProgram(), ['build', folder], { encoding: 'utf8' });
  return parseAllDocuments(text).map((document) => document.toJS() as Manifest);
}
beforeAll(() => {
  for (const overlay of ['authority', 'nation']) built.set(overlay, build(overlay));
}, 60_000);

describe.each(['authority', 'nation'])('the overlay %s', (overlay) => {
  const manifests = () => built.get(overlay)!;
  const find = (kind: string, name: string) => {
    const found = manifests().find((one) => one.kind === kind && one.metadata.name === name);
    if (!found) throw new Error(`There is no ${kind} ${name}.`);
    return found;
  };
  const workloadOf = (name: string) => find(name === 'migrate' ? 'Job' : 'Deployment', name);
  const podOf = (name: string) => workloadOf(name).spec.template!.spec;
  const containerOf = (name: string) => podOf(name).containers[0]!;
  const secretsOf = (name: string) =>
    podOf(name).volumes.flatMap(({ secret, projected }) => [
      ...(secret ? [secret.secretName] : []),
      ...(projected?.sources.map((source) => source.secret.name) ?? []),
    ]);
  /** What the process finds in its environment; a secret is what its own value would look like. */
  const environmentOf = (name: string): Record<string, string> => {
    const { env, envFrom } = containerOf(name);
    const shared = envFrom.map(({ configMapRef }) => find('ConfigMap', configMapRef.name).data!);
    const own = env.map(({ name: variable, value, valueFrom }) => [
      variable,
      value ?? secretValues[valueFrom!.secretKeyRef.key]!,
    ]);
    return { ...Object.assign({}, ...shared), ...Object.fromEntries(own) } as Record<string, string>;
  };

  it('has objects of the form that Kubernetes and KEDA know', () => {
    expect(problemsOf(manifests())).toEqual([]);
  });

  it.each(processes)('gives %s all variables that it needs, and protection', (name) => {
    const environment = environmentOf(name);
    const values = Object.entries(environment).map(([variable, value]) => [
      variable,
      // Nobody has the files here.
      value.startsWith('/run/secrets/') ? __filename : value,
    ]);
    const config = readConfig(Object.fromEntries(values) as Record<string, string>, name);
    expect(missingProtection(config)).toEqual([]);
    const own = containerOf(name).env.map((one) => one.name);
    expect(own.filter((variable) => !(variablesOf(name) as string[]).includes(variable))).toEqual([]);
  });

  it('sets nothing that no process reads', () => {
    const known = processes.flatMap((name): string[] => variablesOf(name));
    const set = processes.flatMap((name) => Object.keys(environmentOf(name)));
    expect(set.filter((variable) => !known.includes(variable))).toEqual([]);
  });

  it('has no secret in it, and mounts each file from a Secret that docs/deployment.md lists', () => {
    expect(manifests().filter(({ kind }) => kind === 'Secret')).toEqual([]);
    const listed = secretsInDocs();
    for (const name of processes) {
      const { env } = containerOf(name);
      const keys = env.flatMap(({ valueFrom }) => valueFrom?.secretKeyRef ?? []);
      expect(keys.filter(({ name: secret, key }) => !listed.get(secret)?.includes(key))).toEqual([]);
      const mounted = secretsOf(name).flatMap((secret) => listed.get(secret) ?? []);
      const prefix = '/run/secrets/files/';
      const read = Object.entries(environmentOf(name))
        .filter(
          ([variable, value]) =>
            value.startsWith(prefix) && (variablesOf(name) as string[]).includes(variable),
        )
        .map(([, value]) => value.slice(prefix.length));
      expect([name, read.filter((file) => !mounted.includes(file))]).toEqual([name, []]);
    }
  });

  it('gives each process only the secrets that it works with', () => {
    const all = (name: string) => [
      ...secretsOf(name),
      ...containerOf(name).env.flatMap(({ valueFrom }) => valueFrom?.secretKeyRef.name ?? []),
    ];
    expect(all('migrate')).toEqual(['database-ca', 'database-owner']);
    expect(all('api')).toEqual(['database-ca', 'files-shared', 'files-api', 'database-api', 'metrics']);
    expect(all('worker')).toEqual([
      ...['database-ca', 'files-shared', 'files-worker', 'database-worker', 'metrics'],
    ]);
  });

  it.each(processes)('gives %s no rights that it does not need, and an image by its digest', (name) => {
    const { image, securityContext, resources, command } = containerOf(name);
    expect(podOf(name)).toMatchObject({
      automountServiceAccountToken: false,
      securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } },
    });
    expect(securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
    expect(resources).toMatchObject({
      requests: { cpu: expect.anything(), memory: expect.any(String) },
      limits: { memory: expect.any(String) },
    });
    expect(image).toMatch(/^[\w./-]+@sha256:[0-9a-f]{64}$/);
    const program = command.at(-1)!.replace(/^dist\/(.*)\.js$/, '$1.ts');
    expect(existsSync(join(root, program))).toBe(true);
  });

  it('asks for health where it is answered, and needs no database to stay in the balancer', () => {
    const [api, worker] = [containerOf('api'), containerOf('worker')];
    expect(api.ports).toEqual([{ name: 'http', containerPort: Number(environmentOf('api').PORT) }]);
    expect(worker.ports).toEqual([
      { name: 'http', containerPort: Number(environmentOf('worker').METRICS_PORT) },
    ]);
    const routes = routesOf({} as ApiDependencies).map(({ path }) => path);
    for (const probe of ['startupProbe', 'readinessProbe', 'livenessProbe'] as const) {
      expect(routes).toContain(api[probe]?.httpGet.path);
      expect([api[probe]?.httpGet.port, worker[probe]?.httpGet.port]).toEqual(['http', 'http']);
      expect(worker[probe]?.httpGet.path).toBe('/health/live');
    }
    expect(api.readinessProbe?.httpGet.path).toBe('/health/serving');
    expect(api.livenessProbe?.httpGet.path).toBe('/health/live');
    expect(find('Service', 'api').spec).toMatchObject({
      selector: { app: 'api' },
      ports: [{ targetPort: 'http' }],
    });
    const { drain } = readConfig(filesOf(environmentOf('api')), 'api');
    expect(podOf('api').terminationGracePeriodSeconds).toBeGreaterThan(drain.seconds + 15);
    // More than the worker's own patience with a vendor.
    expect(podOf('worker').terminationGracePeriodSeconds).toBeGreaterThan(15);
  });

  it('applies with the migration all that the migration needs', () => {
    const first = manifests().filter(({ metadata }) => metadata.labels?.stage === 'migration');
    const names = first.map(({ kind, metadata }) => `${kind} ${metadata.name.replace(/-[a-z0-9]{10}$/, '')}`);
    expect(names.sort()).toEqual([
      'ConfigMap settings',
      'Job migrate',
      ...['database', 'deny-all', 'names'].map((name) => `NetworkPolicy ${name}`),
    ]);
    expect(containerOf('migrate').envFrom.map(({ configMapRef }) => configMapRef.name)).toEqual([
      first.find(({ kind }) => kind === 'ConfigMap')!.metadata.name,
    ]);
  });

  it('allows no connection but those that are named', () => {
    const policies = manifests().filter(({ kind }) => kind === 'NetworkPolicy');
    expect(find('NetworkPolicy', 'deny-all').spec).toEqual({
      podSelector: {},
      policyTypes: ['Ingress', 'Egress'],
    });
    const text = JSON.stringify(policies);
    // The placeholder of the base.
    expect(text).not.toContain('192.0.2.');
    const ports = new Set(Array.from(text.matchAll(/"port":(\d+)/g), ([, port]) => Number(port)));
    const { PORT, TEMPORAL_ADDRESS } = environmentOf('api');
    const { METRICS_PORT } = environmentOf('worker');
    expect(ports).toEqual(
      new Set([53, 443, 3306, Number(TEMPORAL_ADDRESS!.split(':')[1]), Number(PORT), Number(METRICS_PORT)]),
    );
    expect(find('NetworkPolicy', 'balancer').spec.podSelector).toEqual({ matchLabels: { app: 'api' } });
  });

  it('shows Prometheus each pod where it looks for it', () => {
    const text = readFileSync(join(root, 'deploy/prometheus/prometheus-kubernetes.yml'), 'utf8');
    const { scrape_configs: jobs } = parse(text) as {
      scrape_configs: { job_name: string; dns_sd_configs: { names: string[]; port: number }[] }[];
    };
    for (const { job_name: job, dns_sd_configs: of } of jobs) {
      const name = job.replace('registration-identity-', '');
      const { metadata, spec } = find('Service', `${name}-pods`);
      expect(spec).toMatchObject({ clusterIP: 'None', selector: { app: name } });
      const port = containerOf(name).ports![0]!.containerPort;
      expect(of).toMatchObject([{ names: [`${metadata.name}.${metadata.namespace}.svc`], port }]);
    }
  });

  it('scales what is there, and keeps two of each', () => {
    for (const name of ['api', 'worker']) {
      const { selector } = find('PodDisruptionBudget', name).spec;
      expect(selector).toEqual({ matchLabels: { app: name } });
      expect(workloadOf(name).spec.template!.metadata.labels).toMatchObject({ app: name });
      expect(workloadOf(name).spec.replicas).toBeUndefined();
    }
    const hpa = find('HorizontalPodAutoscaler', 'api').spec;
    expect(hpa.scaleTargetRef).toEqual({ apiVersion: 'apps/v1', kind: 'Deployment', name: 'api' });
    expect(hpa.minReplicas).toBeGreaterThanOrEqual(2);
    const scaled = find('ScaledObject', 'worker').spec;
    expect(scaled.scaleTargetRef).toEqual({ name: 'worker' });
    expect(scaled.minReplicaCount).toBeGreaterThanOrEqual(2);
    const { TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE } = environmentOf('worker');
    const worker = readConfig(filesOf(environmentOf('worker')), 'worker');
    expect(
      (scaled.triggers as { type: string; metadata: object }[]).find(({ type }) => type === 'temporal'),
    ).toMatchObject({
      metadata: {
        endpoint: TEMPORAL_ADDRESS,
        namespace: TEMPORAL_NAMESPACE,
        taskQueue: worker.temporal.taskQueue,
      },
    });
  });
});

/** What the keys of the Secrets hold, in the form that a process accepts. */
const secretValues: Record<string, string> = {
  url: 'mysql://user:password@mysql.example:3306/registration_identity',
  token: 'a-token-of-operators-32-characters-long',
};

function filesOf(environment: Record<string, string>): Record<string, string> {
  const entries = Object.entries(environment);
  return Object.fromEntries(
    entries.map(([name, value]) => [name, value.startsWith('/run/secrets/') ? __filename : value]),
  );
}

/** The Secrets in the table of docs/deployment.md with their keys. */
function secretsInDocs(): Map<string, string[]> {
  const docs = readFileSync(join(root, 'docs/deployment.md'), 'utf8');
  const [, section = ''] = docs.split('\n## Kubernetes\n');
  const rows = section.matchAll(/^ *\| `([\w-]+)` \|[^|]*\| (.*) \|$/gm);
  return new Map(
    Array.from(rows, ([, name, keys]) => [
      name!,
      Array.from(keys!.matchAll(/`([^`]+)`/g), ([, key]) => key!),
    ]),
  );
}

// KEDA 2's objects, as far as they are used here.
const kedaTypes = `
interface ScaledObject {
  apiVersion: 'keda.sh/v1alpha1'; kind: 'ScaledObject'; metadata: ObjectMeta;
  spec: {
    scaleTargetRef: { name: string }; minReplicaCount: number; maxReplicaCount: number; cooldownPeriod?: number;
    triggers: (
      | { type: 'cpu'; metricType: 'Utilization'; metadata: { value: string } }
      | { type: 'prometheus'; metadata: { serverAddress: string; query: string; threshold: string; ignoreNullValues?: string } }
      | { type: 'temporal'; authenticationRef: { name: string }; metadata: { endpoint: string; namespace: string; taskQueue: string; queueTypes: string; targetQueueSize: string } }
    )[];
  };
}
interface TriggerAuthentication {
  apiVersion: 'keda.sh/v1alpha1'; kind: 'TriggerAuthentication'; metadata: ObjectMeta;
  spec: { secretTargetRef: { parameter: string; name: string; key: string }[] };
}`;

const modules: Record<string, string> = { v1: 'core/v1', 'networking.k8s.io/v1': 'networking/v1' };

/** What the compiler says about these objects: fields that are unknown, missing or of another type. */
function problemsOf(objects: readonly Manifest[]): string[] {
  const lines = [
    "import type { ObjectMeta } from 'kubernetes-types/meta/v1';",
    kedaTypes,
    ...objects.map((object, at) => {
      const { apiVersion, kind } = object;
      const from = `import('kubernetes-types/${modules[apiVersion] ?? apiVersion}').${kind}`;
      return `export const object${at}: ${apiVersion.startsWith('keda.') ? kind : from} = ${JSON.stringify(object)};`;
    }),
  ];
  const file = join(__dirname, 'objects.ts');
  const options: ts.CompilerOptions = {
    ...{ strict: true, noEmit: true, types: [], skipLibCheck: true },
    ...{ module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler },
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (name) => name === file || fileExists(name);
  host.getSourceFile = (name, ...rest) =>
    name === file
      ? ts.createSourceFile(name, lines.join('\n'), ts.ScriptTarget.ESNext)
      : getSourceFile(name, ...rest);
  return ts
    .getPreEmitDiagnostics(ts.createProgram([file], options, host))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '));
}

it.each<[string, (deployment: Manifest) => void]>([
  ['an unknown field', ({ spec }) => Object.assign(spec.template!.spec, { securityContexts: {} })],
  ['another type', ({ spec }) => Object.assign(spec.template!.spec, { terminationGracePeriodSeconds: '30' })],
  ['a missing field', ({ spec }) => Object.assign(spec, { selector: undefined })],
])('%s in an object is found', (_, spoil) => {
  const deployment = structuredClone(built.get('nation')!.find(({ kind }) => kind === 'Deployment')!);
  expect(problemsOf([deployment])).toEqual([]);
  spoil(deployment);
  expect(problemsOf([deployment])).not.toEqual([]);
});
