import { stopConditions } from './stopConditions';

const of = (source: string, value: string | null) =>
  stopConditions({
    stopConditions: [{ source, value }],
    logConfigured: null,
    actionsMode: 'run-all',
  });

describe('stopConditions', () => {
  it.each([
    [
      'arn:aws:cloudwatch:eu-west-1:123456789012:alarm:payments: errors',
      'payments: errors',
    ],
    ['arn:aws-cn:cloudwatch:cn-north-1:123456789012:alarm:a', 'a'],
    ['something else', 'something else'],
  ])('names the alarm of %s', (value, name) => {
    expect(of('aws:cloudwatch:alarm', value)).toEqual([name]);
  });

  it('names the kind of a condition without a value', () => {
    expect(of('aws:cloudwatch:alarm', null)).toEqual(['aws:cloudwatch:alarm']);
  });
});
