import type { RecordingIntent } from '../intent.ts';

/** A counter that a service is to export, so that the business recordings have something to count. */
export interface BusinessCounter {
  readonly name: string;
  /** What the service counts, and when. */
  readonly counts: string;
  readonly labels: Readonly<Record<string, string>>;
}

const counters = [
  { name: 'orders_created_total', counts: 'an order, when it is accepted', labels: { service: 'set by the scrape' } },
  {
    name: 'orders_completed_total',
    counts: 'an order, when it is delivered',
    labels: { service: 'set by the scrape' },
  },
  {
    name: 'orders_cancelled_total',
    counts: 'an order, when it is cancelled',
    labels: { reason: 'customer, merchant or system' },
  },
  {
    name: 'revenue_total',
    counts: 'the price of an order in the currency’s main unit, when it is paid',
    labels: { currency: 'ISO 4217' },
  },
  { name: 'user_actions_total', counts: 'an action of a signed-in user', labels: { action: 'a small closed set' } },
  { name: 'logins_total', counts: 'an attempt to sign in', labels: { result: 'success or failure' } },
] as const satisfies readonly BusinessCounter[];

/**
 * The contract with the services: whoever takes orders exports these counters on its metrics port. They only ever grow; a day's
 * revenue is a rate, never a gauge that somebody resets.
 */
export const businessCounters: readonly BusinessCounter[] = counters;

/** A counter of the contract. */
export type BusinessCounterName = (typeof counters)[number]['name'];

/** Recorded business metrics of a cluster: per minute or per hour, as people read them, kept apart by namespace. */
export const businessRecordings: readonly RecordingIntent[] = [
  {
    name: 'business:orders_created:rate1m',
    expression: 'sum by (namespace, cloud_provider) (rate(orders_created_total[5m])) * 60',
  },
  {
    name: 'business:orders_completed:rate1m',
    expression: 'sum by (namespace, cloud_provider) (rate(orders_completed_total[5m])) * 60',
  },
  {
    name: 'business:orders_cancelled:rate1m',
    expression: 'sum by (namespace, cloud_provider) (rate(orders_cancelled_total[5m])) * 60',
  },
  {
    name: 'business:revenue:rate1h',
    expression: 'sum by (namespace, cloud_provider, currency) (rate(revenue_total[1h])) * 3600',
  },
  {
    name: 'business:user_actions:rate1m',
    expression: 'sum by (namespace, cloud_provider, action) (rate(user_actions_total[5m])) * 60',
  },
  {
    name: 'security:logins_failed:rate1m',
    expression: 'sum by (namespace, cloud_provider) (rate(logins_total{result="failure"}[5m])) * 60',
  },
];
