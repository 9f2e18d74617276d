import type { Diagnostic, Origin } from '@fairlead/diagnostics';
import { diagnostic } from '@fairlead/diagnostics';
import type { Manifest } from '@fairlead/objects';
import { load as parse, YAMLException } from 'js-yaml';
import { decode } from './decode.ts';
import { splitDocuments, type YamlDocument } from './documents.ts';
import { inspect } from './inspect.ts';
import { isMap, listAt, textAt } from './json.ts';
import { isConfiguration, manifestsOf } from './manifest-shape.ts';
import { folderOf, joined } from './paths.ts';
import type { Source } from './source.ts';
import { kubernetesYaml } from './yaml-schema.ts';

/** A file to judge, as text (or bytes), or a manifest that another part of the program already holds. */
export type InputDocument =
  | { readonly file: string; readonly text: string | Uint8Array; readonly origin?: Origin | undefined }
  | { readonly file: string; readonly manifest: Manifest; readonly origin?: Origin | undefined }
  /** A file or folder that could not be read, with the reason. */
  | { readonly file: string; readonly problem: string; readonly origin?: undefined };

export interface Loaded {
  readonly manifests: readonly Manifest[];
  readonly sources: ReadonlyMap<Manifest, Source>;
  readonly diagnostics: readonly Diagnostic[];
  /** Texts of documents that are broken, or no objects: what they declare is not known. */
  readonly unread: readonly string[];
  /** `kustomization.yaml` files, parsed: they are instructions, not objects. */
  readonly kustomizations: readonly { readonly file: string; readonly content: unknown }[];
}

/**
 * Reads files into manifests. Whatever cannot be read is a diagnostic, never an exception: binary, too large, not UTF-8, broken YAML,
 * Helm templates, alias bombs, documents that are no Kubernetes object. A file none of whose documents looks like a manifest is left out
 * silently in a folder (values files, CI configuration) and is an error in the fleet.
 */
export function loadManifests(documents: Iterable<InputDocument>, context: 'fleet' | 'folder'): Loaded {
  const manifests: Manifest[] = [];
  const sources = new Map<Manifest, Source>();
  const diagnostics: Diagnostic[] = [];
  const kustomizations: { file: string; content: unknown; text: string; line: number }[] = [];
  const unread: string[] = [];
  const read = [...documents];
  const charts = context === 'folder' ? chartsOf(read) : [];
  const templates = new Map<string, { readonly file: string; count: number }>();
  for (const input of read) {
    if ('manifest' in input) {
      manifests.push(input.manifest);
      sources.set(input.manifest, { file: input.file, line: 0, prefix: '', origin: input.origin });
      continue;
    }
    if ('problem' in input) {
      diagnostics.push(
        diagnostic('validate/unreadable', {
          message: `it cannot be read: ${input.problem}`,
          hint: 'make it readable, or leave it out',
          file: input.file,
        }),
      );
      continue;
    }
    const chart = charts.find(
      (each) => input.file.startsWith(each) && /^(?:charts\/[^/]+\/)*templates\//.test(input.file.slice(each.length)),
    );
    if (chart !== undefined) {
      const told = templates.get(chart);
      if (told === undefined) templates.set(chart, { file: input.file, count: 1 });
      else told.count++;
      continue;
    }
    const content = readFile(input.file, input.text);
    diagnostics.push(...content.diagnostics);
    unread.push(...content.unread);
    if (isKustomization(input.file)) {
      for (const each of content.documents)
        kustomizations.push({ file: input.file, content: each.content, text: each.text, line: each.line });
      continue;
    }
    const relevant = context === 'fleet' || content.documents.some((each) => looksLikeManifest(each.content));
    if (!relevant) continue;
    for (const each of content.documents) {
      if (context === 'folder' && isConfiguration(each.content)) continue;
      const source: Source = { file: input.file, text: each.text, line: each.line, prefix: '', origin: input.origin };
      manifestsOf(
        each.content,
        source,
        (manifest, from) => {
          manifests.push(manifest);
          sources.set(manifest, from);
        },
        (found) => {
          diagnostics.push(found);
          unread.push(each.text);
        },
      );
    }
  }
  for (const [chart, { file, count }] of templates) diagnostics.push(chartDiagnostic(chart, file, count));
  if (kustomizations.length === 0) return { manifests, sources, diagnostics, unread, kustomizations };
  const files = withFolders(read);
  for (const each of kustomizations) diagnostics.push(...missingResources(each, files));
  const patches = new Set(kustomizations.flatMap(patchesOf));
  const listed = new Set(kustomizations.flatMap(resourcesOf));
  const folders = new Set(kustomizations.map(({ file }) => folderOf(file)));
  return {
    manifests: manifests.filter((each) => {
      const file = sources.get(each)?.file ?? '';
      return !patches.has(file) && (listed.has(file) || !isIdlePatch(file, folders));
    }),
    sources,
    diagnostics,
    unread,
    kustomizations,
  };
}

/** Folders of Helm charts, with a slash at the end; charts inside charts are theirs. */
function chartsOf(inputs: readonly InputDocument[]): string[] {
  const folders = inputs.flatMap(({ file }) =>
    /(?:^|\/)Chart\.ya?ml$/.test(file) ? file.slice(0, file.lastIndexOf('/') + 1) : [],
  );
  return folders.filter((each) => !folders.some((other) => other !== each && each.startsWith(`${other}charts/`)));
}

function chartDiagnostic(chart: string, file: string, count: number): Diagnostic {
  const name = chart.replace(/\/$/, '') || '.';
  return diagnostic('validate/template', {
    message: `the templates of the Helm chart ${name} are not judged (${count === 1 ? 'one file' : `${count} files`}): Helm renders them first`,
    hint: `render it and validate the result: helm template ${name} > rendered.yaml`,
    file,
    severity: 'warning',
  });
}

/** The paths of files and of the folders above them. */
function withFolders(inputs: readonly InputDocument[]): Set<string> {
  const paths = new Set<string>();
  for (const { file } of inputs) {
    let end = file.length;
    for (let path = file; end > 0 && !paths.has(path); path = file.slice(0, end)) {
      paths.add(path);
      end = file.lastIndexOf('/', end - 1);
    }
  }
  return paths;
}

/** Resources of a kustomization that are neither among the files nor elsewhere: above its folder, or behind a URL. */
function missingResources(
  kustomization: { readonly file: string; readonly content: unknown; readonly text: string; readonly line: number },
  files: ReadonlySet<string>,
): Diagnostic[] {
  const { file, content, text, line } = kustomization;
  const folder = file.includes('/') ? file.slice(0, file.lastIndexOf('/')) : '';
  return ['resources', 'bases', 'components'].flatMap((field) =>
    listAt(content, field).flatMap((entry) => {
      if (typeof entry !== 'string' || /^\.\.|[:?@]|^[\w-]+(?:\.[\w-]+)+\/|\/\//.test(entry)) return [];
      const path = joined(folder, entry);
      if (files.has(path) || path === folder) return [];
      const at = text.split('\n').findIndex((each) => each.includes(entry));
      return diagnostic('references/missing-path', {
        message: `the kustomization names ${entry}, which does not exist`,
        hint: 'correct the path, or remove the entry',
        file,
        ...(at >= 0 && { line: line + at + 1 }),
      });
    }),
  );
}

/** Files and folders that a kustomization names as resources. */
function resourcesOf({ file, content }: { readonly file: string; readonly content: unknown }): string[] {
  return listAt(content, 'resources').flatMap((each) => (typeof each === 'string' ? joined(folderOf(file), each) : []));
}

/** Whether a file that no kustomization beside it lists is by its name a patch that somebody switched off, as kubebuilder lays out. */
function isIdlePatch(file: string, folders: ReadonlySet<string>): boolean {
  const folder = folderOf(file);
  const name = file.slice(file.lastIndexOf('/') + 1);
  if (/(?:^|[-_.])patch(?:es)?(?:[-_.]|$)/.test(name)) return folders.has(folder) || folders.has(folderOf(folder));
  return /(?:^|\/)patches$/.test(folder) && folders.has(folderOf(folder));
}

/** Files that a kustomization lays over others: fragments of objects, not objects. */
function patchesOf({ file, content }: { readonly file: string; readonly content: unknown }): string[] {
  const listed = [
    ...listAt(content, 'patches').map((each) => (typeof each === 'string' ? each : textAt(each, 'path'))),
    ...['patchesJson6902', 'replacements'].flatMap((field) =>
      listAt(content, field).map((each) => textAt(each, 'path')),
    ),
    ...['patchesStrategicMerge', 'transformers', 'generators', 'validators', 'configurations'].flatMap((field) =>
      listAt(content, field).map((each) => (typeof each === 'string' ? each : undefined)),
    ),
  ];
  const folder = file.includes('/') ? file.slice(0, file.lastIndexOf('/')) : '';
  return listed.flatMap((each) => (each === undefined ? [] : joined(folder, each)));
}

interface ParsedDocument extends YamlDocument {
  readonly content: unknown;
}

function readFile(
  file: string,
  content: string | Uint8Array,
): { documents: ParsedDocument[]; diagnostics: Diagnostic[]; unread: string[] } {
  const decoded = decode(content);
  if ('problem' in decoded)
    return {
      documents: [],
      unread: [],
      diagnostics: [diagnostic('validate/unreadable', { message: decoded.problem, hint: decoded.hint, file })],
    };
  const documents: ParsedDocument[] = [];
  const diagnostics: Diagnostic[] = [];
  const unread: string[] = [];
  const template = decoded.text.includes('{{');
  for (const document of splitDocuments(decoded.text)) {
    const parsed = parseDocument(file, document);
    if (template && parsed.broken)
      return {
        documents: [],
        diagnostics: [templateDiagnostic(file, document, parsed.diagnostics[0])],
        unread: [decoded.text],
      };
    diagnostics.push(...parsed.diagnostics);
    if (parsed.diagnostics.length > 0) unread.push(document.text);
    if (parsed.content !== undefined && parsed.content !== null)
      documents.push({ ...document, content: parsed.content });
  }
  return { documents, diagnostics, unread };
}

function templateDiagnostic(file: string, document: YamlDocument, first: Diagnostic | undefined): Diagnostic {
  const lines = document.text.split('\n');
  const index = Math.max(
    0,
    lines.findIndex((each) => each.includes('{{')),
  );
  return diagnostic('validate/template', {
    message: 'the file is a template, not YAML: it holds {{ … }} that Helm or another tool must render first',
    hint: 'render it and validate the result: helm template <chart> > rendered.yaml',
    file,
    line: document.line + index + 1,
    column: (lines[index]?.indexOf('{{') ?? 0) + 1,
    length: 2,
    ...(first === undefined ? {} : { severity: 'error' as const }),
  });
}

function parseDocument(
  file: string,
  document: YamlDocument,
): { content?: unknown; broken: boolean; diagnostics: Diagnostic[] } {
  const trimmed = document.text.trimStart();
  // A tab may not indent in YAML but may in JSON, where no string can hold a raw one; a blank keeps every column.
  const text = trimmed.startsWith('{') || trimmed.startsWith('[') ? document.text.replaceAll('\t', ' ') : document.text;
  const diagnostics: Diagnostic[] = [];
  try {
    let content: unknown;
    try {
      content = parse(text, { schema: kubernetesYaml });
    } catch (error) {
      if (!(error instanceof YAMLException) || !error.reason.startsWith('duplicated mapping key')) throw error;
      diagnostics.push(syntaxDiagnostic('validate/duplicate-key', file, document, error));
      content = parse(text, { schema: kubernetesYaml, json: true });
    }
    const problem = inspect(content, text.length);
    if (problem === undefined) return { content, broken: false, diagnostics };
    diagnostics.push(diagnostic('validate/unreadable', { message: problem, file, line: document.line + 1, column: 1 }));
  } catch (error) {
    diagnostics.push(syntaxDiagnostic('validate/syntax', file, document, error));
  }
  return { broken: true, diagnostics };
}

function syntaxDiagnostic(
  code: 'validate/syntax' | 'validate/duplicate-key',
  file: string,
  document: YamlDocument,
  error: unknown,
): Diagnostic {
  if (!(error instanceof YAMLException)) {
    // A stack overflow of the parser: the only other thing it throws.
    return diagnostic('validate/unreadable', {
      message: 'the document is nested too deeply to be read',
      file,
      line: document.line + 1,
      column: 1,
    });
  }
  const place =
    error.mark === undefined ? {} : { line: document.line + error.mark.line + 1, column: error.mark.column + 1 };
  // Whatever else lies about in a folder (snapcraft.yaml, mkdocs.yml) is nobody's manifest.
  const lenient = !/^\s*-?\s*["']?(?:apiVersion|kind|metadata)\b/m.test(document.text);
  const line = document.text.split('\n', (error.mark?.line ?? 0) + 1).at(-1) ?? '';
  const key = code === 'validate/duplicate-key' ? /^[\s-]*["']?([^"':]+)/.exec(line)?.[1] : undefined;
  return diagnostic(code, {
    message: key === undefined ? error.reason : `key "${key}" stands twice in one map`,
    hint: hintFor(error.reason, line),
    file,
    ...place,
    ...(lenient ? { severity: 'warning' as const } : {}),
  });
}

function hintFor(reason: string, line: string): string | undefined {
  if (/\t/.test(line.slice(0, line.search(/\S|$/)))) return 'indent with spaces, not tabs';
  if (reason.startsWith('duplicated'))
    return 'keep one of the two: API servers refuse the object, and some tools silently take the last';
  return undefined;
}

function isKustomization(file: string): boolean {
  return /(?:^|\/)(?:kustomization\.ya?ml|Kustomization)$/.test(file);
}

function looksLikeManifest(content: unknown): boolean {
  if (!isMap(content)) return false;
  const { apiVersion, kind, metadata } = content;
  if (apiVersion !== undefined && kind !== undefined) return true;
  if (kind !== undefined)
    return isMap(metadata) || isMap(content['spec']) || (typeof kind === 'string' && /^[A-Z]/.test(kind));
  const body = ['spec', 'data', 'stringData', 'rules', 'subjects', 'roleRef', 'webhooks', 'items'].some(
    (each) => content[each] !== undefined,
  );
  return (apiVersion !== undefined || (isMap(metadata) && typeof metadata['name'] === 'string')) && body;
}
