import { describe, expect, test } from 'vitest';
import { contains, parseAddress, parseBlock } from './address.ts';
import { quantityNumber } from '@fairlead/objects/quantity';
import { isTimeZone, scheduleFault } from './schedule.ts';

describe('schedules, in the grammar of the CronJob controller', () => {
  test.each([
    '* * * * *',
    '*/5 0-6,8 1 JAN-MAR mon',
    '0 0 ? * ?',
    '@hourly',
    '@every 1h30m',
    '0 0 29 2 *',
    '5/15 * * * *',
  ])('%s', (schedule) => {
    expect(scheduleFault(schedule)).toBeUndefined();
  });
  test.each([
    ['0 0 * * * *', 'has 6 fields instead of 5'],
    ['60 * * * *', 'has "60" as minute, outside 0-59'],
    ['* * * * 7', 'has "7" as day of week, outside 0-6'],
    ['* * 0 * *', 'has "0" as day of month, outside 1-31'],
    ['* * L * *', 'has "L" as day of month'],
    ['*/0 * * * *', 'has "*/0" as minute: the step is 0'],
    ['5-1 * * * *', 'has "5-1" as minute: the range runs backwards'],
    ['0 0 30 2 *', 'names a date that never comes'],
    ['@monthlyy', 'has an unknown descriptor "@monthlyy"'],
    ['@daily ', 'has spaces around its descriptor'],
    ['TZ=UTC * * * * *', 'must not set TZ; use spec.timeZone'],
    ['', 'has 0 fields instead of 5'],
  ])('%s', (schedule, fault) => {
    expect(scheduleFault(schedule)).toBe(fault);
  });
});

test('time zones are spelled as in the database', () => {
  for (const zone of [
    'UTC',
    'Etc/UTC',
    'Europe/Berlin',
    'America/Argentina/Buenos_Aires',
    'Asia/Calcutta',
    'US/Pacific',
    'CET',
  ])
    expect(isTimeZone(zone), zone).toBe(true);
  for (const zone of ['europe/berlin', 'Europe/Berlln', 'CEST', 'Local', '+01:00', 'Berlin', ''])
    expect(isTimeZone(zone), zone).toBe(false);
});

test('address blocks', () => {
  for (const block of ['10.0.0.0/8', '0.0.0.0/0', '::/0', '2001:db8::/32', '::ffff:10.0.0.1/128'])
    expect(parseBlock(block), block).toBeDefined();
  for (const block of [
    '10.0.0.0/33',
    '10.0.0.0',
    '10.0.0/8',
    '256.0.0.0/8',
    '010.0.0.0/8',
    '2001:db8::/129',
    '1:2:3::4::5/64',
    'all',
  ])
    expect(parseBlock(block), block).toBeUndefined();
  const [outer, inner] = [parseBlock('10.0.0.0/8'), parseBlock('10.1.0.0/16')];
  expect(outer && inner && [contains(outer, inner), contains(inner, outer)]).toEqual([true, false]);
  expect(parseAddress('1.2.3.4')?.value).toBe(0x01020304n);
});

test('quantities', () => {
  expect(['500m', '1.5Gi', '2e3', '1E', '100', '.5', '5k'].map(quantityNumber)).toEqual([
    0.5,
    1.5 * 2 ** 30,
    2000,
    1e18,
    100,
    0.5,
    5000,
  ]);
  for (const text of ['512MB', '1 Gi', '5K', 'Gi', '', '1.2.3', '1e', null, {}])
    expect(quantityNumber(text)).toBeUndefined();
});
