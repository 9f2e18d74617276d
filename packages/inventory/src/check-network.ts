import { overlaps, parseCidr, type Range } from './cidr.ts';
import type { ProviderRow } from './providers.ts';
import { isRecord, type Path, type SourceFile } from './source-file.ts';

/** A range as the file states it. */
interface Stated {
  readonly path: Path;
  readonly text: string;
  readonly range: Range;
}

/** Pairs of ranges that may never share an address, and why; the provider allows some of them. */
const exclusive = [
  {
    a: 'services',
    b: 'vpc',
    allowed: 'servicesInVpc',
    why: 'Services need a range that exists nowhere else in the network',
  },
  { a: 'services', b: 'pods', allowed: undefined, why: 'pods could not reach the Services' },
  { a: 'services', b: 'nodes', allowed: undefined, why: 'nodes could not reach the Services' },
  { a: 'pods', b: 'nodes', allowed: 'podsOnNodeRange', why: 'pods and nodes would share addresses' },
] as const;

/** Checks every address range of a cluster file and, where the provider is known, which of them overlap. Works on whatever the file holds. */
export function checkNetwork(source: SourceFile, facts: ProviderRow['network'] | undefined): void {
  const file = source.value ?? {};
  const network = record(file['network']);
  const stated = (path: Path, value: unknown): Stated[] => rangesAt(source, path, value);
  const ranges = Object.fromEntries(
    ['vpc', 'pods', 'services', 'nodes', 'controlPlane'].map((key) => [key, stated(['network', key], network[key])]),
  );
  const subnets = items(network['loadBalancerSubnets']).flatMap((subnet, index) => {
    const path = ['network', 'loadBalancerSubnets', index];
    return isRecord(subnet) ? stated([...path, 'cidr'], subnet['cidr']) : stated(path, subnet);
  });
  const capabilities = record(file['capabilities']);
  stated(['capabilities', 'ingress', 'sources'], record(capabilities['ingress'])['sources']);
  const networkPolicy = record(capabilities['networkPolicy']);
  stated(['capabilities', 'networkPolicy', 'dns', 'cidrs'], record(networkPolicy['dns'])['cidrs']);
  items(networkPolicy['metadata']).forEach((each, index) =>
    stated(['capabilities', 'networkPolicy', 'metadata', index, 'cidr'], record(each)['cidr']),
  );
  for (const [name, store] of Object.entries(record(file['stores']))) {
    const path = ['stores', name, 'cidrs'];
    const open = stated(path, record(store)['cidrs']).find(({ text }) => /^(?:0\.0\.0\.0|::)\/0$/.test(text));
    if (open !== undefined)
      source.report('inventory/open-store', open.path, 'value', {
        message: `${open.text} is every address: whoever calls "${name}" could reach the whole network and the Internet on its port`,
        hint: 'name the subnets or addresses of the store; for the open Internet an app states app.internet with its reason',
      });
  }

  if (facts === undefined) return;
  for (const { a, b, allowed, why } of exclusive) {
    if (allowed !== undefined && facts[allowed]) continue;
    for (const first of ranges[a] ?? []) {
      const second = ranges[b]?.find((each) => overlaps(first.range, each.range));
      if (second === undefined) continue;
      source.report('inventory/cidr-overlap', first.path, 'value', {
        message: `network.${a} ${first.text} overlaps network.${b} ${second.text}`,
        hint: `${why}; network.${b} stands in line ${source.lineOf(second.path)}`,
      });
    }
  }
  checkSubnets(source, subnets, facts.subnetsInVpc ? (ranges['vpc'] ?? []) : []);
}

/** Subnets of load balancers lie in the VPC and do not overlap one another. */
function checkSubnets(source: SourceFile, subnets: readonly Stated[], vpc: readonly Stated[]): void {
  subnets.forEach((subnet, index) => {
    const other = subnets.slice(0, index).find((each) => overlaps(each.range, subnet.range));
    if (other !== undefined && other.text !== subnet.text) {
      source.report('inventory/cidr-overlap', subnet.path, 'value', {
        message: `the subnet ${subnet.text} overlaps the subnet ${other.text}`,
        hint: `subnets of one network never overlap; the other stands in line ${source.lineOf(other.path)}`,
      });
    }
    const inside = vpc.some(({ range }) => range.first <= subnet.range.first && subnet.range.last <= range.last);
    if (vpc.length > 0 && !inside) {
      source.report('inventory/bad-cidr', subnet.path, 'value', {
        message: `the subnet ${subnet.text} lies outside network.vpc`,
        hint: `network.vpc is ${vpc.map((each) => each.text).join(', ')}; add the range there or correct the subnet`,
      });
    }
  });
}

/** The ranges of one key, which holds a range or a list; faulty ones are reported and left out. */
function rangesAt(source: SourceFile, path: Path, value: unknown): Stated[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => rangesAt(source, [...path, index], item));
  if (typeof value !== 'string') return [];
  const parsed = parseCidr(value);
  if ('first' in parsed) return [{ path, text: value, range: parsed }];
  source.report('inventory/bad-cidr', path, 'value', { message: `"${value}" ${parsed.problem}`, hint: parsed.hint });
  return [];
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {};
}

function items(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
