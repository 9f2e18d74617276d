import type { DeclaredAt, Diagnostic, Finding, Locate } from '@fairlead/diagnostics';
import { diagnostic, didYouMean, suggest } from '@fairlead/diagnostics';
import type { Cluster } from '@fairlead/inventory';
import type { NamedPort, Ownership, PeerPort, WorkloadKind, WorkloadReference } from '@fairlead/objects';
import { joinName, maxCronJobNameLength, maxLabelLength, ownershipLabels, selectorLabels } from '@fairlead/objects';
import { dnsLabel, hasForm, labelValue } from '@fairlead/objects/forms';
import { shared } from '@fairlead/objects/plain';
import type { AlertRoutingProps, DashboardDefinition } from '@fairlead/monitoring';
import type { Construct } from 'constructs';
import type { ClusterMonitoringOptions } from './compose-cluster-monitoring.ts';
import type { AppDefinition } from './definition.ts';
import type { RouteOptions } from './route-options.ts';
import type {
  ExternalHandle,
  InternetHandle,
  KubernetesApiHandle,
  NamespaceHandle,
  PeerHandle,
  Target,
  WorkloadHandle,
} from './targets.ts';
import { address } from './targets.ts';
import { peersName } from '@fairlead/workload';
import type { Fault } from './check-values.ts';
import { port, shown } from './check-values.ts';
import { checkCall, checkOptions, withoutFaults } from './check-options.ts';
import { checkAlerting, checkRouteOptions, checkSecret } from './check-statements.ts';
import { claimsOf } from './claims.ts';
import { statements } from './option-shapes.ts';
import type {
  ContainerOptions,
  CronJobOptions,
  DaemonSetOptions,
  DeploymentOptions,
  ServerOptions,
  SingleJobOptions,
  StatefulSetOptions,
} from './workload-options.ts';

/** Who gets into a namespace, beyond what its environment says. */
export interface NamespaceOptions {
  /** `restricted` keeps administrators from Secrets and shells too, for data such as that of payment cards. Default `standard`. */
  readonly access?: 'standard' | 'restricted';
}

/** A namespace that the app owns. */
export interface NamespaceOwner {
  readonly kind: 'namespace';
  readonly name: string;
}

/** A logical secret, whichever keys it has. */
export interface AnySecretHandle {
  readonly kind: 'secret';
  /** Name within the app. */
  readonly name: string;
  readonly keys: readonly string[];
}

/** One key of a secret, as the value of an environment variable. */
export interface SecretValue {
  readonly secret: string;
  readonly key: string;
}

/** A logical secret; the cluster decides where it is kept and how it arrives. */
export interface SecretHandle<Key extends string> extends AnySecretHandle {
  readonly keys: readonly Key[];
  readonly key: (key: Key) => SecretValue;
  /** Every key under its own name, for programs whose variables are called what the keys are called. */
  readonly all: () => Readonly<Record<Key, SecretValue>>;
}

/** One workload, as the app stated it. */
export type WorkloadDeclaration = {
  readonly name: string;
  readonly reference: WorkloadReference;
  readonly calls: Target[];
  /** Thrown-away error whose stack names the line of the app that declared the workload; formatted only when asked for. */
  readonly declaredAt: DeclaredAt;
} & (
  | { readonly kind: 'Deployment'; readonly options: DeploymentOptions }
  | { readonly kind: 'StatefulSet'; readonly options: StatefulSetOptions }
  | { readonly kind: 'DaemonSet'; readonly options: DaemonSetOptions }
  | { readonly kind: 'Job'; readonly options: SingleJobOptions }
  | { readonly kind: 'CronJob'; readonly options: CronJobOptions }
);

export interface SecretDeclaration {
  readonly name: string;
  /** Name of the synced Secret and of the class. */
  readonly objectName: string;
  readonly keys: readonly string[];
  /** Path or name in the store, relative to the cluster's prefix. Default: the name. */
  readonly path?: string | undefined;
}

export interface RouteDeclaration {
  readonly name: string;
  readonly options: RouteOptions;
  /** As of a workload. */
  readonly declaredAt: DeclaredAt;
}

/** Who hears of an app's alerts. */
export type AlertingOptions = Pick<AlertRoutingProps, 'receivers' | 'routes'>;

/** Everything an app stated on one cluster: the connection graph with its workloads, secrets and routes. */
export interface AppGraph {
  readonly definition: AppDefinition;
  readonly cluster: Cluster;
  readonly ownership: Ownership;
  /** The first is the app's own. */
  readonly namespaces: readonly (Required<NamespaceOptions> & { readonly name: string })[];
  readonly workloads: readonly WorkloadDeclaration[];
  readonly secrets: readonly SecretDeclaration[];
  readonly routes: readonly RouteDeclaration[];
  readonly alerting?: AlertingOptions | undefined;
  readonly clusterMonitoring?: ClusterMonitoringOptions | undefined;
  /** Dashboards of its own, by name. */
  readonly dashboards: Readonly<Record<string, DashboardDefinition>>;
  readonly extensions: readonly ((scope: Construct, cluster: Cluster) => void)[];
  readonly diagnostics: readonly Diagnostic[];
}

/** What `build` states an app with. Nothing is made before `build` has returned, so order only matters where a handle is used. */
export class AppBuilder {
  readonly #definition: AppDefinition;
  readonly #cluster: Cluster;
  readonly #locate: Locate | undefined;
  readonly #ownership: Ownership;
  readonly #namespaces: (Required<NamespaceOptions> & { readonly name: string })[];
  readonly #workloads = new Map<string, WorkloadDeclaration>();
  readonly #secrets = new Map<string, SecretDeclaration>();
  readonly #routes = new Map<string, RouteDeclaration>();
  /** Hosts with paths, and the route that claims them. */
  readonly #claims = new Map<string, string>();
  /** Names of the stores that were asked for, by their hosts. */
  readonly #stores = new Map<string, string>();
  readonly #dashboards: Record<string, DashboardDefinition> = {};
  #alerting: AlertingOptions | undefined;
  #clusterMonitoring: ClusterMonitoringOptions | undefined;
  readonly #extensions: ((scope: Construct, cluster: Cluster) => void)[] = [];
  readonly #diagnostics: Diagnostic[] = [];

  constructor(definition: AppDefinition, cluster: Cluster, locate?: Locate) {
    this.#definition = definition;
    this.#cluster = cluster;
    this.#locate = locate;
    this.#namespaces = [{ name: definition.namespace, access: 'standard' }];
    this.#ownership = {
      app: definition.name,
      // One at fault is told once, not again of every object.
      team: hasForm(definition.owner, labelValue) ? definition.owner : 'unknown',
      costCenter: definition.costCenter,
      environment: cluster.environment.name,
      cloud: clouds[cluster.provider],
    };
  }

  /** The app's name. */
  get name(): string {
    return this.#definition.name;
  }

  /** Owner of what `extend` makes for the app as a whole. */
  get ownership(): Ownership {
    return this.#ownership;
  }

  /** A workload without state of its own, behind a Service if it has a port. */
  deployment(name: string, options: DeploymentOptions = {}): WorkloadHandle {
    return this.#workload('Deployment', name, options, (base, options) => ({ ...base, kind: 'Deployment', options }));
  }

  /** A workload whose replicas keep their names and their volumes. */
  statefulSet(name: string, options: StatefulSetOptions): WorkloadHandle {
    return this.#workload('StatefulSet', name, options, (base, options) => ({ ...base, kind: 'StatefulSet', options }));
  }

  /** A pod on every node. Volumes of the node itself need a namespace whose environment allows them. */
  daemonSet(name: string, options: DaemonSetOptions = {}): WorkloadHandle {
    return this.#workload('DaemonSet', name, options, (base, options) => ({ ...base, kind: 'DaemonSet', options }));
  }

  /** A run to completion on every change of its description, or one per piece of work where event sources start it. */
  job(name: string, options: SingleJobOptions): WorkloadHandle {
    return this.#workload('Job', name, options, (base, options) => ({ ...base, kind: 'Job', options }));
  }

  /** A run to completion by the clock. */
  cronJob(name: string, options: CronJobOptions): WorkloadHandle {
    return this.#workload('CronJob', name, options, (base, options) => ({ ...base, kind: 'CronJob', options }));
  }

  /** A further namespace of the app's own, for workloads that must be kept apart. */
  namespace(name: string, options: NamespaceOptions = {}): NamespaceOwner {
    const { access = 'standard' } = this.#stated('namespace', `namespace "${name}"`, options) ? options : {};
    if (!hasForm(name, dnsLabel))
      this.#report('app/name', { message: `namespace "${name}" is no DNS label`, hint: nameHint });
    if (this.#namespaces.some((each) => each.name === name))
      this.#report('app/duplicate', { message: `namespace "${name}" is declared twice` });
    else this.#namespaces.push({ name, access });
    return { kind: 'namespace', name };
  }

  /** A logical secret with its keys. No value ever passes through here. */
  secret<const Key extends string>(
    name: string,
    options: { readonly keys: readonly Key[]; readonly path?: string },
  ): SecretHandle<Key> {
    name = this.#soundName('secret', name);
    const objectName = joinName(this.name, name);
    if (this.#secrets.has(name)) this.#report('app/duplicate', { message: `secret "${name}" is declared twice` });
    const faults = checkSecret(options);
    for (const { message, hint } of faults)
      this.#report('app/invalid-option', { message: `secret "${name}": ${message}`, hint });
    const sound = faults.length === 0;
    // What is wrong with its keys is told; that others use them is no further fault.
    const used: string[] = sound ? [...options.keys] : ['mended'];
    this.#secrets.set(name, { name, objectName, keys: used, ...(sound && { path: options.path }) });
    const keys = sound ? options.keys : [];
    const key = (key: Key): SecretValue => {
      if (!used.includes(key)) {
        if (sound) {
          const message = `secret "${name}" has no key ${shown(key)}`;
          this.#report('secrets/undeclared-key', { message, hint: didYouMean(String(key), options.keys) });
        }
        used.push(key);
      }
      return { secret: objectName, key };
    };
    const all = (): Record<Key, SecretValue> => {
      const values: Partial<Record<Key, SecretValue>> = {};
      for (const each of keys) values[each] = key(each);
      // Every key of the secret was set above.
      return values as Record<Key, SecretValue>;
    };
    return { kind: 'secret', name, keys, key, all };
  }

  /**
   * A data store or system outside the cluster. The cluster file says where it is, under `stores:` as `<app>/<name>` or `<name>`;
   * a system of the open Internet may be stated here by its host names instead.
   */
  external(name: string, options: { readonly port?: number; readonly hosts?: readonly string[] } = {}): ExternalHandle {
    const { stores } = this.#cluster;
    if (!this.#stated('external', `external "${name}"`, options)) options = {};
    const stated = this.#port(`external "${name}"`, options.port);
    const store = stores[`${this.name}/${name}`] ?? stores[name];
    if (store) {
      this.#stores.set(store.host, name);
      return { kind: 'external', name, cidrs: store.cidrs, ...address(store.host, store.port) };
    }
    const [host] = options.hosts ?? [];
    if (host !== undefined && options.hosts) {
      const { implementation, fqdn } = this.#cluster.capabilities.networkPolicy;
      if (fqdn === 'none') {
        this.#report('app/hosts-not-supported', {
          message: `app "${this.name}" reaches "${name}" by the names of its hosts, which the network of cluster "${this.#cluster.name}" (${implementation}) cannot express`,
          hint: `add to clusters/${this.#cluster.name}.yaml: stores: { ${this.name}/${name}: { host: ${host}, port: ${stated ?? 443}, cidrs: [ … ] } }, or choose a network with capabilities.networkPolicy.fqdn cilium or gke`,
        });
        return { kind: 'external', name, cidrs: [], ...address(host, stated ?? 443) };
      }
      return { kind: 'external', name, cidrs: [], hosts: options.hosts, ...address(host, stated ?? 443) };
    }
    const known = Object.keys(stores).flatMap((key) => {
      const [app, own] = key.split('/');
      return own === undefined ? [key] : app === this.name ? [own] : [];
    });
    const nearest = suggest(name, known);
    this.#report('app/missing-store', {
      message: `cluster "${this.#cluster.name}" does not say where "${name}" of app "${this.name}" is`,
      hint: `${nearest === undefined ? '' : `did you mean "${nearest}"? else `}add to clusters/${this.#cluster.name}.yaml: stores: { ${this.name}/${name}: { host: …, port: ${options.port ?? 5432}, cidrs: [ … ] } }`,
    });
    return { kind: 'external', name, cidrs: [], ...address(`${name}.invalid`, stated ?? 443) };
  }

  /** The open Internet over some ports, without private addresses. Say why nothing narrower will do. */
  internet(options: { readonly ports?: readonly number[]; readonly reason: string }): InternetHandle {
    const sound = this.#stated('internet', 'internet', options);
    return { kind: 'internet', ports: sound ? (options.ports ?? [443]) : [443], reason: sound ? options.reason : '' };
  }

  /** The API server of the cluster. */
  kubernetesApi(): KubernetesApiHandle {
    return { kind: 'kubernetes-api' };
  }

  /** A workload of another app on the same cluster, to call it (with its port; that app must admit this one) or to admit it. */
  peer(
    app: string,
    workload: string,
    options: { readonly port?: number; readonly namespace?: string } = {},
  ): PeerHandle {
    if (!this.#stated('peer', `peer ${app}/${workload}`, options)) options = {};
    const namespace = options.namespace ?? app;
    return {
      kind: 'peer',
      app,
      workload,
      namespace,
      ...address(
        `${joinName(app, workload)}.${namespace}.svc`,
        this.#port(`peer ${app}/${workload}`, options.port) ?? 0,
      ),
    };
  }

  /** Pods of a namespace that no app of this repository owns. */
  pods(
    namespace: string,
    options: { readonly selector?: Readonly<Record<string, string>>; readonly ports: readonly PeerPort[] },
  ): NamespaceHandle {
    const sound = this.#stated('pods', `pods of ${namespace}`, options);
    return { kind: 'namespace-pods', namespace, selector: options.selector, ports: sound ? options.ports : [] };
  }

  /** A way in from outside the cluster. */
  route(options: RouteOptions): void {
    const faults = checkRouteOptions(options);
    const name = faults.length === 0 ? (options.name ?? 'public') : 'public';
    for (const { message, hint } of faults) this.#report('app/invalid-option', { message: `route: ${message}`, hint });
    if (faults.length > 0) return;
    for (const claim of claimsOf(options)) {
      const other = this.#claims.get(claim);
      if (other !== undefined) {
        this.#report('app/duplicate', {
          message: `routes "${other}" and "${name}" both claim ${claim}`,
          hint: 'give one of them another host or path',
        });
        return;
      }
    }
    for (const claim of claimsOf(options)) this.#claims.set(claim, name);
    if (this.#routes.has(name)) {
      this.#report('app/duplicate', {
        message: `route "${name}" is declared twice`,
        hint: 'give one of them a name of its own',
      });
    }
    this.#routes.set(name, { name, options, declaredAt: here() });
  }

  /** Who hears of the app's alerts besides whoever the environment tells. The keys are those of `app.secret(…)`. */
  alerting(options: AlertingOptions): void {
    if (this.#alerting) this.#report('app/duplicate', { message: 'the routes of alerts are stated twice' });
    const faults = checkAlerting(options);
    for (const { message, hint } of faults)
      this.#report('app/invalid-option', { message: `alerting: ${message}`, hint });
    if (faults.length === 0) this.#alerting = options;
  }

  /** What watches the cluster as a whole; for the one app that sets clusters up. */
  clusterMonitoring(options: ClusterMonitoringOptions = {}): void {
    if (this.#clusterMonitoring) this.#report('app/duplicate', { message: 'what watches the cluster is stated twice' });
    this.#clusterMonitoring = options;
  }

  /** A dashboard of the app's own, besides `overview`, which every app has; one of that name replaces it. */
  dashboard(name: string, definition: DashboardDefinition): void {
    if (!hasForm(name, dnsLabel))
      this.#report('app/name', { message: `dashboard "${name}" is no DNS label`, hint: nameHint });
    else if (Object.hasOwn(this.#dashboards, name))
      this.#report('app/duplicate', { message: `dashboard "${name}" is declared twice` });
    else this.#dashboards[name] = definition;
  }

  /** Anything else: constructs of cdk8s or of anybody's library, rendered with the app. */
  extend(make: (scope: Construct, cluster: Cluster) => void): void {
    this.#extensions.push(make);
  }

  /** What was stated, for the composition. */
  graph(): AppGraph {
    this.#checkStores();
    return {
      definition: this.#definition,
      cluster: this.#cluster,
      ownership: this.#ownership,
      namespaces: this.#namespaces,
      workloads: [...this.#workloads.values()],
      secrets: [...this.#secrets.values()],
      routes: [...this.#routes.values()],
      alerting: this.#alerting,
      clusterMonitoring: this.#clusterMonitoring,
      dashboards: this.#dashboards,
      extensions: this.#extensions,
      diagnostics: this.#diagnostics,
    };
  }

  /** Tells of workloads that are told where a store is, and do not call it: their policies would keep it from them. */
  #checkStores(): void {
    if (this.#stores.size === 0) return;
    for (const { name, options, calls, declaredAt } of this.#workloads.values()) {
      const texts = [...Object.values(options.env ?? {}), ...Object.values(options.config ?? {})].filter(
        (each) => typeof each === 'string',
      );
      for (const [host, store] of this.#stores) {
        if (calls.some((each) => 'host' in each && each.host === host)) continue;
        if (!texts.some((text) => text.includes(host))) continue;
        this.#diagnostics.push(
          diagnostic('app/uncalled-store', {
            clusters: [this.#cluster.name],
            ...this.#locate?.(declaredAt),
            message: `workload "${name}" is told where "${store}" is, and does not call it: its network policy keeps it away`,
            hint: `add app.external('${store}') to its calls`,
          }),
        );
      }
    }
  }

  #workload<Options extends ContainerOptions & Partial<ServerOptions>>(
    kind: WorkloadKind,
    name: string,
    stated: Options,
    declare: (
      base: Pick<WorkloadDeclaration, 'name' | 'reference' | 'calls' | 'declaredAt'>,
      options: Options,
    ) => WorkloadDeclaration,
  ): WorkloadHandle {
    const declaredAt = here();
    const options = this.#sound(kind, name, stated);
    name = this.#soundName(kind, name, kind === 'CronJob' ? maxCronJobNameLength : maxLabelLength);
    const objectName = joinName(this.name, name);
    if (this.#workloads.has(name)) {
      this.#report('app/duplicate', {
        message: `workload "${name}" is declared twice`,
        hint: 'give one of them another name',
      });
    }
    const ports = namedPorts(options);
    const reference: WorkloadReference = {
      app: this.name,
      component: name,
      namespace: options.namespace?.name ?? this.#definition.namespace,
      kind,
      name: objectName,
      serviceAccount: objectName,
      service: ports.length > 0 || kind === 'StatefulSet' ? objectName : undefined,
      ports,
      labels: shared(ownershipLabels({ ...this.#ownership, component: name })),
      selector: shared(selectorLabels(this.name, name)),
    };
    const calls = [...(options.calls ?? [])];
    const clustered = 'clustered' in options && options.clustered === true;
    this.#workloads.set(name, declare({ name, reference, calls, declaredAt }, options));
    const fault: Fault = (message, hint) =>
      this.#report('app/invalid-option', { message: `workload "${name}": ${message}`, hint });
    const host = `${objectName}.${reference.namespace}.svc`;
    const handle = (port: NamedPort | undefined, portName?: string): WorkloadHandle => ({
      kind: 'workload',
      name,
      ...(portName !== undefined && { portName }),
      ...address(host, port?.port ?? 0),
      on: (wanted) => {
        const found = ports.find((each) => each.name === wanted);
        if (!found) {
          const names = ports.map((each) => each.name);
          fault(`it has no port ${shown(wanted)}`, didYouMean(String(wanted), names));
        }
        return found ? handle(found, wanted) : handle(port, portName);
      },
      replica: (index) =>
        `${objectName}-${index}.${clustered ? peersName(reference) : objectName}.${reference.namespace}.svc`,
      calls: (...targets) => {
        for (const target of targets) if (checkCall(target, fault)) calls.push(target);
      },
    });
    return handle(ports[0]);
  }

  /** True if the options of a statement are sound; a report of each fault if they are not. */
  #stated(statement: keyof typeof statements, what: string, options: object): boolean {
    let sound = true;
    statements[statement](options, '', (message, hint) => {
      sound = false;
      this.#report('app/invalid-option', { message: `${what}: ${message}`, hint });
    });
    return sound;
  }

  /** A port, if it is one; a report if it is not. */
  #port(what: string, stated: number | undefined): number | undefined {
    if (stated === undefined) return undefined;
    let sound: number | undefined = stated;
    port(stated, 'port', (message, hint) => {
      sound = 8080;
      this.#report('app/invalid-option', { message: `${what}: ${message}`, hint });
    });
    return sound;
  }

  /** The options of a workload, without those that are wrong, which are reported. */
  #sound<Options extends object>(kind: WorkloadKind, name: string, options: Options): Options {
    const what = `${kind === 'CronJob' ? 'cron job' : kind === 'Job' ? 'job' : 'workload'} "${name}"`;
    const faults = checkOptions(options, kind);
    if (faults.length === 0) return options;
    for (const { message, hint } of faults)
      this.#report('app/invalid-option', { message: `${what}: ${message}`, hint });
    return withoutFaults(options, faults, this.#cluster.environment.minimumReplicas);
  }

  /** The name of what is declared; one at fault is told once, and what leans on it gets one that would do. */
  #soundName(what: string, name: string, longest = maxLabelLength): string {
    const joined = joinName(this.name, name);
    if (!hasForm(name, dnsLabel)) {
      this.#report('app/name', { message: `${what} "${name}" is no DNS label`, hint: nameHint });
    } else if (joined.length > longest) {
      this.#report('app/name', {
        message: `${what} "${joined}" has ${joined.length} characters, at most ${longest} are possible`,
        hint: `shorten "${name}" by ${joined.length - longest} characters`,
      });
    } else return name;
    const label = String(name)
      .replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2')
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .slice(0, Math.max(1, longest - this.name.length - 1))
      .replaceAll(/^-+|-+$/g, '');
    return label === '' ? 'x' : label;
  }

  #report(code: Diagnostic['code'], finding: Finding): void {
    // The statement of the app that is at fault is still on the stack.
    const place = this.#locate?.(new Error());
    this.#diagnostics.push(diagnostic(code, { clusters: [this.#cluster.name], ...place, ...finding }));
  }
}

/** Who is stating something: the stack from the caller of this on. */
function here(): DeclaredAt {
  const declaredAt: { stack?: string } = {};
  Error.captureStackTrace(declaredAt, here);
  return declaredAt;
}

/** Values of the label `cloud`, by which cost is allocated. */
const clouds = { eks: 'aws', gke: 'gcp', aks: 'azure', onprem: 'onprem' } as const satisfies Record<
  Cluster['provider'],
  string
>;

const nameHint = 'use lower-case letters, digits and hyphens, at most 63, no hyphen at either end';

function namedPorts({ port, ports }: Partial<ServerOptions>): NamedPort[] {
  return [
    ...(port === undefined ? [] : [{ name: 'http', port }]),
    ...Object.entries(ports ?? {}).map(([name, number]) => ({ name, port: number })),
  ];
}
