import { ticketSourceContract } from 'backstage-plugin-operational-excellence-node/testUtils';
import {
  createImpatientSource,
  entryOf,
  JiraDriver,
  startJira,
} from './__testUtils__';

describe.each(['cloud', 'data-center'] as const)('%s', deployment => {
  ticketSourceContract({
    name: 'JiraTicketSource',
    async create() {
      const { server } = await startJira(deployment, { pageLimit: 100 });
      const upstream = await JiraDriver.start(server);
      return {
        source: createImpatientSource(entryOf(deployment, upstream.url)),
        upstream,
        close: async () => {
          await upstream.stop();
          await server.close();
        },
      };
    },
    lacks: {
      noise: 'Jira lists nothing but issues',
    },
  });
});
