import { mockServices } from '@backstage/backend-test-utils';
import { SparingLog } from './SparingLog';

describe('SparingLog', () => {
  it('logs the first of what is alike, and then one a minute with the count', () => {
    let now = 1_000_000;
    const logger = mockServices.logger.mock();
    const log = SparingLog.create({ logger, level: 'warn', now: () => now });
    for (let n = 0; n < 1_000; n++) log.log('a', `a ${n}`);
    log.log('b', 'b');
    now += 60_000;
    log.log('a', 'a again');
    now += 60_000;
    log.log('a', 'a later');
    expect(logger.warn.mock.calls).toEqual([
      ['a 0'],
      ['b'],
      ['a again (and 999 more before)'],
      ['a later'],
    ]);
  });
});
