import {
  DAY_MS,
  Instant,
} from 'backstage-plugin-operational-excellence-common';
import { serviceRef } from '../catalog';
import {
  BacklogStory,
  DEMO_USERS,
  DemoService,
  IMPROVEMENT_LABELS,
  improvementTitlesFor,
  OTHER_TITLES,
} from '../data';
import { Random } from '../random';

/** A ticket as the built-in tracker's import takes it. */
export interface DemoTicket {
  externalKey: string;
  entityRef: string;
  title: string;
  description: string;
  labels: string[];
  priority: string;
  assignee: string | null;
  improvement: boolean;
  createdAt: string;
  startedAt: string | null;
  closedAt: string | null;
  reopenings: { closedAt: string; reopenedAt: string }[];
}

/** The course of a ticket, in days before the seeding. */
interface Course {
  created: number;
  started?: number;
  closed?: number;
  reopening?: { closed: number; reopened: number };
}

const YEARS_DAYS = 1_050;

/**
 * The tickets of a service: the same each time for the same instant of seeding.
 */
export function demoTickets(
  service: DemoService,
  seededAt: Instant,
): DemoTicket[] {
  const story = service.backlog;
  if (!story) return [];
  const random = Random.of(service.name);
  const improvements = [
    ...openImprovements(story, random),
    ...closedImprovements(story, random),
  ];
  const others = otherTickets(story, random);
  const titles = {
    improvement: titlesOf(improvementTitlesFor(service.type), service, random),
    other: titlesOf(OTHER_TITLES, service, random),
  };
  const assignees = DEMO_USERS.filter(
    ({ name, team }) => team === service.owner && name !== 'guest',
  ).map(({ name }) => `user:default/${name}`);
  const instant = (daysAgo: number) =>
    new Date(Math.round(seededAt - daysAgo * DAY_MS)).toISOString();
  const instantOrNull = (daysAgo: number | undefined) =>
    daysAgo === undefined ? null : instant(daysAgo);

  const ticket = (
    course: Course,
    improvement: boolean,
    index: number,
  ): DemoTicket => {
    const kind = improvement ? 'improvement' : 'other';
    const isWorkedOn = course.started !== undefined;
    return {
      externalKey: `demo:${service.name}:${kind}:${index}`,
      entityRef: serviceRef(service),
      title: titles[kind][index % titles[kind].length],
      description: `Demo data: made up for ${service.title}.`,
      labels: improvement
        ? ['improvement', random.pick(IMPROVEMENT_LABELS)]
        : [random.pick(['feature', 'bug'])],
      priority: random.pick(['low', 'medium', 'medium', 'high']),
      assignee: isWorkedOn ? random.pick(assignees) : null,
      improvement,
      createdAt: instant(course.created),
      startedAt: instantOrNull(course.started),
      closedAt: instantOrNull(course.closed),
      reopenings: course.reopening
        ? [
            {
              closedAt: instant(course.reopening.closed),
              reopenedAt: instant(course.reopening.reopened),
            },
          ]
        : [],
    };
  };
  return [
    ...improvements.map((course, index) => ticket(course, true, index)),
    ...others.map((course, index) => ticket(course, false, index)),
  ];
}

function openImprovements(story: BacklogStory, random: Random): Course[] {
  const { open, oldestDays, inProgress = 0, reopened = 0 } = story;
  return Array.from({ length: open }, (_, index): Course => {
    // The oldest is as old as the story says; the others spread below.
    const created =
      index === 0 ? oldestDays : random.between(1, oldestDays * 0.9);
    const course: Course = { created };
    if (index < reopened) {
      const closed = random.between(created * 0.5, created * 0.7);
      course.reopening = {
        closed,
        reopened: random.between(created * 0.3, closed),
      };
    }
    if (index >= reopened && index < reopened + inProgress) {
      course.started = random.between(0.2, created * 0.6);
    }
    return course;
  });
}

function closedImprovements(story: BacklogStory, random: Random): Course[] {
  return Array.from({ length: story.closed }, (_, index): Course => {
    // Done steadily over the years, the youngest as the story says.
    const share = index / story.closed;
    const closed =
      story.lastClosedDays +
      share * (YEARS_DAYS - story.lastClosedDays) * random.between(0.6, 1);
    const created = closed + random.between(4, 90);
    const started = random.between(closed, created);
    return { created, started, closed };
  });
}

function otherTickets(story: BacklogStory, random: Random): Course[] {
  return Array.from({ length: story.others }, (_, index): Course => {
    const created = random.between(2, YEARS_DAYS * 0.8);
    // A few are still open.
    if (index % 7 === 0) return { created: created / 8 };
    const closed = random.between(0, created * 0.9);
    return { created, started: random.between(closed, created), closed };
  });
}

/** All titles about all parts of the service, in no order. */
function titlesOf(
  templates: readonly string[],
  service: DemoService,
  random: Random,
): string[] {
  return random.shuffled(
    templates.flatMap(template =>
      service.parts.map(part => template.replace('{part}', part)),
    ),
  );
}
