import type { Diagnostic } from '@fairlead/diagnostics';
import { mergeAcrossClusters, sortDiagnostics } from '@fairlead/diagnostics';

/**
 * The findings as JUnit XML: a suite per file, a test case per finding; errors fail, waived ones are skipped, warnings and infos pass
 * with their text as output. A run without findings is one case that passes, so that CI systems do not call it empty.
 */
export function toJunit(diagnostics: readonly Diagnostic[]): string {
  const suites = new Map<string, Diagnostic[]>();
  for (const each of mergeAcrossClusters(sortDiagnostics(diagnostics))) {
    const file = each.file ?? 'fairlead';
    const suite = suites.get(file);
    if (suite === undefined) suites.set(file, [each]);
    else suite.push(each);
  }
  const failing = (each: Diagnostic): boolean => each.severity === 'error' && each.waiver === undefined;
  const count = (list: readonly Diagnostic[]): string =>
    `tests="${list.length}" failures="${list.filter(failing).length}" errors="0" skipped="${list.filter((each) => each.waiver !== undefined).length}"`;
  const body = [...suites].map(
    ([file, list]) =>
      `  <testsuite name="${escape(file)}" ${count(list)}>\n${list.map((each) => testCase(each, failing(each))).join('\n')}\n  </testsuite>`,
  );
  const all = [...suites.values()].flat();
  if (all.length === 0) {
    return '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="fairlead" tests="1" failures="0" errors="0" skipped="0">\n  <testsuite name="fairlead" tests="1" failures="0" errors="0" skipped="0">\n    <testcase classname="fairlead" name="validate"/>\n  </testsuite>\n</testsuites>\n';
  }
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="fairlead" ${count(all)}>\n${body.join('\n')}\n</testsuites>\n`;
}

function testCase(found: Diagnostic, fails: boolean): string {
  const { object } = found;
  const name =
    object === undefined
      ? (found.file ?? 'fairlead')
      : `${object.kind} ${object.namespace === undefined ? '' : `${object.namespace}/`}${object.name}`;
  const place = [found.file, found.line, found.line === undefined ? undefined : found.column]
    .filter((each) => each !== undefined)
    .join(':');
  const text = [
    `${found.severity} ${found.code}: ${found.message}`,
    place,
    found.hint,
    found.clusters.length > 0 ? `clusters: ${found.clusters.join(', ')}` : undefined,
  ]
    .filter(Boolean)
    .join('\n');
  const open = `    <testcase classname="${escape(found.code)}" name="${escape(`${name}: ${found.message}`)}">`;
  if (fails)
    return `${open}\n      <failure type="${escape(found.code)}" message="${escape(found.message)}">${escape(text)}</failure>\n    </testcase>`;
  if (found.waiver !== undefined)
    return `${open}\n      <skipped message="${escape(`waived by ${found.waiver.owner} until ${found.waiver.expires}: ${found.waiver.reason}`)}"/>\n    </testcase>`;
  return `${open}\n      <system-out>${escape(text)}</system-out>\n    </testcase>`;
}

/** Text for XML 1.0: its five marks escaped, characters that it cannot hold replaced. */
function escape(text: string): string {
  return text
    .replaceAll(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, '\uFFFD')
    .replaceAll(/[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&apos;');
}
