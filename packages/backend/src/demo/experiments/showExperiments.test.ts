import { mockServices } from '@backstage/backend-test-utils';
import { NotFoundError } from '@backstage/errors';
import { showExperiments } from './showExperiments';

describe('showExperiments', () => {
  const setup = (requestSync: () => Promise<void>) => {
    const logger = mockServices.logger.mock();
    const sync = { requestSync: jest.fn(requestSync) };
    const shown = showExperiments({ sync, accountId: '123456789012', logger });
    return { logger, requestSync: sync.requestSync, shown };
  };

  it('lets the source of the account be read', async () => {
    const { requestSync, shown } = setup(async () => {});
    await shown;
    expect(requestSync.mock.calls).toEqual([
      [{ sourceId: 'aws-fis:123456789012' }],
    ]);
  });

  it('does without a source', async () => {
    const { logger, shown } = setup(async () => {
      throw new NotFoundError('There is no source aws-fis:123456789012');
    });
    await shown;
    expect(logger.info).toHaveBeenCalledWith(
      expect.stringContaining('there is no source aws-fis:123456789012'),
    );
  });

  it('passes on what else goes wrong, so that it is tried again', async () => {
    const { shown } = setup(async () => {
      throw new Error('The database is gone');
    });
    await expect(shown).rejects.toThrow('The database is gone');
  });
});
