import { Entity, RELATION_OWNED_BY } from '@backstage/catalog-model';
import { entity } from './SimulatedCatalog';

/** How many groups each level has: 2,000 together, five deep. */
const LEVELS = [1, 9, 90, 300, 1600];

const SERVICES_PER_SYSTEM = 10;
const SYSTEMS_PER_DOMAIN = 10;

/** The group of a number in a level, of which 0 is the top. */
function groupName(level: number, index: number): string {
  return `group-${level}-${index}`;
}

/**
 * The groups of a large company, and services of its teams in systems and
 * domains. Made up anew each time that it is gone through.
 */
export function deepOrganisation(options: {
  services: number;
  /** Of the service of a number. */
  annotations: (service: number) => Record<string, string>;
}): Iterable<Entity> {
  return {
    *[Symbol.iterator]() {
      yield* groups();
      yield* places(options.services);
      for (let index = 0; index < options.services; index++) {
        yield service(index, options.annotations(index));
      }
    },
  };
}

function* groups(): Generator<Entity> {
  for (const [level, size] of LEVELS.entries()) {
    for (let index = 0; index < size; index++) {
      yield entity('Group', groupName(level, index), {
        spec: {
          type: level === LEVELS.length - 1 ? 'team' : 'department',
          ...(level > 0 && {
            parent: groupName(level - 1, index % LEVELS[level - 1]),
          }),
        },
      });
    }
  }
}

function* places(services: number): Generator<Entity> {
  const systems = Math.ceil(services / SERVICES_PER_SYSTEM);
  const domains = Math.ceil(systems / SYSTEMS_PER_DOMAIN);
  for (let index = 0; index < domains; index++) {
    yield entity('Domain', `domain-${index}`, {});
  }
  for (let index = 0; index < systems; index++) {
    yield entity('System', `system-${index}`, {
      spec: { domain: `domain-${index % domains}` },
    });
  }
}

function service(index: number, annotations: Record<string, string>): Entity {
  const teams = LEVELS[LEVELS.length - 1];
  const team = groupName(LEVELS.length - 1, index % teams);
  return entity('Component', `service-${index}`, {
    metadata: {
      name: `service-${index}`,
      title: `Service ${index}`,
      annotations,
      labels: { 'example.com/tier': String(1 + (index % 4)) },
    },
    spec: {
      type: index % 3 ? 'service' : 'website',
      lifecycle: index % 5 ? 'production' : 'experimental',
      owner: team,
      system: `system-${Math.floor(index / SERVICES_PER_SYSTEM)}`,
    },
    relations: [
      { type: RELATION_OWNED_BY, targetRef: `group:default/${team}` },
    ],
  });
}
