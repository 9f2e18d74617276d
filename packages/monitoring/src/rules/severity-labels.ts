import type { Environment } from '@fairlead/inventory';
import type { AlertSeverity } from '../intent.ts';

/** The words that requirements and dashboards use for the two urgencies, the same in every environment. */
export const severities: Readonly<Record<AlertSeverity, string>> = { page: 'critical', ticket: 'warning' };

/** The labels that say how urgent an alert is, and which receiver of the platform the environment sends that urgency to. */
export function severityLabels(
  { alerts }: Environment,
  severity: AlertSeverity,
): Record<'receiver' | 'severity', string> {
  return { receiver: alerts.severity[severity], severity: severities[severity] };
}
