import type { Check } from '../check.ts';
import { checkDashboards } from './monitoring/dashboards.ts';
import { checkExported } from './monitoring/exported.ts';
import { checkQueries } from './monitoring/queries.ts';
import { checkRules } from './monitoring/rules.ts';

/** Rules, queries and dashboards. */
export const monitoringChecks: readonly Check[] = [checkRules, checkQueries, checkExported, checkDashboards];
