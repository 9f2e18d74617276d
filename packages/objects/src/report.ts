import type { DeclaredAt, Diagnostic } from '@fairlead/diagnostics';
import type { IConstruct } from 'constructs';

const metadataType = 'fairlead:diagnostic';
const declaredAtType = 'fairlead:declared-at';

/**
 * Attaches a diagnostic to a construct, the way CDK attaches annotations: the renderer collects it with {@link reported}.
 * An error also fails cdk8s' own `App.synth`, for charts that are rendered without Fairlead.
 */
export function report(construct: IConstruct, diagnostic: Diagnostic): void {
  construct.node.addMetadata(metadataType, diagnostic);
  if (diagnostic.severity === 'error') {
    construct.node.addValidation({ validate: () => [validationMessage(diagnostic)] });
  }
}

/** The diagnostics attached to one construct (not to its children), in the order of their reports. */
export function reported(construct: IConstruct): Diagnostic[] {
  const { metadata } = construct.node;
  if (metadata.length === 0) return [];
  return metadata.filter((entry) => entry.type === metadataType).map((entry) => entry.data as Diagnostic);
}

/** How an error that was {@link report}ed reads among the messages of `node.validate()`. */
export function validationMessage(diagnostic: Diagnostic): string {
  return `${diagnostic.code}: ${diagnostic.message}`;
}

/** Says which line of a source stated what a construct and those below it make; diagnostics are told there. */
export function declareAt(construct: IConstruct, declaredAt: DeclaredAt): void {
  construct.node.addMetadata(declaredAtType, declaredAt);
}

/** What {@link declareAt} said of one construct. */
export function declaredAt(construct: IConstruct): DeclaredAt | undefined {
  return construct.node.metadata.find((entry) => entry.type === declaredAtType)?.data as DeclaredAt | undefined;
}
