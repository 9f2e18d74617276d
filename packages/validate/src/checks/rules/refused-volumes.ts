import { quantityNumber } from '@fairlead/objects/quantity';
import { at, isMap, listAt, numberAt, textAt } from '../../json.ts';
import { type Fields, resourceField, type Tell } from './refused-fields.ts';

/** Fields of volumes whose values API servers refuse. */
export const volumeFields: Fields = {
  configMap: withMode(files),
  secret: withMode(files),
  downwardAPI: withMode(downward),
  projected: withMode((projected, tell) => {
    listAt(projected, 'sources').forEach((source, index) => {
      const below =
        (part: string): Tell =>
        (code, problem, rest = '', options) =>
          tell(code, problem, `/sources/${index}/${part}${rest}`, options);
      for (const kind of ['configMap', 'secret']) if (isMap(at(source, kind))) files(at(source, kind), below(kind));
      if (isMap(at(source, 'downwardAPI'))) downward(at(source, 'downwardAPI'), below('downwardAPI'));
      const token = at(source, 'serviceAccountToken');
      const seconds = numberAt(token, 'expirationSeconds');
      if (seconds !== undefined && (seconds < 600 || seconds > 2 ** 32))
        tell(
          'rules/volume',
          `a token for ${seconds} s; at least 600 are allowed`,
          `/sources/${index}/serviceAccountToken/expirationSeconds`,
        );
      if (isMap(token) && token['path'] === '')
        tell('rules/volume', 'a token needs a path', `/sources/${index}/serviceAccountToken/path`);
    });
  }),
  emptyDir(source, tell) {
    const size = quantityNumber(at(source, 'sizeLimit'));
    if (size !== undefined && size < 0) tell('rules/quantity', 'a sizeLimit cannot be negative', '/sizeLimit');
  },
  hostPath(source, tell) {
    if (/(?:^|\/)\.\.(?:\/|$)/.test(textAt(source, 'path') ?? '')) tell('rules/volume', 'the path holds ".."', '/path');
    const type = textAt(source, 'type');
    if (type !== undefined && !hostPathTypes.includes(type))
      tell('rules/volume', `"${type}" is no type of a host path; known: ${hostPathTypes.slice(1).join(', ')}`, '/type');
  },
  ephemeral(source, tell) {
    if (!isMap(at(source, 'volumeClaimTemplate')))
      tell('rules/volume', 'an ephemeral volume needs a volumeClaimTemplate');
    else if (at(source, 'volumeClaimTemplate', 'spec', 'resources', 'requests') === undefined)
      tell('rules/claim', 'a claim needs resources.requests.storage', '/volumeClaimTemplate/spec');
  },
};

const hostPathTypes = [
  '',
  'BlockDevice',
  'CharDevice',
  'Directory',
  'DirectoryOrCreate',
  'File',
  'FileOrCreate',
  'Socket',
];

/** A source of files, all of which have its `defaultMode` but those with a mode of their own. */
function withMode(look: (source: unknown, tell: Tell) => void): (source: unknown, tell: Tell) => void {
  return (source, tell) => {
    checkMode(source, 'defaultMode', tell, '');
    look(source, tell);
  };
}

/** Modes that people mean in octal: `444` without a leading zero is 0674. */
const octalMeant = new Set([400, 440, 444, 500]);

/** The permissions of a file: from 0 to 0777, which YAML reads as octal only with the zero. */
function checkMode(holder: unknown, field: string, tell: Tell, below: string): void {
  const mode = numberAt(holder, field);
  if (mode === undefined || (mode >= 0 && mode <= 0o777 && !octalMeant.has(mode))) return;
  const hint = /^[0-7]{3}$/.test(`${mode}`) ? `write 0${mode}, or ${Number.parseInt(`${mode}`, 8)}` : undefined;
  if (octalMeant.has(mode))
    tell('rules/volume', `${mode} is decimal: it means 0${mode.toString(8)}`, `${below}/${field}`, {
      hint,
      severity: 'warning',
    });
  else tell('rules/volume', `${mode} is no mode of a file: at most 511 (0777)`, `${below}/${field}`, { hint });
}

function files(source: unknown, tell: Tell): void {
  listAt(source, 'items').forEach((item, index) => {
    checkMode(item, 'mode', tell, `/items/${index}`);
    const path = textAt(item, 'path');
    if (path === undefined) return;
    if (path.startsWith('/')) tell('rules/volume', `the path "${path}" is not relative`, `/items/${index}/path`);
    else if (/(?:^|\/)\.\.(?:\/|$)/.test(path))
      tell('rules/volume', `the path "${path}" holds ".."`, `/items/${index}/path`);
  });
}

function downward(source: unknown, tell: Tell): void {
  files(source, tell);
  listAt(source, 'items').forEach((item, index) => {
    const field = at(item, 'resourceFieldRef');
    if (!isMap(field) && !isMap(at(item, 'fieldRef')))
      tell('rules/env-source', 'an item needs a fieldRef or a resourceFieldRef', `/items/${index}`);
    if (!isMap(field)) return;
    if (!textAt(field, 'containerName'))
      tell(
        'rules/env-source',
        'a resourceFieldRef in a volume needs a containerName',
        `/items/${index}/resourceFieldRef`,
      );
    resourceField(field, tell, `/items/${index}/resourceFieldRef`);
  });
}
