import { HttpAuthService } from '@backstage/backend-plugin-api';
import { lessonQuerySchema } from 'backstage-plugin-operational-excellence-common';
import { Router } from 'express';
import { Lessons } from '../lessons';
import { parseQuery } from './parseRequest';

/** Adds the routes of lessons. */
export function addLessonRoutes(
  router: Router,
  { httpAuth, lessons }: { httpAuth: HttpAuthService; lessons: Lessons },
): void {
  router.get('/lessons', async (req, res) => {
    const credentials = await httpAuth.credentials(req, {
      allow: ['user', 'service'],
    });
    const query = parseQuery(req, lessonQuerySchema);
    res.json(await lessons.list(query, { credentials }));
  });
}
