import { type Diagnostic, didYouMean } from '@fairlead/diagnostics';
import { checkStructure } from './check-structure.ts';
import type { Architecture, Environment } from './model.ts';
import type { ReleasesFile } from './releases-schema.ts';
import { isRecord, SourceFile } from './source-file.ts';

/** One image as one environment runs it. */
export interface Release {
  readonly version: string;
  /** `sha256:` and 64 hexadecimal digits. */
  readonly digest?: string | undefined;
}

/** `apps/<name>/releases.yaml`, read and checked. */
export interface Releases {
  readonly images: ReadonlyMap<
    string,
    {
      readonly repository: string;
      readonly platforms?: readonly Architecture[] | undefined;
      readonly environments: ReadonlyMap<string, Release>;
    }
  >;
}

/** An image as a pod names it. */
export interface ImageReference {
  /** `repository:version@digest`, or without the digest where none is stated. */
  readonly reference: string;
  /** Whether the reference names a digest. */
  readonly digest: boolean;
  /** Architectures that the image is built for; absent: not known. */
  readonly platforms?: readonly Architecture[] | undefined;
}

/**
 * Reads `apps/<name>/releases.yaml`: per image a repository and, per environment, version and digest, so that a promotion copies one line.
 *
 *     images:
 *       api:
 *         repository: registry.example.com/resource-hub/api
 *         staging: { version: 1.4.0, digest: sha256:… }
 *         production: { version: 1.3.2, digest: sha256:… }
 *
 * With `environments`, a name that is none of them and a missing digest where the environment demands one are errors.
 * `unreadable` says why there is no text. `value` is undefined when the file does not have the shape above.
 */
export function parseReleases(
  file: string,
  text: string,
  environments?: readonly Environment[],
  unreadable?: string,
): { readonly value: Releases | undefined; readonly diagnostics: readonly Diagnostic[] } {
  const source = new SourceFile({ file, text, unreadable });
  if (source.value === undefined) return { value: undefined, diagnostics: source.diagnostics };
  const sound = checkStructure('releases', source);
  const images = isRecord(source.value['images']) ? source.value['images'] : {};
  for (const [image, entry] of Object.entries(images)) {
    if (environments !== undefined && isRecord(entry)) checkImage(source, image, entry, environments);
  }
  // The schema has just checked the shape.
  return { value: sound ? toReleases(source.value as ReleasesFile) : undefined, diagnostics: source.diagnostics };
}

/** The image that an environment runs; undefined when the file does not know the image or the environment runs none. */
export function imageOf(releases: Releases, image: string, environment: string): ImageReference | undefined {
  const entry = releases.images.get(image);
  const release = entry?.environments.get(environment);
  if (entry === undefined || release === undefined) return undefined;
  const tagged = `${entry.repository}:${release.version}`;
  const platforms = entry.platforms && { platforms: entry.platforms };
  return release.digest === undefined
    ? { reference: tagged, digest: false, ...platforms }
    : { reference: `${tagged}@${release.digest}`, digest: true, ...platforms };
}

function toReleases(file: ReleasesFile): Releases {
  return {
    images: new Map(
      Object.entries(file.images).map(([name, { repository, platforms, ...rest }]) => [
        name,
        {
          repository,
          platforms,
          environments: new Map(
            Object.entries(rest).flatMap(([environment, release]) =>
              isRelease(release) ? [[environment, release] as const] : [],
            ),
          ),
        },
      ]),
    ),
  };
}

function isRelease(value: unknown): value is Release {
  return isRecord(value);
}

function checkImage(
  source: SourceFile,
  image: string,
  entry: Readonly<Record<string, unknown>>,
  environments: readonly Environment[],
): void {
  for (const [name, release] of Object.entries(entry)) {
    if (name === 'repository' || name === 'platforms') continue;
    const path = ['images', image, name];
    const environment = environments.find((each) => each.name === name);
    if (environment === undefined) {
      source.report('inventory/unknown-environment', path, 'key', {
        message: `environment "${name}" does not exist`,
        hint: didYouMean(name, [...environments.map((each) => each.name), 'repository', 'platforms']),
      });
    } else if (environment.images === 'digest' && isRecord(release) && !Object.hasOwn(release, 'digest')) {
      source.report('inventory/missing-digest', path, 'key', {
        message: `image "${image}" has no digest in environment "${name}", which demands digests`,
        hint: 'add digest: sha256:… beside the version; the registry prints it when the image is pushed',
      });
    }
  }
}
