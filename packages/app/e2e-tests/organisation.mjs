// A made-up organisation of any size, as entities of the catalog.
import { writeFileSync } from 'node:fs';

const DIVISIONS = 4;
const TEAMS_EACH = 5;

const group = (name, title, parent) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Group',
  metadata: { name, title },
  spec: { type: 'team', children: [], ...(parent && { parent }) },
});

/** The teams of a division have ever more services that are due. */
function component(number) {
  const team = number % (DIVISIONS * TEAMS_EACH);
  const name = `service-${String(number).padStart(5, '0')}`;
  const inProduction =
    Math.floor(number / (DIVISIONS * TEAMS_EACH)) % TEAMS_EACH <=
    team % TEAMS_EACH;
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name, title: `Service ${number}` },
    spec: {
      type: 'service',
      lifecycle: inProduction ? 'production' : 'experimental',
      owner: `team-${team}`,
    },
  };
}

function* entities(services) {
  yield group('company', 'The company');
  for (let division = 0; division < DIVISIONS; division++) {
    yield group(`division-${division}`, `Division ${division}`, 'company');
  }
  for (let team = 0; team < DIVISIONS * TEAMS_EACH; team++) {
    const division = Math.floor(team / TEAMS_EACH);
    yield group(`team-${team}`, `Team ${team}`, `division-${division}`);
  }
  for (let number = 0; number < services; number++) yield component(number);
}

/** Writes the entities to a file that the catalog can read. */
export function writeOrganisation(file, { services }) {
  // JSON is YAML.
  const documents = [...entities(services)].map(each => JSON.stringify(each));
  writeFileSync(file, documents.join('\n---\n'));
}
