import { expect, test } from 'vitest';
import { validateManifests } from '../../index.ts';

const judge = (text: string) =>
  validateManifests({ documents: [{ file: 'all.yaml', text }], kubernetes: '1.34', context: 'folder' }).diagnostics;
const errors = (text: string) =>
  judge(text)
    .filter((each) => each.severity === 'error')
    .map((each) => `${each.code} ${each.line}`);

/** What `kubectl create --dry-run=client -o yaml` writes, and what people write beside it. */
const plain = `
apiVersion: apps/v1
kind: Deployment
metadata: { creationTimestamp: null, labels: { app: web }, name: web }
spec:
  replicas: 1
  selector: { matchLabels: { app: web } }
  strategy: {}
  template:
    metadata: { creationTimestamp: null, labels: { app: web } }
    spec:
      containers:
        - { image: nginx, name: nginx, resources: {}, env: [{ name: DB_HOST, value: db }, { name: DB_PASSWORD, value: hunter22 }] }
      volumes: [{ name: logs, hostPath: { path: /var/log } }]
status: {}
---
apiVersion: v1
kind: Service
metadata: { name: db }
spec: { type: LoadBalancer, selector: { app: web }, ports: [{ port: 80 }] }
---
apiVersion: v1
kind: Secret
metadata: { name: db }
data: { password: aHVudGVyMjI= }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: web }
spec: { rules: [{ http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: db, port: { number: 80 } } } }] } }] }
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: { name: admin }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin }
subjects: [{ kind: ServiceAccount, name: default, namespace: default }]
`;

/** The example of the Kubernetes documentation on network policies. */
const documented = `
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: test-network-policy, namespace: default }
spec:
  podSelector: { matchLabels: { role: db } }
  policyTypes: [Ingress, Egress]
  ingress:
    - from:
        - ipBlock: { cidr: 172.17.0.0/16, except: [172.17.1.0/24] }
        - namespaceSelector: { matchLabels: { project: myproject } }
        - podSelector: { matchLabels: { role: frontend } }
      ports: [{ protocol: TCP, port: 6379 }]
  egress:
    - to: [{ ipBlock: { cidr: 10.0.0.0/24 } }]
      ports: [{ protocol: TCP, port: 5978 }]
`;

test('taste is no error in a folder', () => {
  expect(errors(plain + documented)).toEqual([]);
  expect(new Set(judge(plain).map((each) => each.code))).toContain('security/plaintext-secret');
});

test('what certainly fails, or is certainly a secret, is one', () => {
  const enforced = `
---
apiVersion: v1
kind: Namespace
metadata: { name: default, labels: { pod-security.kubernetes.io/enforce: baseline } }
`;
  expect(errors(plain + enforced)).toEqual(['security/pod-security 14']);
  expect(
    errors(`apiVersion: v1\nkind: ConfigMap\nmetadata: { name: c }\ndata: { id: AKIAIOSFODNN7EXAMPLE }\n`),
  ).toEqual(['security/plaintext-secret 4']);
});

test('no value that is found is printed', () => {
  const found = judge(plain).filter((each) => each.code === 'security/plaintext-secret');
  expect(found).toHaveLength(2);
  expect(JSON.stringify(found)).not.toMatch(/hunter22|aHVudGVyMjI/);
});

test('the pods of a ScaledJob are judged like any others, by the level of their namespace', () => {
  const job = (securityContext: string) => `
apiVersion: v1
kind: Namespace
metadata: { name: media, labels: { pod-security.kubernetes.io/enforce: baseline } }
---
apiVersion: keda.sh/v1alpha1
kind: ScaledJob
metadata: { name: render, namespace: media }
spec:
  jobTargetRef: { template: { spec: { restartPolicy: Never, containers: [{ name: render, image: "example.com/render:1.0.0", securityContext: ${securityContext} }] } } }
  triggers: [{ type: cron, metadata: { timezone: Etc/UTC, start: 0 6 * * *, end: 0 7 * * *, desiredReplicas: "1" } }]
`;
  expect(errors(job('{ allowPrivilegeEscalation: false }'))).toEqual([]);
  expect(errors(job('{ privileged: true }'))).toEqual(['security/pod-security 10']);
});
