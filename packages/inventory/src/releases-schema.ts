import { type Static, Type } from '@sinclair/typebox';
import { choice, fields, mapOf, shaped } from './schema-parts.ts';

const release = fields(
  {
    version: shaped(
      '^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$',
      'an image tag: at most 128 letters, digits, dots, hyphens and underscores',
      'Image tag.',
    ),
    digest: Type.Optional(
      shaped('^sha256:[0-9a-f]{64}$', 'a digest: sha256: and 64 lower-case hexadecimal digits', 'Digest of the image.'),
    ),
  },
  'What one environment runs.',
);

interface ImageEntry {
  readonly repository: string;
  readonly platforms?: readonly ('amd64' | 'arm64')[];
  readonly [environment: string]: string | readonly ('amd64' | 'arm64')[] | Static<typeof release> | undefined;
}

/** `apps/<name>/releases.yaml`: image versions per environment. */
export const releasesSchema = Type.Object(
  {
    images: mapOf(
      Type.Unsafe<ImageEntry>({
        type: 'object',
        properties: {
          repository: shaped(
            '^[a-z0-9.-]+(:[0-9]+)?(/[a-z0-9]+([._-]+[a-z0-9]+)*)*$',
            'an image repository such as registry.example.com/team/api, without tag',
            'Image repository, without tag and digest.',
          ),
          platforms: Type.Array(choice(['amd64', 'arm64'], 'Processor architecture.'), {
            minItems: 1,
            uniqueItems: true,
            description: 'Architectures that every version of the image is built for. Absent: not known.',
          }),
        },
        required: ['repository'],
        additionalProperties: release,
        description: 'repository, platforms, and one entry per environment.',
      }),
      'Images of the app by the name that app.ts uses.',
    ),
  },
  {
    additionalProperties: false,
    title: 'Fairlead releases',
    description: 'Which image versions each environment runs.',
  },
);

/** The shape of a releases file that has passed the schema. */
export type ReleasesFile = Static<typeof releasesSchema>;
