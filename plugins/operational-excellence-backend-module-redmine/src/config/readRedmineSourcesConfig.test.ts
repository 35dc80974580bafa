import { ConfigReader } from '@backstage/config';
import { JsonObject, JsonValue } from '@backstage/types';
import { readRedmineSourcesConfig } from './readRedmineSourcesConfig';

const ENTRY = {
  id: 'acme',
  baseUrl: 'https://redmine.example.com/',
  apiKey: 'secret',
  improvement: { trackers: ['Improvement'] },
};

function read(...entries: JsonObject[]) {
  return readRedmineSourcesConfig(
    new ConfigReader({
      operationalExcellence: { sources: { redmine: entries } },
    }),
  );
}

describe('readRedmineSourcesConfig', () => {
  it('fills in what is left out', () => {
    expect(read(ENTRY)).toEqual([
      {
        key: 'operationalExcellence.sources.redmine[0]',
        id: 'acme',
        baseUrl: 'https://redmine.example.com',
        apiKey: 'secret',
        projects: null,
        rules: {
          improvement: {
            trackers: ['Improvement'],
            categories: [],
            customField: null,
          },
          inProgress: { statuses: [] },
          entityField: null,
        },
        filing: {
          tracker: 'Improvement',
          project: null,
          customFields: [],
          priorities: new Map(),
          textFormatting: 'markdown',
        },
        schedule: {},
        overlapMs: 300_000,
      },
    ]);
  });

  it('reads everything', () => {
    const [source] = read({
      ...ENTRY,
      baseUrl: 'http://intranet/redmine',
      projects: ['payments', 'payments'],
      improvement: {
        categories: ['Ops'],
        customField: { field: 7, values: ['yes'] },
      },
      inProgress: { statuses: ['In Progress'] },
      entityField: 'Service',
      file: {
        tracker: 'Feature',
        project: 'intake',
        customFields: [{ id: 3, value: 'Portal' }],
        priorities: { High: 'Urgent' },
        textFormatting: 'textile',
      },
      schedule: { every: 'PT1H' },
      overlap: 'PT10M',
    });
    expect(source).toMatchObject({
      baseUrl: 'http://intranet/redmine',
      projects: ['payments'],
      rules: {
        improvement: {
          trackers: [],
          categories: ['Ops'],
          customField: { field: 7, values: ['yes'] },
        },
        inProgress: { statuses: ['In Progress'] },
        entityField: 'Service',
      },
      filing: {
        tracker: 'Feature',
        project: 'intake',
        customFields: [{ id: 3, value: 'Portal' }],
        priorities: new Map([['high', 'Urgent']]),
        textFormatting: 'textile',
      },
      schedule: { every: 'PT1H' },
      overlapMs: 600_000,
    });
  });

  it.each<[Record<string, JsonValue>, string]>([
    [{ id: 'a b' }, '[0].id'],
    [{ baseUrl: 'redmine.example.com' }, '[0].baseUrl'],
    [{ baseUrl: 'https://user:pw@redmine.example.com' }, '[0].baseUrl'],
    [{ improvement: {} }, '[0].improvement names neither'],
    [{ improvement: { trackers: [''] } }, '[0].improvement.trackers'],
    [
      { improvement: { customField: { field: 'Kind' } } },
      '[0].improvement.customField',
    ],
    [{ entityField: '' }, '[0].entityField'],
    [{ entityField: 1.5 }, '[0].entityField'],
    [{ projects: [] }, '[0].projects is empty'],
    [{ projects: ['Payments'] }, "[0].projects has 'Payments'"],
    [{ file: { project: '../users' } }, '[0].file.project'],
    [{ file: { textFormatting: 'html' } }, '[0].file.textFormatting'],
    [
      { file: { customFields: [{ id: 0, value: 'x' }] } },
      '[0].file.customFields[0].id',
    ],
    [{ overlap: 'PT1M' }, '[0].overlap'],
    [{ schedule: { every: 'daily' } }, '[0].schedule.every'],
  ])('names the key of a mistake: %p', (change, key) => {
    expect(() => read({ ...ENTRY, ...change })).toThrow(
      `operationalExcellence.sources.redmine${key}`,
    );
  });

  it('wants ids of their own', () => {
    expect(() => read(ENTRY, ENTRY)).toThrow(
      "operationalExcellence.sources.redmine[1].id is 'acme', and so is operationalExcellence.sources.redmine[0].id",
    );
  });

  it('does not repeat credentials of an address', () => {
    expect(() =>
      read({ ...ENTRY, baseUrl: 'https://user:hunter2@redmine.example.com' }),
    ).toThrow(expect.not.stringContaining('hunter2'));
  });
});
