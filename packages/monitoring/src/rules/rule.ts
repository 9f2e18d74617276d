/** One alert as Prometheus evaluates it. */
export interface AlertingRule {
  readonly alert: string;
  readonly expr: string;
  readonly for?: string;
  readonly labels: Record<string, string>;
  readonly annotations: Record<string, string>;
}

/** One metric that Prometheus computes ahead. */
export interface RecordingRule {
  readonly record: string;
  readonly expr: string;
  readonly labels?: Record<string, string>;
}

export type Rule = AlertingRule | RecordingRule;

/** Rules that are evaluated in order, one group in parallel with the others. */
export interface RuleGroup {
  /** Unique within its object. */
  readonly name: string;
  /** How often it is evaluated. Default: as the stack does. A recorded metric is lost between evaluations more than 5m apart. */
  readonly interval?: string;
  readonly rules: readonly Rule[];
}
