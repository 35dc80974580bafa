// How a page of the list grows from 10,000 to 100,000 services.
import { main } from './main.mjs';
import { heading, ms, ratio, table, verdict } from './print.mjs';

export async function growth({ server }) {
  const small = await main({ server, services: 10_000, rounds: 2 });
  const large = await main({ server, services: 100_000, rounds: 2 });
  const grown = large.listP50 / small.listP50;
  heading('GET /services from 10,000 to 100,000 services, 1 connection');
  table([
    {
      'p50 at 10,000': ms(small.listP50),
      'p50 at 100,000': ms(large.listP50),
      growth: ratio(grown),
      'target < 1.5×': verdict(grown < 1.5),
    },
  ]);
}
