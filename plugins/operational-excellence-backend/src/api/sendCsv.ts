import { isError } from '@backstage/errors';
import { Response } from 'express';
import { pipeline } from 'node:stream/promises';

/**
 * Sends lines as they come, no faster than the client takes them. Reading ends
 * when the client goes away. A failure before the first lines is answered as any
 * other; after them the connection breaks, so that nobody takes a part for all.
 */
export async function sendCsv(
  res: Response,
  lines: AsyncGenerator<string, void, undefined>,
  options: { filename: string },
): Promise<void> {
  const first = await lines.next();
  res.type('text/csv; charset=utf-8');
  res.attachment(options.filename);
  async function* all() {
    if (!first.done) yield first.value;
    yield* lines;
  }
  try {
    await pipeline(all, res);
  } catch (error) {
    if (!isGone(error)) throw error;
  }
}

function isGone(error: unknown) {
  return isError(error) && error.code === 'ERR_STREAM_PREMATURE_CLOSE';
}
