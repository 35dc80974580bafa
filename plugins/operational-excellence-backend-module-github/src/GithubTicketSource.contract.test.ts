import { ticketSourceContract } from 'backstage-plugin-operational-excellence-node/testUtils';
import {
  createSource,
  Emulate,
  EMULATE_TOKEN,
  EmulateDriver,
} from './__testUtils__';

let emulate: Emulate;
let repositories = 0;

beforeAll(async () => {
  emulate = await Emulate.start();
}, 30_000);

afterAll(() => emulate.stop());

ticketSourceContract({
  name: 'GithubTicketSource',
  async create() {
    repositories += 1;
    const upstream = await EmulateDriver.start(
      emulate,
      `admin/payments-${repositories}`,
    );
    return {
      source: createSource({
        apiBaseUrl: upstream.apiBaseUrl,
        integration: { token: EMULATE_TOKEN },
      }),
      upstream,
      close: () => upstream.stop(),
    };
  },
  lacks: {
    begin: 'GitHub does not tell when work on an issue began',
  },
});
