import { TicketSource } from 'backstage-plugin-operational-excellence-node';
import { ticketSourceContract } from 'backstage-plugin-operational-excellence-node/testUtils';
import { GitlabServer } from 'upstream-servers';
import { createSource, GitlabDriver, TOKEN } from './__testUtils__';

let projects = 0;

function contractOf(options: {
  name: string;
  keyset: boolean;
  offset: string;
  scope: 'path' | 'id' | 'group';
}) {
  const { name, keyset, offset, scope } = options;
  describe(`of ${name}`, () => {
    let server: GitlabServer;
    beforeAll(async () => {
      server = await GitlabServer.start({ keyset, offset });
      server.addToken(TOKEN);
    });
    afterAll(() => server.close());

    ticketSourceContract({
      name: 'GitlabTicketSource',
      async create() {
        projects += 1;
        const upstream = await GitlabDriver.start(
          server,
          `acme-${projects}/payments`,
          scope,
        );
        const source = createSource({ baseUrl: upstream.baseUrl });
        return {
          source: scope === 'group' ? withoutFiling(source) : source,
          upstream,
          close: () => upstream.stop(),
        };
      },
      lacks: {
        begin: 'GitLab tells when a label was set only issue by issue',
        ...(scope === 'group' && {
          file: 'a group has no issues of its own',
          lostAnswers: 'a group has no issues of its own',
        }),
      },
    });
  });
}

/** A group takes no issues; the rest of the contract holds for it as well. */
function withoutFiling(source: TicketSource): TicketSource {
  const none = { value: undefined };
  return Object.create(source, { file: none, findFiled: none });
}

contractOf({
  name: 'a project on a new release',
  keyset: true,
  offset: 'Z',
  scope: 'path',
});

contractOf({
  name: 'a project by its number on a release that turns pages by number',
  keyset: false,
  offset: '+02:00',
  scope: 'id',
});

contractOf({
  name: 'the group of a project',
  keyset: true,
  offset: '-03:30',
  scope: 'group',
});
