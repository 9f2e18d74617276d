import { markdownTable } from '@fairlead/diagnostics/markdown-table';
import { supportText } from '@fairlead/diagnostics/support';
import type { IngressImplementation } from '@fairlead/inventory/model';
import { certificateSupport } from './certificates.ts';
import { intentNames, intents, support } from './support.ts';

/** The support tables as a Markdown page: which implementation expresses which intent, and by what. */
export function renderSupportPage(): string {
  const implementations = Object.keys(support.weights).filter(
    (each): each is IngressImplementation => each in certificateSupport,
  );
  const intentRows = intentNames.map((intent) => [
    intents[intent],
    ...implementations.map((implementation) => supportText(support[intent][implementation])),
  ]);
  const sources = ['acm', 'cert-manager', 'google-managed', 'key-vault'] as const;
  const certificateRows = sources.map((source) => [
    source,
    ...implementations.map((implementation) => certificateSupport[implementation][source].how ?? 'no'),
  ]);
  return [
    '# What a route can want, and where\n',
    'Hosts, paths, TLS with a redirect from plain HTTP, and names in DNS are the same everywhere. For the rest, this is what an',
    'implementation makes of an intent. “No” is a diagnostic (`ingress/unsupported-intent`) that names the implementations that can;',
    '“in part” is one where the route asks for the other part.\n',
    markdownTable(['a route wants', ...implementations], intentRows),
    '## Certificates\n',
    markdownTable(['from', ...implementations], certificateRows),
  ].join('\n');
}
