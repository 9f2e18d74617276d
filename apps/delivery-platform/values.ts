import type { Replicas, SchedulingOptions } from '@fairlead/app';

/** What differs between the environments of the Delivery Platform; a cluster file may override single fields. */
export interface Values {
  /** A database per service: in the cluster, or where the cluster file says the managed ones are. */
  readonly databases: 'in-cluster' | 'managed';
  readonly logLevel: 'debug' | 'info' | 'warn';
  readonly replicas: Readonly<Record<'gateway' | 'service', Replicas>>;
  /** Requests of one client in a quarter of an hour, which the gateway counts in Redis. */
  readonly requestLimit: number;
  /** What is asked of whatever stands before the gateway. */
  readonly edge: {
    readonly firewall: boolean;
    readonly minimumTls: '1.2' | '1.3';
    readonly accessLog: boolean;
    /** Requests of one address, where the route itself counts them. Absent: the rules of the cluster's firewall do. */
    readonly requestsPerMinute?: number;
  };
  /** Promise to those who order, in percent of requests. */
  readonly availability?: number;
  /** Whether requests are compared with use, for the people who size them. */
  readonly rightSizing?: boolean;
  /** Whether services may run on nodes that are taken back at short notice, and how many of their pods stay on others. */
  readonly spot?: NonNullable<SchedulingOptions['spot']>;
}

export const values: Readonly<Record<'dev' | 'staging' | 'production', Values>> = {
  dev: {
    databases: 'in-cluster',
    logLevel: 'debug',
    replicas: { gateway: 1, service: 1 },
    requestLimit: 10_000,
    edge: { firewall: false, minimumTls: '1.3', accessLog: false },
  },
  staging: {
    databases: 'managed',
    logLevel: 'info',
    replicas: { gateway: { min: 2, max: 4, cpu: 70 }, service: { min: 2, max: 4, cpu: 75 } },
    requestLimit: 1_000,
    edge: { firewall: true, minimumTls: '1.3', accessLog: false },
    availability: 99.5,
    rightSizing: true,
    spot: { onDemand: 1 },
  },
  production: {
    databases: 'managed',
    logLevel: 'warn',
    replicas: { gateway: { min: 3, max: 20, cpu: 65 }, service: { min: 3, max: 12, cpu: 70 } },
    requestLimit: 100,
    edge: { firewall: true, minimumTls: '1.3', accessLog: true },
    availability: 99.9,
    rightSizing: true,
    spot: { onDemand: '50%' },
  },
};
