import eslint from '@eslint/js';
import nx from '@nx/eslint-plugin';
import prettier from 'eslint-config-prettier';
import tseslint from 'typescript-eslint';

/** The import table of ARCHITECTURE.md: a package may import those of the rows below its own. */
const capabilities = [
  'workload',
  'ingress',
  'network-policy',
  'rbac',
  'autoscaling',
  'monitoring',
  'vault-csi',
  'storage',
];
const rows = [
  ['manifests'],
  ['testing'],
  ['gitops', 'diff', 'validate'],
  ['render'],
  ['app'],
  capabilities,
  ['fixtures'],
  ['schemas'],
  ['inventory'],
  ['objects'],
  ['diagnostics'],
];
const tag = (name) => `layer:${name}`;
const depConstraints = [
  ...rows.flatMap((row, index) =>
    row.map((name) => ({
      sourceTag: tag(name),
      onlyDependOnLibsWithTags: [
        tag(name),
        ...rows
          .slice(index + 1)
          .flat()
          .map(tag),
      ],
    })),
  ),
  {
    sourceTag: tag('apps'),
    onlyDependOnLibsWithTags: ['app', 'testing', 'objects', ...capabilities].map(tag),
  },
  { sourceTag: tag('tools'), onlyDependOnLibsWithTags: ['*'] },
];

const effects = [
  'fs',
  'fs/promises',
  'child_process',
  'http',
  'https',
  'net',
  'dns',
  'os',
  'process',
  'worker_threads',
];
const noEffects = {
  'no-console': 'error',
  'no-restricted-globals': ['error', 'process', 'fetch'],
  'no-restricted-imports': [
    'error',
    {
      paths: effects
        .flatMap((name) => [name, `node:${name}`])
        .map((name) => ({
          name,
          message:
            'Only packages/manifests touches files, processes and the network; take what is needed as a parameter.',
        })),
    },
  ],
};

export default tseslint.config(
  {
    ignores: [
      'dist/**',
      'node_modules/**',
      '.nx/**',
      'tmp/**',
      'packages/*/src/generated/**',
      'packages/schemas/registry/**',
    ],
  },
  eslint.configs.recommended,
  ...tseslint.configs.strict,
  {
    files: ['**/*.ts'],
    plugins: { '@nx': nx },
    rules: {
      '@nx/enforce-module-boundaries': ['error', { checkDynamicDependenciesExceptions: ['.*'], depConstraints }],
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'inline-type-imports', prefer: 'type-imports' },
      ],
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      '@typescript-eslint/unified-signatures': 'off',
      '@typescript-eslint/no-invalid-void-type': 'off',
      '@typescript-eslint/no-dynamic-delete': 'off',
      '@typescript-eslint/no-extraneous-class': 'off',
      'no-control-regex': 'off',
      eqeqeq: 'error',
    },
  },
  {
    files: ['packages/*/src/**/*.ts'],
    ignores: ['packages/manifests/**', 'packages/fixtures/**', '**/*.test.ts'],
    rules: noEffects,
  },
  {
    // A placement is rendered by a pure function: an app sees no clock, no chance and nothing of its surroundings.
    files: ['apps/**/*.ts'],
    ignores: ['**/*.test.ts'],
    rules: {
      ...noEffects,
      'no-restricted-globals': ['error', 'process', 'fetch', 'Date', 'performance', 'setTimeout', 'setInterval'],
      'no-restricted-properties': ['error', { object: 'Math', property: 'random' }],
    },
  },
  {
    // Tools are programs of their own; they share a few scripts by path.
    files: ['tools/**/*.ts'],
    rules: { '@nx/enforce-module-boundaries': 'off' },
  },
  {
    files: ['**/*.mjs'],
    languageOptions: {
      globals: { process: 'readonly', console: 'readonly', URL: 'readonly', Buffer: 'readonly', fetch: 'readonly' },
    },
  },
  prettier,
);
