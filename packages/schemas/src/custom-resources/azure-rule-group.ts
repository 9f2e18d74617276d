import type { CustomResource, Texts } from './metadata.ts';

// Source: Azure/azure-service-operator, `v2/api/alertsmanagement/v1api20230301`, of the ARM resource
// Microsoft.AlertsManagement/prometheusRuleGroups 2023-03-01.

/** Rules that Azure Monitor evaluates in a workspace; Azure Service Operator makes the Azure resource. */
export interface PrometheusRuleGroup extends CustomResource<
  'alertsmanagement.azure.com/v1api20230301',
  'PrometheusRuleGroup'
> {
  readonly spec: {
    /** @pattern ^[^:@/#{}%&+*<>?]+$ */
    readonly azureName?: string;
    readonly clusterName?: string;
    readonly description?: string;
    readonly enabled?: boolean;
    /** ISO 8601, from one to fifteen minutes. */
    readonly interval?: string;
    readonly location: string;
    readonly operatorSpec?: {
      readonly configMapExpressions?: readonly DestinationExpression[];
      readonly secretExpressions?: readonly DestinationExpression[];
    };
    readonly owner: { readonly armId?: string; readonly name?: string };
    readonly rules: readonly {
      readonly actions?: readonly {
        readonly actionGroupReference?: ResourceReference;
        readonly actionProperties?: Texts;
      }[];
      readonly alert?: string;
      readonly annotations?: Texts;
      readonly enabled?: boolean;
      readonly expression: string;
      /** ISO 8601. */
      readonly for?: string;
      readonly labels?: Texts;
      readonly record?: string;
      readonly resolveConfiguration?: { readonly autoResolved?: boolean; readonly timeToResolve?: string };
      /** @integer */
      readonly severity?: number;
    }[];
    readonly scopesReferences: readonly ResourceReference[];
    readonly tags?: Texts;
  };
}

interface ResourceReference {
  readonly armId?: string;
  readonly group?: string;
  readonly kind?: string;
  readonly name?: string;
}

interface DestinationExpression {
  readonly key?: string;
  readonly name: string;
  readonly value: string;
}
