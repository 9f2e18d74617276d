import { workloadRules } from '@fairlead/monitoring';
import { expect, test } from 'vitest';
import { cluster, workload } from '../../packages/monitoring/test/fixtures.ts';
import { testRules, type AlertMoment, type InputSeries } from './run-promtool.ts';

// A workload that promises 99.9 % and serves 10,000 requests a minute. Series are scraped once a minute.

const rules = workloadRules({
  cluster: cluster(),
  workload: workload(),
  intent: { scrape: { port: 'http' }, objective: { availability: 99.9 }, standardAlerts: false },
});
const day = 24 * 60;
const labels = 'namespace="hub",job="hub-api",service="hub-api"';

const page = { receiver: 'oncall', severity: 'critical' };
const ticket = { receiver: 'team', severity: 'warning' };

function requests(good: string, failed?: string): InputSeries[] {
  return [
    { series: `http_requests_total{${labels},status="200"}`, values: good },
    ...(failed === undefined ? [] : [{ series: `http_requests_total{${labels},status="500"}`, values: failed }]),
  ];
}

/** What fires at a minute: windows of the burn-rate alert. */
function burning(minute: number, ...windows: readonly ('1h' | '6h' | '1d' | '3d')[]): AlertMoment {
  return {
    eval_time: `${minute}m`,
    alertname: 'AvailabilityBudgetBurn',
    exp_alerts: windows.map((window) => ({
      exp_labels: {
        app: 'hub',
        component: 'api',
        job: 'hub-api',
        namespace: 'hub',
        ...(window === '1h' || window === '6h' ? page : ticket),
        team: 'hub-team',
        window,
      },
    })),
  };
}

function expectMoments(series: readonly InputSeries[], moments: readonly AlertMoment[], evaluationInterval = '1m') {
  const { ok, output } = testRules(rules, { evaluationInterval, interval: '1m', series, moments });
  expect(ok, output).toBe(true);
}

test('an outage pages within minutes, and the page ends soon after it', () => {
  // A calm day, then half of the requests fail for half an hour, then calm again.
  const good = `0+10000x${day} ${day * 10_000 + 5000}+5000x29 ${day * 10_000 + 30 * 5000 + 10_000}+10000x120`;
  const failed = `0x${day} 5000+5000x29 ${30 * 5000}x120`;
  expectMoments(requests(good, failed), [
    burning(day),
    burning(day + 2),
    burning(day + 6, '1h'),
    burning(day + 25, '1h', '6h'),
    burning(day + 45, '6h'), // the last five minutes are good again, the last thirty are not
    burning(day + 90, '1d'), // a sixtieth of the month's budget is gone: a ticket for tomorrow, no page any more
  ]);
});

test('a slow leak makes a ticket, and wakes nobody', () => {
  // Three good days, then 0.15 % of the requests fail: the budget of thirty days would last twenty.
  const good = `0+10000x${3 * day} ${3 * day * 10_000 + 9985}+9985x${3 * day}`;
  const failed = `0x${3 * day} 15+15x${3 * day}`;
  expectMoments(requests(good, failed), [burning(4 * day), burning(3 * day + 53 * 60, '3d')], '5m');
});

test('a leak of three times the budget makes a ticket within a day', () => {
  const good = `0+10000x${day} ${day * 10_000 + 9950}+9950x${day}`;
  const failed = `0x${day} 50+50x${day}`;
  expectMoments(requests(good, failed), [burning(day + 60), burning(2 * day - 60, '1d', '3d')], '5m');
});

test.each<[string, InputSeries[]]>([
  ['a quiet day with a failure here and there', requests(`0+10000x${day}`, `0+0.5x${day}`)],
  ['a day on which nothing ever failed', requests(`0+10000x${day}`)],
  ['a day without traffic', requests(`7x${day}`, `3x${day}`)],
  ['a workload that is not there', []],
])('%s: nothing fires', (_, series) => {
  expectMoments(
    series,
    [30, 6 * 60, 12 * 60, day].map((minute) => burning(minute)),
    '5m',
  );
});

test('HighErrorRate: one request in five fires, many failures of very many requests do not', () => {
  const highErrorRate = (minute: number, fires: boolean): AlertMoment => ({
    eval_time: `${minute}m`,
    alertname: 'HighErrorRate',
    exp_alerts: fires
      ? [
          {
            exp_labels: {
              app: 'hub',
              component: 'api',
              namespace: 'hub',
              service: 'hub-api',
              ...page,
              team: 'hub-team',
            },
          },
        ]
      : [],
  });
  expectMoments(requests('0+8x60', '0+2x60'), [highErrorRate(1, false), highErrorRate(10, true)]);
  // 500 failures a second would pass the requirement's "> 0.1", and are a hundredth of a percent here.
  expectMoments(requests('0+300000000x60', '0+30000x60'), [highErrorRate(10, false)]);
});
