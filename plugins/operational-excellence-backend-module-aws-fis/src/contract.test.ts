import { TestDatabases } from '@backstage/backend-test-utils';
import { experimentSourceContract } from 'backstage-plugin-operational-excellence-node/testUtils';
import { createSource } from './__testUtils__/createSource';
import { LocalFis, useSettableClock } from './__testUtils__/LocalFis';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

useSettableClock();

experimentSourceContract({
  name: 'AwsFisExperimentSource',
  create: async () => {
    const upstream = await LocalFis.start(await databases.init('SQLITE_3'));
    const source = await createSource({
      endpoint: upstream.endpoint,
      pace: { pageSize: upstream.pageSize },
    });
    return { source, upstream, close: () => upstream.close() };
  },
  lacks: {
    'failure:empty-without-rights':
      'AWS refuses callers that lack a right with 403',
  },
});
