import { Entity } from '@backstage/catalog-model';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';

type StreamRequest = Parameters<CatalogService['streamEntities']>[0];

/** A catalog that tests change and make fail. */
export class TestCatalog {
  entities: Entity[] = [];
  /** Fails the reading of services after so many pages. */
  failsAfterPages: number | undefined;
  pageSize: number | undefined;
  readonly requests: NonNullable<StreamRequest>[] = [];

  readonly service: CatalogService = catalogServiceMock.mock({
    streamEntities: request => this.#stream(request ?? {}),
    getEntitiesByRefs: request =>
      catalogServiceMock({ entities: this.entities }).getEntitiesByRefs(
        request,
      ),
  });

  async *#stream(request: NonNullable<StreamRequest>) {
    this.requests.push(request);
    const isServices = !JSON.stringify(request.query).includes('Group');
    const pages = catalogServiceMock({
      entities: this.entities,
    }).streamEntities({ ...request, pageSize: this.pageSize });
    let count = 0;
    for await (const page of pages) {
      if (isServices && count === this.failsAfterPages) {
        throw new Error('The catalog is down');
      }
      count++;
      yield page;
    }
  }
}

export function entity(
  kind: string,
  name: string,
  rest: {
    title?: string;
    annotations?: Record<string, string>;
    labels?: Record<string, string>;
    spec?: Entity['spec'];
    relations?: Entity['relations'];
  } = {},
): Entity {
  const { annotations, labels, relations, spec, title } = rest;
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: { name, title, annotations, labels },
    spec,
    relations,
  };
}

export const component = entity.bind(undefined, 'Component');
export const group = (name: string, spec?: Entity['spec'], title?: string) =>
  entity('Group', name, { spec, title });
