import type { Manifest } from '@fairlead/objects/manifest';

/** The risk classes, the worst first. */
export const changeClasses = ['destroys', 'rejected', 'interrupts', 'opens', 'weakens', 'behaves', 'cosmetic'] as const;

/** How much a change can hurt: data or identity lost, refused by the API server, interruption, exposure, less safety, other behaviour, none. */
export type ChangeClass = (typeof changeClasses)[number];

/** What happened to an object. A rename or a move is a deletion and a creation to the cluster. */
export type ChangeKind = 'added' | 'removed' | 'modified' | 'renamed' | 'moved';

/** One text file of a tree, its path relative to the tree's root, with `/`. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** One Kubernetes object and the file that holds it. */
export interface SourceManifest {
  readonly manifest: Manifest;
  readonly file: string;
  /** Taken from a path `[…/]clusters/<cluster>/<app>/<file>`; absent in foreign folders. */
  readonly cluster?: string;
  readonly app?: string;
  /** The source file that the header comment names (`# Rendered by … from <file>` or `# Source: <file>`). */
  readonly origin?: string;
}

/** An object as the report names it. */
export interface ObjectReference {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
  readonly file: string;
  readonly cluster?: string;
  readonly app?: string;
}

/** One changed leaf: a JSON pointer, and the value on each side that has one. */
export interface FieldChange {
  readonly pointer: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

/** One thing that a reviewer has to know, about one object or about many that change alike. */
export interface Entry {
  readonly class: ChangeClass;
  readonly code: string;
  readonly sentence: string;
  readonly change: ChangeKind;
  readonly objects: readonly ObjectReference[];
  readonly fields: readonly FieldChange[];
  /** Source files changed between the two trees that explain this entry. Absent when none is known. */
  readonly causes?: readonly string[];
  /** What the object was called before, when it was renamed or moved: parallel to `objects`. */
  readonly previous?: readonly ObjectReference[];
}

/** One image that changed, over all workloads that run it. */
export interface ImageChange {
  readonly repository: string;
  readonly from: string;
  readonly to: string;
  readonly direction: 'upgrade' | 'downgrade' | 'rebuilt' | 'replaced' | 'unknown';
  /** How far by semver: major, minor, patch, prerelease. Absent when either side is no version. */
  readonly step?: string;
  readonly workloads: number;
}

/** Requested capacity, in millicores and bytes, at the lower and the upper end of every autoscaler. */
export interface CapacityChange {
  readonly cpuMillicores: { readonly min: number; readonly max: number };
  readonly memoryBytes: { readonly min: number; readonly max: number };
  readonly storageBytes: number;
  /** Change of the monthly cost in the price table's currency. Always an estimate. */
  readonly costPerMonth: {
    readonly min: number;
    readonly max: number;
    readonly currency: string;
    readonly estimate: true;
  };
}

/** One app on one cluster: a folder `clusters/<cluster>/<app>`. */
export interface Placement {
  readonly app: string;
  readonly cluster: string;
}

/** The placements that are new, and those that are gone. */
export interface PlacementChanges {
  readonly added: readonly Placement[];
  readonly removed: readonly Placement[];
}

/** What a report says as a whole. */
export interface Summary {
  readonly byClass: Readonly<Record<ChangeClass, number>>;
  readonly objects: { readonly added: number; readonly removed: number; readonly modified: number };
  readonly clusters: readonly string[];
  readonly restarts: { readonly workloads: number; readonly pods: number };
  readonly capacity: CapacityChange | Record<string, never>;
  readonly apps: readonly string[];
  readonly images: readonly ImageChange[];
  /** Apps placed on a cluster for the first time or taken off it; text and Markdown tell the plain additions and removals of one as one. */
  readonly placements: PlacementChanges;
  /** Clusters in the order in which a change should reach them; clusters of one step may go together. */
  readonly rollout: readonly { readonly environment: string; readonly clusters: readonly string[] }[];
}

/** The report of a comparison; its JSON is a contract (`schemas/diff.schema.json`). */
export interface DiffReport {
  readonly version: 1;
  readonly base: string;
  readonly head: string;
  readonly entries: readonly Entry[];
  readonly summary: Summary;
}
