import { Knex } from 'knex';
import { Scope, scopeColumns } from '../database';

export interface SafetyLever {
  status: 'disengaged' | 'engaged';
  reason: string | null;
}

interface SafetyLeverRow extends SafetyLever {
  account_id: string;
  region: string;
}

const INITIAL: SafetyLever = { status: 'disengaged', reason: null };

/**
 * Holds up every other transaction that locks the same account and Region, until
 * this one ends; answers the state of their safety lever. (SQLite runs one
 * transaction at a time anyway.)
 */
export async function lockScope(
  tx: Knex.Transaction,
  scope: Scope,
): Promise<SafetyLever> {
  await tx<SafetyLeverRow>('safety_levers')
    .insert({ ...scopeColumns(scope), ...INITIAL })
    .onConflict(['account_id', 'region'])
    .ignore();
  const row = await tx<SafetyLeverRow>('safety_levers')
    .where(scopeColumns(scope))
    .forUpdate()
    .first();
  return { status: row!.status, reason: row!.reason };
}

export async function findSafetyLever(
  db: Knex,
  scope: Scope,
): Promise<SafetyLever> {
  const row = await db<SafetyLeverRow>('safety_levers')
    .where(scopeColumns(scope))
    .first();
  return row ? { status: row.status, reason: row.reason } : INITIAL;
}

export async function setSafetyLever(
  tx: Knex,
  scope: Scope,
  lever: SafetyLever,
): Promise<void> {
  await tx<SafetyLeverRow>('safety_levers')
    .where(scopeColumns(scope))
    .update(lever);
}
