import type {
  ReadinessAnswer,
  ReadinessItem,
  ReadinessTemplate,
  ReadinessTemplateItem,
  ReadinessTestDetail,
} from 'backstage-plugin-operational-excellence-common';
import { daysAgo, inDays } from './instants';

export function readinessItem(
  id: string,
  changes: Partial<ReadinessItem> = {},
): ReadinessItem {
  return {
    id,
    question: `Is ${id} in place?`,
    guidance: null,
    risk: 'medium',
    blocking: false,
    evidence: 'optional',
    automatic: false,
    ...changes,
  };
}

/** Two sections with an item of each sort. */
export function readinessTemplate(
  changes: Partial<ReadinessTemplate> = {},
): ReadinessTemplate {
  return {
    id: 'production-readiness',
    version: '1',
    revision: 'r1',
    title: 'Production readiness',
    description: 'What has to be there **before** a service takes traffic.',
    validFor: 'P180D',
    signOff: false,
    sections: [
      {
        title: 'Alarms',
        items: [
          readinessItem('alarms', {
            question: 'Is there an alarm for each promise to users?',
            guidance: 'Look at the [list](https://docs.example.com/alarms).',
            risk: 'high',
            blocking: true,
            evidence: 'required',
          }),
          readinessItem('dashboards', {
            question: 'Is there a dashboard?',
            automatic: true,
          }),
        ],
      },
      {
        title: 'Recovery',
        items: [
          readinessItem('restore', {
            question: 'Was a backup restored?',
            evidence: 'none',
            risk: 'low',
          }),
        ],
      },
    ],
    ...changes,
  };
}

export function readinessTemplateItem(
  changes: Partial<ReadinessTemplateItem> = {},
): ReadinessTemplateItem {
  return {
    ...readinessTemplate(),
    source: 'built-in',
    readAt: daysAgo(0),
    problem: null,
    removed: false,
    requiredBy: ['tier-1'],
    services: { tested: 3, outdated: 0 },
    ...changes,
  };
}

export function readinessAnswer(
  itemId: string,
  changes: Partial<ReadinessAnswer> = {},
): ReadinessAnswer {
  return {
    itemId,
    version: 1,
    value: 'yes',
    note: null,
    evidence: [],
    answeredBy: 'user:default/ada',
    answeredAt: daysAgo(1),
    ...changes,
  };
}

/** A test that was begun and has no answer yet. */
export function readinessTest(
  id: string,
  changes: Partial<ReadinessTestDetail> = {},
): ReadinessTestDetail {
  return {
    id,
    version: 1,
    entityRef: 'component:default/payments',
    entityTitle: 'Payments',
    template: 'production-readiness',
    templateTitle: 'Production readiness',
    templateVersion: '1',
    outdated: false,
    state: 'open',
    startedAt: daysAgo(2),
    startedBy: 'user:default/ada',
    performedAt: null,
    performedBy: null,
    verdict: null,
    validUntil: null,
    summary: null,
    signOff: null,
    answered: 0,
    itemCount: 3,
    failing: 0,
    content: readinessTemplate(),
    templateRemoved: false,
    answers: [],
    missing: [],
    previousId: null,
    ...changes,
  };
}

/** A test that was finished with conditions. */
export function finishedReadinessTest(
  id: string,
  changes: Partial<ReadinessTestDetail> = {},
): ReadinessTestDetail {
  return readinessTest(id, {
    state: 'finished',
    performedAt: daysAgo(1),
    performedBy: 'user:default/ada',
    verdict: 'conditional',
    validUntil: inDays(179),
    summary: 'Backups are **still** to be restored.',
    answered: 3,
    failing: 1,
    answers: [
      readinessAnswer('alarms', {
        note: 'One for each.',
        evidence: [
          { title: 'Alarm list', url: 'https://alarms.example.com/payments' },
        ],
      }),
      readinessAnswer('dashboards', {
        value: 'not-applicable',
        answeredBy: 'pipeline',
      }),
      readinessAnswer('restore', { value: 'no' }),
    ],
    ...changes,
  });
}
