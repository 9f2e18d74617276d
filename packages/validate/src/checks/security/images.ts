import type { Report } from '../../check.ts';
import { listAt, textAt } from '../../json.ts';
import type { ManifestSet } from '../../manifest-set.ts';

/** Images that may change behind a name. */
export function checkImages(set: ManifestSet, report: Report): void {
  const digests = set.environment?.images === 'digest';
  for (const { manifest, containers, spec, specPointer } of set.workloads) {
    const images = [
      ...containers.map((each) => ({ image: textAt(each.spec, 'image'), pointer: `${each.pointer}/image` })),
      ...listAt(spec, 'volumes').map((each, index) => ({
        image: textAt(each, 'image', 'reference'),
        pointer: `${specPointer}/volumes/${index}/image/reference`,
      })),
    ];
    for (const { image, pointer } of images) {
      // Not rendered yet: `$(IMAGE)` and the names that Kustomize and Skaffold replace.
      if (image === undefined || image === '' || /[${}<>\s]/.test(image)) continue;
      if (/@sha(?:256|512):[0-9a-f]{64,128}$/.test(image)) continue;
      const tag = /:([^/:@]+)(?:@.*)?$/.exec(image)?.[1];
      if (tag === undefined || tag === 'latest') {
        report(
          'security/image-latest',
          manifest,
          pointer,
          `image "${image}" has ${tag === undefined ? 'no tag, which means latest' : 'the tag latest'}`,
          {
            hint: 'name a version, and its digest',
            ...(set.context === 'folder' && { severity: 'warning' as const }),
          },
        );
      } else if (digests) {
        report(
          'security/image-tag',
          manifest,
          pointer,
          `image "${image}" is named by its tag; environment ${set.environment?.name ?? ''} demands a digest`,
          {
            hint: `write ${image.replace(/@.*$/, '')}@sha256:…`,
          },
        );
      }
    }
  }
}
