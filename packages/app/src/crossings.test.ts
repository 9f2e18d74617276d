import { describe, expect, test } from 'vitest';
import type { Crossing } from './crossings.ts';
import { checkCrossings } from './crossings.ts';

const call: Crossing = { caller: 'shop/web', callee: 'users/api', stated: 'caller', port: 3003 };
const admission: Crossing = { caller: 'shop/web', callee: 'users/api', stated: 'callee' };

test.each([
  ['both sides', ['shop', 'users'], [call, admission], []],
  ['a call that nobody admits', ['shop', 'users'], [call], ['app/connection-not-admitted apps/users/app.ts']],
  ['a call to an app that is not there', ['shop'], [call], ['app/connection-not-admitted apps/shop/app.ts']],
  ['an admission that nobody uses', ['shop', 'users'], [admission], ['app/admitted-without-call apps/users/app.ts']],
  ['an admission for an app that is elsewhere', ['users'], [admission], []],
])('a connection between apps: %s', (_, placed, crossings, expected) => {
  expect(checkCrossings('eks-production', placed, crossings).map(({ code, file }) => `${code} ${file}`)).toEqual(
    expected,
  );
});

describe('with what is known of the workloads', () => {
  const at = (line: number) => () => ({ file: 'apps/shop/app.ts', line, column: 5 });
  const told = (crossing: Crossing, placed = ['shop', 'users'], built = placed) =>
    checkCrossings(
      'eks-production',
      placed,
      [crossing],
      built,
      new Map([
        ['shop/web', at(12)],
        ['users/api', at(7)],
      ]),
    );

  test('a call of an unknown app or workload is told at the caller, with the nearest name', () => {
    expect(told({ ...call, callee: 'user/api' })).toMatchObject([
      { file: 'apps/shop/app.ts', line: 12, hint: expect.stringMatching(/^did you mean "users"\?/) },
    ]);
    expect(told({ ...call, callee: 'users/apii' })).toMatchObject([
      {
        line: 12,
        message: expect.stringContaining('app "users" has no such workload'),
        hint: expect.stringContaining('"api"'),
      },
    ]);
  });

  test('nothing is told of the other side where that app failed to build', () => {
    expect(told(call, ['shop', 'users'], ['shop'])).toEqual([]);
    expect(told(admission, ['shop', 'users'], ['users'])).toEqual([]);
  });
});
