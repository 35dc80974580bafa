import { ticketSourceContract } from '../contracts';
import { FakeTicketSource } from './FakeTicketSource';

ticketSourceContract({
  name: 'FakeTicketSource',
  create: async () => {
    const source = FakeTicketSource.create();
    return { source, upstream: source.upstream, close: async () => {} };
  },
  lacks: { noise: 'it lists nothing but tickets' },
});
