import { expect, test } from 'vitest';
import { celFault } from './cel-syntax.ts';

test.each([
  ['object.spec.replicas <= ', 'ends with an operator'],
  ['object.spec.replicas = 5', 'compares with =, where CEL has =='],
  ['&& object.spec.paused', 'starts with an operator'],
  ['has(object.spec.replicas', 'has a "(" that is not closed'],
  ['has(object.spec.replicas))', 'has a ")" too many'],
  ["object.metadata.name == 'web", 'has a string that does not end'],
  ['  ', 'is empty'],
])('%s %s', (text, fault) => {
  expect(celFault(text)).toBe(fault);
});

test.each([
  'object.spec.replicas <= 5 && object.spec.template.spec.containers.all(c, c.image.startsWith("example.com/"))',
  "object.metadata.name.matches(r'^[a-z]+\\d(')",
  'has(object.spec.x) ? object.spec.x != "it\'s (" : true',
  '!(a in ["b"]) || -1 >= params.min // a note (',
  "'''\n ) '''.size() == 3",
  '{"a": [1]}["a"][0] == 1',
])('%s may be right', (text) => {
  expect(celFault(text)).toBeUndefined();
});
