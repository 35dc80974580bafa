import { Instant } from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { isPostgres, queryRows, storableText } from '../database';
import {
  EnvironmentRow,
  reportedColumns,
  ReportedEnvironment,
} from './environmentRows';

/** Keeps where exercises are held and improvements are tried. */
export class EnvironmentStore {
  static create(): EnvironmentStore {
    return new EnvironmentStore();
  }

  private constructor() {}

  /** The environment of a name, which nobody else changes meanwhile. */
  async lock(
    tx: Knex.Transaction,
    name: string,
  ): Promise<EnvironmentRow | undefined> {
    const [row] = await queryRows<EnvironmentRow>(
      tx,
      `select * from environments where name = ?
       ${isPostgres(tx) ? 'for update' : ''}`,
      [storableText(name)],
    );
    return row;
  }

  /**
   * Adds an environment, unless there is one of its name. Of two at once, the
   * second waits for the first.
   *
   * @returns whether it was added
   */
  async add(
    tx: Knex.Transaction,
    environment: ReportedEnvironment & {
      name: string;
      reportedBy: string;
      serviceIds: readonly number[];
    },
  ): Promise<boolean> {
    const id = randomUUID();
    const [added] = await tx('environments')
      .insert({
        ...reportedColumns(environment),
        id,
        name: storableText(environment.name),
        version: 1,
        reported_by: storableText(environment.reportedBy),
      })
      .onConflict(['name'])
      .ignore()
      .returning('id');
    if (!added) return false;
    await this.#setServices(tx, id, environment.serviceIds);
    return true;
  }

  /** Writes what is reported anew; what says the same changes nothing. */
  async update(
    tx: Knex.Transaction,
    current: EnvironmentRow,
    environment: ReportedEnvironment & {
      reportedBy: string;
      serviceIds: readonly number[];
    },
  ): Promise<void> {
    const columns = reportedColumns(environment);
    const before = await tx('environment_services')
      .where({ environment_id: current.id })
      .pluck('service_id');
    const isSame =
      isSameSet(before, environment.serviceIds) &&
      Object.entries(columns).every(([name, value]) => {
        const stored = current[name as keyof typeof columns];
        return (
          stored === value ||
          (value !== null && String(stored) === String(value))
        );
      });
    if (isSame) return;
    await tx('environments')
      .where({ id: current.id })
      .update({
        ...columns,
        version: current.version + 1,
        reported_by: storableText(environment.reportedBy),
      });
    await this.#setServices(tx, current.id, environment.serviceIds);
  }

  async remove(
    tx: Knex.Transaction,
    current: EnvironmentRow,
    removal: { removedAt: Instant; reportedBy: string },
  ): Promise<void> {
    await tx('environments')
      .where({ id: current.id })
      .update({
        removed_at: removal.removedAt,
        version: current.version + 1,
        reported_by: storableText(removal.reportedBy),
      });
  }

  /** Says where an improvement is tried; `null` for nowhere. */
  async choose(
    tx: Knex.Transaction,
    improvementId: string,
    environmentId: string | null,
  ): Promise<void> {
    await tx('improvement_environments')
      .where({ improvement_id: improvementId })
      .delete();
    if (environmentId !== null) {
      await tx('improvement_environments')
        .insert({
          improvement_id: improvementId,
          environment_id: environmentId,
        })
        .onConflict(['improvement_id'])
        .merge();
    }
  }

  async #setServices(
    tx: Knex.Transaction,
    id: string,
    serviceIds: readonly number[],
  ) {
    await tx('environment_services').where({ environment_id: id }).delete();
    if (serviceIds.length > 0) {
      await tx('environment_services').insert(
        serviceIds.map(service_id => ({ environment_id: id, service_id })),
      );
    }
  }
}

function isSameSet(a: readonly number[], b: readonly number[]) {
  return a.length === b.length && a.every(each => b.includes(each));
}
