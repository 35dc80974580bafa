import {
  operationalExcellenceServiceReadPermission as serviceRead,
  Policy,
} from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import { VisibilityService } from '../visibility';
import { LessonQueries } from './LessonQueries';
import { Lessons } from './Lessons';

/** The lessons of the services that a caller sees. */
export function createLessons(options: {
  db: Knex;
  policies: readonly Policy[];
  visibility: VisibilityService;
}): Lessons {
  const { visibility } = options;
  const queries = LessonQueries.create(options);
  return {
    async list(query, { credentials }) {
      const visible = await visibility.ofServices(credentials, serviceRead);
      return queries.list(query, visible, Date.now());
    },
  };
}
