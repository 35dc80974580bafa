import { ConfigReader } from '@backstage/config';
import { readTrackerConfig } from './TrackerConfig';

const read = (tracker?: object) =>
  readTrackerConfig(
    new ConfigReader(
      tracker ? { operationalExcellence: { sources: { tracker } } } : {},
    ),
  );

describe('readTrackerConfig', () => {
  it('knows the usual labels of improvements', () => {
    expect(read()).toEqual({ improvementLabels: ['improvement', 'tech-debt'] });
  });

  it('compares labels without case', () => {
    expect(read({ improvement: { labels: [' Hygiene '] } })).toEqual({
      improvementLabels: ['hygiene'],
    });
    expect(read({ improvement: { labels: [] } })).toEqual({
      improvementLabels: [],
    });
  });

  it.each([[['a', ' ']], ['improvement'], [[1]]])(
    'names the key of a mistake: %j',
    labels => {
      expect(() => read({ improvement: { labels } })).toThrow(
        /operationalExcellence\.sources\.tracker\.improvement\.labels/,
      );
    },
  );
});
