import { defineApp } from '@fairlead/app';
import { ClusterNodes } from '@fairlead/autoscaling';
import { CertificateIssuer, IngressClasses } from '@fairlead/ingress';
import { KubernetesObject } from '@fairlead/objects/kubernetes-object';
import { ownershipLabels } from '@fairlead/objects';
import { SnapshotClass, StorageClasses } from '@fairlead/storage';
import { priorityClasses } from '@fairlead/workload';

/** What a cluster needs as a whole, whichever cloud it is of. It has no workload of its own, and is applied before all other apps. */
export default defineApp({
  name: 'platform',
  owner: 'platform-team',
  costCenter: 'cc-1000',
  build({ app }) {
    app.extend((scope, cluster) => {
      const owner = app.ownership;
      new StorageClasses(scope, 'storage', { cluster, owner });
      new SnapshotClass(scope, 'snapshots', { cluster, owner });
      new IngressClasses(scope, 'ways-in', { cluster, owner });
      new CertificateIssuer(scope, 'certificates', { cluster, owner, contact: 'platform@example.com' });
      new ClusterNodes(scope, 'nodes', { cluster, ownership: owner });
      for (const each of priorityClasses(ownershipLabels(owner))) new KubernetesObject(scope, each.metadata.name, each);
    });
    // The operator, kube-state-metrics and the node exporter come with its chart, which makes no Prometheus and no Alertmanager.
    app.clusterMonitoring({ business: true, priorityClass: 'critical' });
  },
});
