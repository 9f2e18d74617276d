import type { AlertTemplate } from './alert-template.ts';
import {
  availabilityObjective,
  burnRateAlert,
  burnRates,
  latencyObjective,
  type ObjectiveTemplate,
} from './burn-rate.ts';
import { anomalyAlerts } from './anomaly-alerts.ts';
import * as connections from './connection-alerts.ts';
import * as platform from './platform-alerts.ts';
import * as requests from './request-alerts.ts';
import * as workload from './workload-alerts.ts';

const pageRow = burnRates[0];

function objectiveAlert(objective: ObjectiveTemplate): AlertTemplate[] {
  return pageRow === undefined ? [] : [burnRateAlert(objective, pageRow)];
}

/** Every alert of the library by name, in alphabetical order: what runbooks and documentation are made from. */
export const alertLibrary: ReadonlyMap<string, AlertTemplate> = new Map(
  [
    workload.podCrashLooping,
    workload.containerOutOfMemory,
    workload.containerThrottled,
    workload.autoscalerAtMaximum,
    ...workload.volumeAlerts,
    workload.jobFailed,
    workload.cronJobNotSucceeding,
    workload.spotChurn,
    // The alerts on replicas are the same for each kind but for the gauges they read.
    ...(workload.replicaAlertsOf.Deployment ?? []),
    requests.highErrorRate,
    requests.highLatency,
    requests.targetDown,
    ...anomalyAlerts,
    connections.connectionPoolNearLimit,
    connections.databaseConnectionsExhausted,
    connections.databaseConnectionsNearLimit,
    ...objectiveAlert(availabilityObjective),
    ...objectiveAlert(latencyObjective),
    platform.certificateExpiring,
    platform.nodeChurn,
    platform.spotInterruptions,
    platform.capacityRunningOut,
    platform.argoDeliveryFailing,
    platform.costAboveBudget,
    platform.costAnomaly,
    platform.failedLoginsAnomaly,
    platform.nodeNotReady,
    platform.nodePressure,
    platform.endpointDown,
    platform.endpointCertificateExpiring,
  ]
    .sort((left, right) => (left.name < right.name ? -1 : 1))
    .map((template) => [template.name, template]),
);
