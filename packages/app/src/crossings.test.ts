import { expect, test } from 'vitest';
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
