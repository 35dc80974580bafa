import { ticketSourceContract } from 'backstage-plugin-operational-excellence-node/testUtils';
import { createSource, RedmineDriver, verify } from './__testUtils__';

ticketSourceContract({
  name: 'RedmineTicketSource',
  async create() {
    const upstream = await RedmineDriver.start();
    const source = createSource({ baseUrl: upstream.baseUrl });
    // As the backend does before the first read.
    await verify(source);
    return { source, upstream, close: () => upstream.stop() };
  },
  lacks: {
    begin: 'Redmine does not tell when work on an issue began',
    noise: 'Redmine lists nothing but issues',
    events: 'the source takes no events',
    unrelatedEvents: 'the source takes no events',
    malformedEvents: 'the source takes no events',
  },
});
