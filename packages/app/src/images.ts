import type { ImageReference } from '@fairlead/inventory';

/** Finds the image of a key in releases.yaml for the environment of the placement; undefined: not there. */
export interface ImageResolver {
  (key: string): ImageReference | undefined;
  /** The keys that there are. */
  readonly keys?: readonly string[];
}

/** True for what is a reference itself and no key of releases.yaml. */
export function isImageReference(image: string): boolean {
  return /[:/@]/.test(image);
}
