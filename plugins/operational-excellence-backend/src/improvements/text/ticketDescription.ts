import { parseEntityRef } from '@backstage/catalog-model';
import {
  ImprovementGoal,
  ImprovementOrigin,
} from 'backstage-plugin-operational-excellence-common';
import { cleanText } from './cleanText';
import { codeSpan, escapeMarkdown } from './escapeMarkdown';

const ORIGINS: Record<ImprovementOrigin['kind'], string> = {
  incident: 'an incident',
  'game-day': 'a game day',
  'readiness-test': 'a readiness test',
  'pre-mortem': 'a pre-mortem',
  tabletop: 'a tabletop exercise',
  lesson: 'a lesson',
  other: 'something else',
};

/** What the ticket of an improvement says of it, Markdown. */
export function ticketDescription(
  improvement: {
    description: string;
    goal: ImprovementGoal | null;
    origin: ImprovementOrigin | null;
    filedBy: string;
    entityRef: string;
  },
  options: {
    /** Where the portal is opened; without it there is no link back. */
    appBaseUrl?: string;
  },
): string {
  const { description, entityRef, filedBy, goal, origin } = improvement;
  return [
    cleanText(description).trim(),
    goal && goalText(goal),
    '---',
    origin && originText(origin),
    `Filed by ${codeSpan(filedBy)} for ${serviceText(
      entityRef,
      options.appBaseUrl,
    )}.`,
  ]
    .filter(Boolean)
    .join('\n\n');
}

function goalText({ measure, from, to, by }: ImprovementGoal): string {
  const items = [
    ['What is measured', escapeMarkdown(measure)],
    ...(from === null ? [] : [['Before', escapeMarkdown(from)]]),
    ['Target', escapeMarkdown(to)],
    ...(by === null ? [] : [['By', by.slice(0, 10)]]),
  ];
  return [
    '## Goal',
    items.map(([name, value]) => `- **${name}:** ${value}`).join('\n'),
  ].join('\n\n');
}

function originText({ kind, url }: ImprovementOrigin): string {
  const link = url === null ? '' : `: <${linkable(url)}>`;
  return `It came of ${ORIGINS[kind]}${link}`;
}

function serviceText(entityRef: string, appBaseUrl: string | undefined) {
  const name = codeSpan(entityRef);
  return appBaseUrl === undefined
    ? name
    : `[${name}](<${linkable(pageOf(entityRef, appBaseUrl))}>)`;
}

function pageOf(entityRef: string, appBaseUrl: string): string {
  const { kind, namespace, name } = parseEntityRef(entityRef);
  const path = [namespace, kind, name].map(encodeURIComponent).join('/');
  return `${appBaseUrl.replace(/\/+$/, '')}/catalog/${path}`;
}

/** As it stands between angle brackets, in which nothing ends the link. */
function linkable(url: string): string {
  return new URL(url).href.replace(/[<>\\`]/g, encodeURIComponent);
}
