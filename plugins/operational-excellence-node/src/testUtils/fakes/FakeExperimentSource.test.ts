import { experimentSourceContract } from '../contracts';
import { FakeExperimentSource } from './FakeExperimentSource';

experimentSourceContract({
  name: 'FakeExperimentSource',
  create: async () => {
    const source = FakeExperimentSource.create();
    return { source, upstream: source.upstream, close: async () => {} };
  },
});
