import {
  ANNOTATION_LOCATION,
  ANNOTATION_ORIGIN_LOCATION,
  Entity,
  EntityMeta,
} from '@backstage/catalog-model';
import { JsonObject } from '@backstage/types';
import {
  DEMO_DOMAINS,
  DEMO_GROUPS,
  DEMO_SERVICES,
  DEMO_SYSTEMS,
  DEMO_USERS,
  DemoService,
} from '../data';

/** Where the catalog says that the entities come from. */
export const DEMO_LOCATION = 'demo:larkfield';

/** The label that holds a service's tier, as app-config.yaml names it. */
const TIER_LABEL = 'example.com/tier';

type DemoMetadata = Required<
  Pick<EntityMeta, 'name' | 'title' | 'description'>
> &
  Pick<EntityMeta, 'labels' | 'annotations'>;

/** Everything that is made up carries the label and says so. */
function demoEntity(
  kind: string,
  metadata: DemoMetadata,
  spec: JsonObject,
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: {
      ...metadata,
      namespace: 'default',
      description: `Demo data: ${metadata.description}`,
      labels: { ...metadata.labels, demo: 'true' },
      annotations: {
        ...metadata.annotations,
        [ANNOTATION_LOCATION]: DEMO_LOCATION,
        [ANNOTATION_ORIGIN_LOCATION]: DEMO_LOCATION,
      },
      tags: ['demo'],
    },
    spec,
  };
}

export function serviceRef({ name }: Pick<DemoService, 'name'>): string {
  return `component:default/${name}`;
}

/** The catalog of the demo organisation. */
export function demoEntities(): Entity[] {
  return [
    ...DEMO_GROUPS.map(({ name, title, type, parent }) =>
      demoEntity(
        'Group',
        {
          name,
          title,
          description: `${title}, a ${type} of a made-up carrier`,
        },
        {
          type,
          profile: { displayName: title },
          ...(parent && { parent }),
          children: DEMO_GROUPS.filter(group => group.parent === name).map(
            child => child.name,
          ),
        },
      ),
    ),
    ...DEMO_USERS.map(({ name, displayName, team }) =>
      demoEntity(
        'User',
        {
          name,
          title: displayName,
          description: 'somebody who does not exist',
        },
        { profile: { displayName }, memberOf: [team] },
      ),
    ),
    ...DEMO_DOMAINS.map(({ name, title, description, owner }) =>
      demoEntity('Domain', { name, title, description }, { owner }),
    ),
    ...DEMO_SYSTEMS.map(({ name, title, description, owner, domain }) =>
      demoEntity('System', { name, title, description }, { owner, domain }),
    ),
    ...DEMO_SERVICES.map(service =>
      demoEntity(
        'Component',
        {
          name: service.name,
          title: service.title,
          description: service.description,
          labels: { [TIER_LABEL]: String(service.tier) },
          annotations: service.annotations,
        },
        {
          type: service.type,
          lifecycle: service.lifecycle,
          owner: service.owner,
          system: service.system,
        },
      ),
    ),
  ];
}
