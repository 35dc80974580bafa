import { Entity } from '@backstage/catalog-model';
import {
  EntityProvider,
  EntityProviderConnection,
} from '@backstage/plugin-catalog-node';
import { DEMO_LOCATION } from './demoEntities';

/** Gives the catalog a fixed set of entities, and takes back all others. */
export class DemoEntityProvider implements EntityProvider {
  readonly #entities: Entity[];

  static create(options: { entities: Entity[] }): DemoEntityProvider {
    return new DemoEntityProvider(options.entities);
  }

  private constructor(entities: Entity[]) {
    this.#entities = entities;
  }

  getProviderName(): string {
    return 'operational-excellence-demo';
  }

  async connect(connection: EntityProviderConnection): Promise<void> {
    await connection.applyMutation({
      type: 'full',
      entities: this.#entities.map(entity => ({
        entity,
        locationKey: DEMO_LOCATION,
      })),
    });
  }
}
