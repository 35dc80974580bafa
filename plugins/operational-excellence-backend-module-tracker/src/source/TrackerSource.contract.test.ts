import { ANNOTATION_TRACKER } from 'backstage-plugin-operational-excellence-common';
import {
  ticketSourceContract,
  TicketUpstreamDriver,
} from 'backstage-plugin-operational-excellence-node/testUtils';
import { Knex } from 'knex';
import { databases, newTicket, trackerDatabase } from '../__testUtils__';
import { TrackerStore, TrackerTicket } from '../tickets';
import { TrackerSource } from './TrackerSource';

const PAGE_SIZE = 5;
const PAYMENTS = 'component:default/payments';
const OWN_DATABASE = 'its upstream is our own database';

function driverOf(db: Knex, store: TrackerStore): TicketUpstreamDriver {
  let reads = 0;
  db.on('query', ({ sql }) => {
    if (/^select/i.test(sql)) reads += 1;
  });
  const act = () => ({ by: 'user:default/mira', now: Date.now() });
  const change = async (
    externalId: string,
    how: (ticket: TrackerTicket) => Promise<unknown>,
  ) => {
    const ticket = await store.find(Number(externalId));
    if (!ticket) throw new Error(`There is no ticket ${externalId}`);
    await how(ticket);
  };
  const unavailable = async () => {
    throw new Error(`Cannot fail: ${OWN_DATABASE}`);
  };
  return {
    service: {
      entityRef: PAYMENTS,
      title: 'Payments',
      annotations: { [ANNOTATION_TRACKER]: 'built-in' },
    },
    malformedAnnotations: [
      { [ANNOTATION_TRACKER]: '' },
      { [ANNOTATION_TRACKER]: 'jira' },
    ],
    pageSize: PAGE_SIZE,
    fileRequest: {
      scopeKey: 'tracker',
      container: PAYMENTS,
      labels: [],
      priority: null,
    },
    secrets: [],
    requests: () => reads,
    fail: unavailable,
    heal: unavailable,
    async create(...tickets) {
      const ids: string[] = [];
      for (const { title, improvement } of tickets) {
        const { ticket } = await store.create(
          newTicket({
            title,
            improvement: false,
            labels: improvement ? ['tech-debt'] : [],
          }),
          act(),
        );
        ids.push(String(ticket.id));
      }
      return ids;
    },
    begin: id => change(id, t => store.transition(t, 'start', act())),
    close: id => change(id, t => store.transition(t, 'close', act())),
    reopen: id => change(id, t => store.transition(t, 'reopen', act())),
    classify: (id, improvement) =>
      change(id, ticket =>
        store.update(
          ticket,
          { labels: improvement ? ['tech-debt'] : ['bug'] },
          act(),
        ),
      ),
  };
}

describe.each(databases.eachSupportedId())('%p', databaseId => {
  ticketSourceContract({
    name: 'TrackerSource',
    create: async () => {
      const db = await trackerDatabase(databaseId);
      const store = TrackerStore.create({ db });
      return {
        source: TrackerSource.create({
          store,
          improvementLabels: ['tech-debt'],
          pageSize: PAGE_SIZE,
        }),
        upstream: driverOf(db, store),
        close: async () => {},
      };
    },
    lacks: {
      delete: 'it deletes nothing',
      events: 'it asks for a synchronisation itself',
      noise: 'it holds nothing but tickets',
      unindexed: 'it lists at once; what is committed late has its own test',
      lostAnswers: OWN_DATABASE,
      failLater: OWN_DATABASE,
      'failure:unauthorized': OWN_DATABASE,
      'failure:forbidden': OWN_DATABASE,
      'failure:not-found': OWN_DATABASE,
      'failure:rate-limited': OWN_DATABASE,
      'failure:html': OWN_DATABASE,
      'failure:truncated': OWN_DATABASE,
      'failure:wrong-shape': OWN_DATABASE,
      'failure:down': OWN_DATABASE,
      'failure:silent': OWN_DATABASE,
      'failure:empty-without-rights': OWN_DATABASE,
    },
  });
});
