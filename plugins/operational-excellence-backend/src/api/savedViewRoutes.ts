import { AuditorService, HttpAuthService } from '@backstage/backend-plugin-api';
import { savedViewSubmissionSchema } from 'backstage-plugin-operational-excellence-common';
import { Request, Router } from 'express';
import { z } from 'zod';
import { SavedViews } from '../savedViews';
import { audited } from './audited';
import { parseBody, parseQuery } from './parseRequest';

const noParameters = z.object({});

/**
 * Adds the routes of saved views. What people keep for themselves is nobody
 * else's business; what concerns shared ones is audited.
 */
export function addSavedViewRoutes(
  router: Router,
  options: {
    auditor: AuditorService;
    httpAuth: HttpAuthService;
    savedViews: SavedViews;
  },
): void {
  const { auditor, httpAuth, savedViews } = options;
  const viewerOf = async (req: Request) => ({
    credentials: await httpAuth.credentials(req, { allow: ['user'] }),
  });

  router.get('/views', async (req, res) => {
    const viewer = await viewerOf(req);
    parseQuery(req, noParameters);
    res.json(await savedViews.list(viewer));
  });

  router.post('/views', async (req, res) => {
    const viewer = await viewerOf(req);
    parseQuery(req, noParameters);
    const submission = parseBody(req, savedViewSubmissionSchema);
    const { shared, title } = submission;
    const add = () => savedViews.add(submission, viewer);
    const view = shared
      ? await audited(
          auditor,
          {
            eventId: 'view-share',
            request: req,
            meta: { title },
            outcome: ({ id }) => ({ id }),
          },
          add,
        )
      : await add();
    res.status(201).json(view);
  });

  router.put('/views/:id', async (req, res) => {
    const { id } = req.params;
    const viewer = await viewerOf(req);
    parseQuery(req, noParameters);
    const submission = parseBody(req, savedViewSubmissionSchema);
    const { shared, title } = submission;
    const wasShared = await savedViews.isShared(id);
    const change = () => savedViews.change(id, submission, viewer);
    const view =
      shared || wasShared
        ? await audited(
            auditor,
            {
              eventId: wasShared ? 'view-change' : 'view-share',
              request: req,
              meta: { id, title, shared },
            },
            change,
          )
        : await change();
    res.json(view);
  });

  router.delete('/views/:id', async (req, res) => {
    const { id } = req.params;
    const viewer = await viewerOf(req);
    parseQuery(req, noParameters);
    const remove = () => savedViews.remove(id, viewer);
    if (await savedViews.isShared(id)) {
      await audited(
        auditor,
        { eventId: 'view-remove', request: req, meta: { id } },
        remove,
      );
    } else {
      await remove();
    }
    res.status(204).end();
  });
}
