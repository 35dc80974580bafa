import { LoggerService } from '@backstage/backend-plugin-api';
import { isError } from '@backstage/errors';
import { OperationalExcellenceSyncExtensionPoint } from 'backstage-plugin-operational-excellence-node';

/**
 * Lets the experiments of an account be read now: what was seeded is to be seen
 * at once, and not with the next read by schedule.
 */
export async function showExperiments(options: {
  sync: OperationalExcellenceSyncExtensionPoint;
  accountId: string;
  logger: LoggerService;
}): Promise<void> {
  const { sync, accountId, logger } = options;
  const sourceId = `aws-fis:${accountId}`;
  try {
    await sync.requestSync({ sourceId });
  } catch (error) {
    if (!isError(error) || error.name !== 'NotFoundError') throw error;
    logger.info(
      `The experiments of the demo are not shown, because there is no source ${sourceId}`,
    );
  }
}
