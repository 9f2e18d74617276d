import type { ImageReference } from '@fairlead/inventory';

/** Finds the image of a key in releases.yaml for the environment of the placement; undefined: not there. */
export type ImageResolver = (key: string) => ImageReference | undefined;

/** True for what is a reference itself and no key of releases.yaml. */
export function isImageReference(image: string): boolean {
  return /[:/@]/.test(image);
}
