import type { Check } from '../check.ts';
import { checkDashboards } from './monitoring/dashboards.ts';
import { checkExported } from './monitoring/exported.ts';
import { checkQueries } from './monitoring/queries.ts';
import { checkRoutes } from './monitoring/routes.ts';
import { checkRules } from './monitoring/rules.ts';

/** Rules, who hears of them, queries and dashboards. */
export const monitoringChecks: readonly Check[] = [
  checkRules,
  checkRoutes,
  checkQueries,
  checkExported,
  checkDashboards,
];
