import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import type { Manifest } from './manifest.ts';

/**
 * A Kubernetes object that is given as the plain manifest it becomes.
 *
 * It is an `ApiObject`, so it lives in any cdk8s `Chart` and takes JSON patches, labels and annotations like any other.
 */
export class KubernetesObject extends ApiObject {
  constructor(scope: Construct, id: string, manifest: Manifest) {
    super(scope, id, manifest);
  }
}
