import { ConfigReader } from '@backstage/config';
import { JsonObject } from '@backstage/types';
import { defaultPolicy } from 'backstage-plugin-operational-excellence-common';
import { readConfig } from './readConfig';

function read(operationalExcellence?: JsonObject) {
  return readConfig(
    new ConfigReader(
      operationalExcellence === undefined ? {} : { operationalExcellence },
    ),
  );
}

const ALL_KINDS = {
  dueSoon: true,
  overdue: true,
  failing: true,
  missedGameDay: true,
  retestDue: true,
  evaluationDue: true,
  waiverEnding: true,
  initiativeDue: true,
};

describe('readConfig', () => {
  it('has a default for everything', () => {
    expect(read()).toEqual({
      services: { filter: { kind: 'Component' }, refreshEvery: 60_000 },
      policies: [defaultPolicy],
      readiness: {
        builtInTemplates: true,
        templates: [],
        refreshEvery: 3_600_000,
      },
      visibility: { decisionsFor: 5_000, servicesFor: 30_000 },
      calendar: { feeds: true },
      history: { keepDays: 1096 },
      sync: { concurrency: 4, tickEvery: 5_000, tolerance: 21_600_000 },
      notifications: {
        enabled: true,
        kinds: ALL_KINDS,
        digest: { enabled: true, weekday: 1, hour: 8, timeZone: 'UTC' },
        waiverWarnBefore: 14 * 86_400_000,
      },
    });
  });

  it('reads what is configured', () => {
    expect(
      read({
        services: {
          filter: {
            kind: 'Component',
            'spec.type': { $in: ['service', 'website'] },
          },
          refreshEvery: 'PT10S',
        },
        tierLabel: 'example.com/tier',
        policies: [
          {
            id: 'tier-1',
            match: { 'metadata.labels.example.com/tier': '1' },
            backlog: { maxAge: 'P60D' },
          },
          // Others may follow it, for it does not match yet, or once did not.
          { id: 'soon', enforceFrom: '2026-02-28' },
          { id: 'rest' },
        ],
        readiness: {
          builtInTemplates: false,
          templates: [
            { file: './ready.yaml' },
            { url: 'https://git.example/ready.yaml' },
          ],
          refreshEvery: 'PT5M',
        },
        visibility: { decisionsFor: 'PT1S', servicesFor: 'PT2S' },
        calendar: { feeds: false },
        sync: { concurrency: '8', tickEvery: 'PT1S', tolerance: 'PT2H' },
        notifications: {
          enabled: 'false',
          kinds: { dueSoon: false },
          digest: {
            enabled: false,
            weekday: 'friday',
            hour: '17',
            timeZone: 'Europe/Berlin',
          },
          waiverWarnBefore: 'P7D',
        },
        history: { keepDays: 400 },
        readReplica: { host: 'replica.example', port: '5433', maxLag: 'PT2S' },
        sources: { github: [{ host: 'github.com' }] },
      }),
    ).toEqual({
      services: {
        filter: {
          kind: 'Component',
          'spec.type': { $in: ['service', 'website'] },
        },
        refreshEvery: 10_000,
      },
      tierLabel: 'example.com/tier',
      policies: [
        {
          id: 'tier-1',
          match: { 'metadata.labels.example.com/tier': '1' },
          backlog: { maxAge: 'P60D', warnBefore: 'P14D' },
        },
        { id: 'soon', enforceFrom: '2026-02-28' },
        { id: 'rest' },
      ],
      readiness: {
        builtInTemplates: false,
        templates: [
          { file: './ready.yaml' },
          { url: 'https://git.example/ready.yaml' },
        ],
        refreshEvery: 300_000,
      },
      visibility: { decisionsFor: 1_000, servicesFor: 2_000 },
      calendar: { feeds: false },
      sync: { concurrency: 8, tickEvery: 1_000, tolerance: 7_200_000 },
      history: { keepDays: 400 },
      readReplica: { host: 'replica.example', port: 5433, maxLag: 2_000 },
      notifications: {
        enabled: false,
        kinds: { ...ALL_KINDS, dueSoon: false },
        digest: {
          enabled: false,
          weekday: 5,
          hour: 17,
          timeZone: 'Europe/Berlin',
        },
        waiverWarnBefore: 7 * 86_400_000,
      },
    });
  });

  it.each<[string, JsonObject, string]>([
    [
      'a duration that is none',
      { policies: [{ id: 'a', backlog: { maxAge: '90 days' } }] },
      'operationalExcellence.policies[0].backlog.maxAge: expected an ISO 8601 duration longer than zero and no longer than 100 years, such as P90D; got "90 days"',
    ],
    [
      'a duration of nothing',
      { services: { refreshEvery: 'PT0S' } },
      'operationalExcellence.services.refreshEvery: expected an ISO 8601 duration longer than zero, such as PT1M; got "PT0S"',
    ],
    [
      'a wrong type',
      { policies: [{ id: 'a', gameDay: { every: 90 } }] },
      'operationalExcellence.policies[0].gameDay.every: expected string; got 90',
    ],
    [
      'a missing key',
      { policies: [{ id: 'a', backlog: {} }] },
      'operationalExcellence.policies[0].backlog.maxAge: expected string; got nothing',
    ],
    [
      'a misspelt key',
      {
        policies: [{ id: 'a', backlog: { maxAge: 'P1D', warnbefore: 'P1D' } }],
      },
      'operationalExcellence.policies[0].backlog.warnbefore: there is no such key',
    ],
    [
      'a misspelt key at the top',
      { polices: [] },
      'operationalExcellence.polices: there is no such key',
    ],
    [
      'a kind of game day that there is not',
      {
        policies: [{ id: 'a', gameDay: { every: 'P1D', counts: ['party'] } }],
      },
      'operationalExcellence.policies[0].gameDay.counts[0]: expected one of "experiment"|"game-day"|"tabletop"|"pre-mortem"; got "party"',
    ],
    [
      'a number out of range',
      { sync: { concurrency: 0 } },
      'operationalExcellence.sync.concurrency: expected a whole number from 1 to 100; got 0',
    ],
    [
      'a template of no web address',
      { readiness: { templates: [{ url: 'ftp://git.example/a.yaml' }] } },
      'operationalExcellence.readiness.templates[0].url: expected an http or https address; got "ftp://git.example/a.yaml"',
    ],
    [
      'a template of two sources',
      {
        readiness: {
          templates: [{ file: 'a.yaml', url: 'https://git.example/a.yaml' }],
        },
      },
      'operationalExcellence.readiness.templates[0]: expected { file: ./path } or { url: https://… }, one of them; got {"file":"a.yaml","url":"https://git.example/a.yaml"}',
    ],
    [
      'no number',
      { sync: { concurrency: 'many' } },
      'operationalExcellence.sync.concurrency: expected a whole number from 1 to 100; got "many"',
    ],
    [
      'no policies',
      { policies: [] },
      'operationalExcellence.policies: expected at least one policy, or no such key for the default one; got []',
    ],
    [
      'a day that there is not',
      { policies: [{ id: 'a', enforceFrom: '2027-02-29' }] },
      'operationalExcellence.policies[0].enforceFrom: expected a day, such as 2027-01-31; got "2027-02-29"',
    ],
    [
      'an instant instead of a day',
      { policies: [{ id: 'a', enforceFrom: '2027-02-28T00:00:00Z' }] },
      'operationalExcellence.policies[0].enforceFrom: expected a day, such as 2027-01-31; got "2027-02-28T00:00:00Z"',
    ],
    [
      'a number instead of a day',
      { policies: [{ id: 'a', enforceFrom: 20270228 }] },
      'operationalExcellence.policies[0].enforceFrom: expected a day, such as 2027-01-31; got 20270228',
    ],
    [
      'an id that two policies have',
      { policies: [{ id: 'a', match: { kind: 'API' } }, { id: 'a' }] },
      'operationalExcellence.policies[1].id: expected an id that no other policy has; policies[0] has it; got "a"',
    ],
    [
      'a policy that cannot apply',
      { policies: [{ id: 'all' }, { id: 'never' }] },
      'operationalExcellence.policies[1]: expected a policy that can apply; the first match wins, and policies[0] matches every service, so move that one to the end; got {"id":"never"}',
    ],
    [
      'a filter that is none',
      { services: { filter: 'Component' } },
      'operationalExcellence.services.filter: expected a filter predicate, such as { kind: Component }, with the operators $all, $any, $not, $in, $exists, $contains and $hasPrefix; got "Component"',
    ],
    [
      'an operator that is used wrongly',
      { policies: [{ id: 'a', match: { kind: { $in: 'API' } } }] },
      'operationalExcellence.policies[0].match: expected a filter predicate, such as { kind: Component }, with the operators $all, $any, $not, $in, $exists, $contains and $hasPrefix; got {"kind":{"$in":"API"}}',
    ],
    [
      'a kind of notification that there is not',
      { notifications: { kinds: { dueToday: true } } },
      'operationalExcellence.notifications.kinds.dueToday: there is no such key',
    ],
    [
      'a switch that is neither on nor off',
      { notifications: { kinds: { overdue: 'sometimes' } } },
      'operationalExcellence.notifications.kinds.overdue: expected true or false; got "sometimes"',
    ],
    [
      'a day that is none',
      { notifications: { digest: { weekday: 'Mon' } } },
      'operationalExcellence.notifications.digest.weekday: expected one of "monday"|"tuesday"|"wednesday"|"thursday"|"friday"|"saturday"|"sunday"; got "Mon"',
    ],
    [
      'an hour that no day has',
      { notifications: { digest: { hour: 24 } } },
      'operationalExcellence.notifications.digest.hour: expected a whole number from 0 to 23; got 24',
    ],
    [
      'a time zone that is none',
      { notifications: { digest: { timeZone: 'Berlin' } } },
      'operationalExcellence.notifications.digest.timeZone: expected the name of a time zone, such as Europe/Berlin; got "Berlin"',
    ],
    [
      'a warning of no time',
      { notifications: { waiverWarnBefore: '14 days' } },
      'operationalExcellence.notifications.waiverWarnBefore: expected an ISO 8601 duration longer than zero, such as P14D; got "14 days"',
    ],
  ])('refuses %s', (_, given, message) => {
    expect(() => read(given)).toThrow(
      expect.objectContaining({ name: 'InputError', message }),
    );
  });

  it('names all mistakes at once', () => {
    expect(() =>
      read({ sync: { tickEvery: 'soon' }, policies: [{ id: '' }] }),
    ).toThrow(/policies\[0\]\.id: .*\n.*sync\.tickEvery: /);
  });
});
