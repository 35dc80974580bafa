import { Knex } from 'knex';
import { Scope, scopeColumns } from '../database';
import { Tags, TemplateDefinition } from './shapes';

/** An experiment template as it is stored. */
export interface Template extends Scope {
  id: string;
  clientToken: string;
  requestHash: string;
  createdAt: number;
  updatedAt: number;
  definition: TemplateDefinition;
  tags: Tags;
}

interface TemplateRow {
  id: string;
  account_id: string;
  region: string;
  client_token: string;
  request_hash: string;
  created_at: number | string;
  updated_at: number | string;
  definition: string;
  tags: string;
}

const toTemplate = (row: TemplateRow): Template => ({
  id: row.id,
  accountId: row.account_id,
  region: row.region,
  clientToken: row.client_token,
  requestHash: row.request_hash,
  createdAt: Number(row.created_at),
  updatedAt: Number(row.updated_at),
  definition: JSON.parse(row.definition),
  tags: JSON.parse(row.tags),
});

const toRow = (template: Template): TemplateRow => ({
  id: template.id,
  ...scopeColumns(template),
  client_token: template.clientToken,
  request_hash: template.requestHash,
  created_at: template.createdAt,
  updated_at: template.updatedAt,
  definition: JSON.stringify(template.definition),
  tags: JSON.stringify(template.tags),
});

/** Reads and writes experiment templates. */
export class TemplateStore {
  static create(): TemplateStore {
    return new TemplateStore();
  }

  private constructor() {}

  async insert(tx: Knex, template: Template): Promise<void> {
    await tx<TemplateRow>('templates').insert(toRow(template));
  }

  async update(tx: Knex, template: Template): Promise<void> {
    await tx<TemplateRow>('templates')
      .where({ id: template.id })
      .update(toRow(template));
  }

  async delete(tx: Knex, id: string): Promise<void> {
    await tx<TemplateRow>('templates').where({ id }).delete();
  }

  async find(
    db: Knex,
    scope: Scope,
    by: { id: string } | { clientToken: string },
  ): Promise<Template | undefined> {
    const row = await db<TemplateRow>('templates')
      .where(scopeColumns(scope))
      .where('id' in by ? { id: by.id } : { client_token: by.clientToken })
      .first();
    return row && toTemplate(row);
  }

  async count(db: Knex, scope: Scope): Promise<number> {
    const [{ count }] = await db('templates')
      .where(scopeColumns(scope))
      .count<{ count: number | string }[]>('id as count');
    return Number(count);
  }

  async after(
    db: Knex,
    scope: Scope,
    id: string,
    limit: number,
  ): Promise<Template[]> {
    const rows = await db<TemplateRow>('templates')
      .where(scopeColumns(scope))
      .where('id', '>', id)
      .orderBy('id')
      .limit(limit);
    return rows.map(toTemplate);
  }
}
