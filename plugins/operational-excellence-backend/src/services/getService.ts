import {
  Instant,
  Policy,
  ServiceDetail,
} from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import { queryPrepared, storableText } from '../database';
import { ReadinessTestStore } from '../readiness/ReadinessTestStore';
import { Visibility } from '../visibility/Visibility';
import { readAgeDistribution } from './ageDistribution';
import { readSources } from './readSources';
import { lowerCase } from './serviceFilters';
import { ServiceRow, shownColumnsSql, shownJoinsSql } from './serviceRows';
import { servicesOfRows } from './servicesOfRows';
import { isVisible } from './visibleServices';

/** How many readiness tests of a service are shown with it. */
const READINESS_TESTS = 20;

export interface GetServiceOptions {
  now: Instant;
  policies: ReadonlyMap<string, Policy>;
  sourceTitles: ReadonlyMap<string, string>;
}

/** One service; `undefined` where there is none, or it is not visible. */
export async function getService(
  db: Knex,
  entityRef: string,
  visibility: Visibility,
  options: GetServiceOptions,
): Promise<ServiceDetail | undefined> {
  const { now, policies, sourceTitles } = options;
  const ref = lowerCase(entityRef);
  if (!isVisible(ref, visibility)) return undefined;
  const rows = await queryPrepared<ServiceRow>(
    db,
    `select ${shownColumnsSql}
     from service_status st ${shownJoinsSql} where st.entity_ref = ?`,
    [storableText(ref)],
  );
  if (!rows.length) return undefined;
  const [row] = rows;
  const [[service], sources, ageDistribution, readinessTests] =
    await Promise.all([
      servicesOfRows(db, rows, options),
      readSources(
        db,
        {
          backlogGroup: row.backlog_scope_group,
          gameDaysGroup:
            row.game_day_all_scope_group ?? row.game_day_scope_group,
        },
        { now, titles: sourceTitles },
      ),
      readAgeDistribution(db, row.service_id, { now }),
      ReadinessTestStore.create().newest(db, row.service_id, {
        limit: READINESS_TESTS,
      }),
    ]);
  return {
    ...service,
    thresholds: thresholdsOf(policies.get(row.policy_id ?? '')),
    sources,
    ageDistribution,
    readinessTests,
  };
}

function thresholdsOf(policy: Policy | undefined): ServiceDetail['thresholds'] {
  if (!policy) return null;
  const { backlog, gameDay, readinessTest } = policy;
  return {
    backlog: backlog
      ? {
          maxAge: backlog.maxAge,
          improvementShare: backlog.improvementShare ?? null,
        }
      : null,
    gameDay: gameDay ? { every: gameDay.every, counts: gameDay.counts } : null,
    readinessTest: readinessTest
      ? { every: readinessTest.every, templates: readinessTest.templates }
      : null,
  };
}
