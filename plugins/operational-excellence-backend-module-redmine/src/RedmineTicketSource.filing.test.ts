import { mockServices } from '@backstage/backend-test-utils';
import { JsonObject } from '@backstage/types';
import { FileTicketRequest } from 'backstage-plugin-operational-excellence-node';
import { RedmineServer } from 'upstream-servers';
import { API_KEY, createSource, readTickets, scopeOf } from './__testUtils__';

const KEY = '0b0f4c63-5f0a-4d0c-9a6e-3f5d1c2b7a90';

describe('RedmineTicketSource', () => {
  let server: RedmineServer;
  beforeEach(async () => {
    server = await RedmineServer.start();
    server.store.addProject({ identifier: 'payments' });
    server.store.addProject({ identifier: 'intake' });
    server.store.addUser({ login: 'backstage', apiKey: API_KEY });
  });
  afterEach(() => server.close());

  const { signal } = new AbortController();
  const source = (
    entry: JsonObject = {},
    logger?: Parameters<typeof createSource>[1],
  ) => createSource({ baseUrl: server.url, ...entry }, logger);
  const file = (
    subject: ReturnType<typeof source>,
    request: Partial<FileTicketRequest> = {},
    idempotencyKey = KEY,
  ) =>
    subject.file(
      {
        scopeKey: 'issues',
        container: 'payments',
        entityRef: 'component:default/pay',
        title: 'Rotate the keys',
        description: 'So that it is **safe**.',
        labels: [],
        priority: null,
        ...request,
      },
      { idempotencyKey, signal },
    );
  const find = (subject: ReturnType<typeof source>, idempotencyKey = KEY) =>
    subject.findFiled(idempotencyKey, scopeOf('payments'), { signal });
  const posts = () => server.requests.filter(({ method }) => method === 'POST');

  describe('filing', () => {
    it('creates an issue of the configured tracker, with the key as its last line', async () => {
      const filed = await file(source());
      expect(filed).toEqual({
        externalId: '1',
        key: '#1',
        url: `${server.url}/issues/1`,
      });
      expect(server.store.issue(1)).toMatchObject({
        projectId: 1,
        trackerId: 4,
        priorityId: 2,
        subject: 'Rotate the keys',
        description: `So that it is **safe**.\n\noperational-excellence-key: ${KEY}`,
      });
    });

    it('writes Textile where Redmine is set to it', async () => {
      await file(source({ file: { textFormatting: 'textile' } }));
      expect(server.store.issue(1).description).toBe(
        `So that it is *safe*.\n\noperational-excellence-key: ${KEY}`,
      );
    });

    it('cuts a title that is too long, and keeps it in the description', async () => {
      const title = 'é🙂 '.repeat(100).trim();
      await file(source(), { title });
      const { subject, description } = server.store.issue(1);
      expect([...subject]).toHaveLength(255);
      expect(subject.endsWith('…')).toBe(true);
      expect(description.startsWith(`${title}\n\nSo that`)).toBe(true);
      await file(source(), { title: 'x'.repeat(255) }, 'another');
      expect(server.store.issue(2).subject).toBe('x'.repeat(255));
    });

    it('names the service in the custom field, by number or by name', async () => {
      server.store.addCustomField({ name: 'Service' });
      const byNumber = source({ entityField: 1 });
      await file(byNumber);
      await file(source({ entityField: 'service' }), {}, 'another');
      expect([1, 2].map(id => server.store.issue(id).customFields)).toEqual([
        { 1: 'component:default/pay' },
        { 1: 'component:default/pay' },
      ]);
      const tickets = await readTickets(byNumber);
      expect(tickets.get(1)).toMatchObject({
        container: 'entity:*',
        facets: ['project:payments', 'entity:component:default/pay'],
        improvement: true,
      });
    });

    it('asks for the number of a field that no issue shows', async () => {
      await expect(
        file(source({ entityField: 'Service' })),
      ).rejects.toMatchObject({
        kind: 'rejected',
        mayHaveHappened: false,
        detail: expect.stringContaining(
          'put the number into operationalExcellence.sources.redmine[0].entityField',
        ),
      });
      expect(posts()).toEqual([]);
    });

    it('says that Redmine left the field out', async () => {
      const logger = mockServices.logger.mock();
      await file(source({ entityField: 7 }, logger));
      expect(logger.warn).toHaveBeenCalledWith(
        expect.stringContaining('left out the custom field 7 of issue 1'),
      );
    });

    it('takes the configured project where the service names none', async () => {
      server.store.addCustomField({ name: 'Service' });
      const byEntity = {
        container: 'entity:*',
        allOf: ['entity:component:default/pay'],
      };
      await expect(
        file(source({ entityField: 1 }), byEntity),
      ).rejects.toMatchObject({
        kind: 'rejected',
        detail: expect.stringContaining('redmine[0].file.project'),
      });
      const file1 = { project: 'intake' };
      await file(source({ entityField: 1, file: file1 }), byEntity);
      expect(server.store.issue(1).projectId).toBe(2);
      await file(
        source({ entityField: 1, file: file1 }),
        { container: 'entity:*', allOf: ['project:payments'] },
        'another',
      );
      expect(server.store.issue(2).projectId).toBe(1);
    });

    it('maps priorities', async () => {
      const subject = source({ file: { priorities: { high: 'Urgent' } } });
      await file(subject, { priority: 'High' });
      await file(subject, { priority: 'low' }, 'another');
      expect([1, 2].map(id => server.store.issue(id).priorityId)).toEqual([
        4, 1,
      ]);
      await expect(file(subject, { priority: 'P1' })).rejects.toMatchObject({
        kind: 'rejected',
        detail:
          "Redmine has no 'P1'; it has 'Low', 'Normal', 'High', 'Urgent': correct operationalExcellence.sources.redmine[0].file.priorities",
      });
    });

    it('says which tracker there is none of', async () => {
      await expect(
        file(source({ file: { tracker: 'Idea' } })),
      ).rejects.toMatchObject({
        kind: 'rejected',
        detail: expect.stringContaining("Redmine has no 'Idea'"),
      });
      const untracked = source({ improvement: { categories: ['Ops'] } });
      await expect(file(untracked)).rejects.toThrow('file.tracker is missing');
      expect(posts()).toEqual([]);
    });

    it('passes on which fields Redmine asks for, and fills those configured', async () => {
      server.store.addCustomField({ name: 'Team', required: true });
      await expect(file(source())).rejects.toMatchObject({
        kind: 'rejected',
        status: 422,
        mayHaveHappened: false,
        detail:
          'Redmine refuses the issue: values of required fields go into operationalExcellence.sources.redmine[0].file.customFields, and operationalExcellence.sources.redmine[0].file.tracker must be a tracker of the project (Team cannot be blank)',
      });
      await file(source({ file: { customFields: [{ id: 1, value: 'Ops' }] } }));
      expect(server.store.issue(1).customFields).toEqual({ 1: 'Ops' });
    });

    it('says which right is missing', async () => {
      server.store.users[0].mayAddIssues = false;
      await expect(file(source())).rejects.toMatchObject({
        kind: 'forbidden',
        mayHaveHappened: false,
        detail: expect.stringContaining('give a role with "Add issues"'),
      });
    });

    it('files nothing as an anonymous visitor', async () => {
      await expect(file(source({ apiKey: 'wrong' }))).rejects.toMatchObject({
        kind: 'unauthorized',
      });
      expect(posts()).toEqual([]);
    });

    it('files nothing into a project that is not there', async () => {
      await expect(file(source(), { container: 'gone' })).rejects.toMatchObject(
        {
          kind: 'rejected',
          detail:
            'there is no project gone, or the user of the API key does not see it',
        },
      );
    });
  });

  describe('finding what was filed', () => {
    it('takes no mention, no copy and no issue of somebody else for it', async () => {
      const marker = `operational-excellence-key: ${KEY}`;
      const add = (description: string, authorId?: number) =>
        server.store.addIssue({
          project: 'intake',
          subject: 'Issue',
          description,
          authorId: authorId ?? server.store.users[0].id,
        }).id;
      add(`See ${KEY}`);
      add(`${marker}\n\nAs it says above.`);
      add(`Forged\n\n${marker}`, 99);
      add(`x${marker}`);
      const subject = source();
      expect(await find(subject)).toBeUndefined();
      const filed = await file(subject);
      add(`A copy\n\n${marker}`);
      expect(await find(subject)).toEqual(filed);
      server.store.closeIssue(Number(filed.externalId));
      expect(await find(subject)).toEqual(filed);
    });

    it('looks through all issues that mention it', async () => {
      for (let id = 1; id <= 150; id++) {
        server.store.addIssue({
          project: 'payments',
          subject: 'Issue',
          description: `See ${KEY} for more`,
        });
      }
      expect(await find(source())).toBeUndefined();
      const filed = await file(source());
      expect(filed.externalId).toBe('151');
      expect(await find(source())).toEqual(filed);
    });

    it('does not take a wrong key for an issue that is not there', async () => {
      await file(source());
      await expect(find(source({ apiKey: 'wrong' }))).rejects.toMatchObject({
        kind: 'unauthorized',
      });
    });
  });
});
