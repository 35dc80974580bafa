import { ConflictError } from '@backstage/errors';
import { Instant } from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import {
  bound,
  idSet,
  isPostgres,
  queryRows,
  sql,
  SqlPart,
  storableText,
  textSet,
} from '../database';
import {
  FindingOriginKind,
  FindingRow,
  FindingWording,
  wordingColumns,
} from './findingRows';
import { readTags } from './queries/readTags';
import { searchText } from './search';

/** Which findings. */
export type FindingsOf =
  | { ids: string[] }
  | { exerciseId: string }
  | { serviceIds: number[] };

/** By which a submission that is sent again is known. */
export interface SubmissionIdentity {
  createdBy: string;
  submissionKey: string;
  /** Of all that was sent with the key. */
  submissionHash: string;
}

/** A finding as it is written down. */
export interface NewFinding extends FindingWording, SubmissionIdentity {
  id: string;
  serviceId: number;
  originKind: FindingOriginKind;
  exerciseId: string | null;
  readinessTestId: string | null;
  readinessItemId: string | null;
  createdAt: Instant;
}

/** What a later exercise or experiment showed. */
export interface NewRetest {
  id: string;
  findingId: string;
  exerciseId: string | null;
  experimentId: number | null;
  testedAt: Instant;
  result: 'fixed' | 'not-fixed';
  note: string | null;
  recordedBy: string;
  recordedAt: Instant;
  submissionKey: string;
}

/** Keeps what exercises and readiness tests brought to light. */
export class FindingStore {
  static create(): FindingStore {
    return new FindingStore();
  }

  private constructor() {}

  /**
   * Adds a finding, unless its key was used before. Of two with one key at once,
   * the second waits for the first.
   *
   * @returns whether it was added
   */
  async add(tx: Knex.Transaction, finding: NewFinding): Promise<boolean> {
    const [added] = await tx('findings')
      .insert({
        ...wordingColumns(finding),
        id: finding.id,
        version: 1,
        service_id: finding.serviceId,
        exercise_id: finding.exerciseId,
        readiness_test_id: finding.readinessTestId,
        readiness_item_id: finding.readinessItemId,
        origin_kind: finding.originKind,
        search_text: '',
        created_by: storableText(finding.createdBy),
        submission_key: finding.submissionKey,
        submission_hash: finding.submissionHash,
        created_at: finding.createdAt,
        updated_by: storableText(finding.createdBy),
        updated_at: finding.createdAt,
      })
      .onConflict(['created_by', 'submission_key'])
      .ignore()
      .returning('id');
    if (!added) return false;
    await this.#setTags(tx, finding.id, finding.tags);
    await this.refreshSearch(tx, { ids: [finding.id] });
    return true;
  }

  /**
   * The id of what somebody submitted with a key.
   *
   * @throws ConflictError where that is something else
   */
  async submitted(
    db: Knex,
    submission: SubmissionIdentity,
  ): Promise<string | undefined> {
    const earlier = await db<FindingRow>('findings')
      .where({
        created_by: storableText(submission.createdBy),
        submission_key: submission.submissionKey,
      })
      .first('id', 'submission_hash');
    if (earlier && earlier.submission_hash !== submission.submissionHash) {
      throw new ConflictError(
        'The key was already used for another finding; take a new one for each',
      );
    }
    return earlier?.id;
  }

  /** A finding that nobody else changes until the transaction ends. */
  async lock(
    tx: Knex.Transaction,
    id: string,
  ): Promise<FindingRow | undefined> {
    const [row] = await queryRows<FindingRow>(
      tx,
      `select * from findings where id = ?
       ${isPostgres(tx) ? 'for update' : ''}`,
      [storableText(id)],
    );
    return row;
  }

  /** Writes another version of a finding that is locked. */
  async change(
    tx: Knex.Transaction,
    current: Pick<FindingRow, 'id' | 'version'>,
    change: {
      wording?: FindingWording;
      improvementId?: string | null;
      changedBy: string;
      changedAt: Instant;
    },
  ): Promise<void> {
    const { id, version } = current;
    const { improvementId, wording } = change;
    await tx('findings')
      .where({ id })
      .update({
        ...(wording && wordingColumns(wording)),
        ...(improvementId !== undefined && { improvement_id: improvementId }),
        version: version + 1,
        updated_by: storableText(change.changedBy),
        updated_at: change.changedAt,
      });
    if (wording) {
      await this.#setTags(tx, id, wording.tags);
      await this.refreshSearch(tx, { ids: [id] });
    }
  }

  async addRetest(tx: Knex.Transaction, retest: NewRetest): Promise<void> {
    await tx('finding_retests').insert({
      id: retest.id,
      finding_id: retest.findingId,
      exercise_id: retest.exerciseId,
      experiment_id: retest.experimentId,
      tested_at: retest.testedAt,
      result: retest.result,
      note: storableText(retest.note),
      recorded_by: storableText(retest.recordedBy),
      recorded_at: retest.recordedAt,
      submission_key: retest.submissionKey,
    });
  }

  /**
   * Whether somebody recorded a re-test with its key before.
   *
   * @throws ConflictError where that is something else
   */
  async hasRetest(db: Knex, retest: NewRetest): Promise<boolean> {
    const earlier = await db('finding_retests')
      .where({
        recorded_by: storableText(retest.recordedBy),
        submission_key: retest.submissionKey,
      })
      .first();
    if (!earlier) return false;
    const isSame =
      earlier.finding_id === retest.findingId &&
      earlier.exercise_id === retest.exerciseId &&
      earlier.experiment_id === retest.experimentId &&
      earlier.result === retest.result &&
      earlier.note === storableText(retest.note);
    if (isSame) return true;
    throw new ConflictError(
      'The key was already used for another re-test; take a new one for each',
    );
  }

  /** Lets findings say of their exercise what it is now, and be found by that. */
  async followExercise(
    tx: Knex.Transaction,
    exerciseId: string,
  ): Promise<void> {
    await tx('findings')
      .where({ exercise_id: exerciseId })
      .update({
        origin_kind: tx('exercises').where({ id: exerciseId }).select('kind'),
      });
    await this.refreshSearch(tx, { exerciseId });
  }

  /**
   * Has findings found by the words that they, their service and their origin
   * have now. For whoever changes one of those, in the same transaction.
   */
  async refreshSearch(tx: Knex.Transaction, of: FindingsOf): Promise<void> {
    const { bindings, sql: condition } = conditionOf(tx, of);
    const rows = await queryRows<{
      id: string;
      text: string;
      lesson: string | null;
      search_text: string;
      service_title: string;
      origin_title: string | null;
    }>(
      tx,
      `select f.id, f.text, f.lesson, f.search_text, s.title as service_title,
         coalesce(x.title, rv.title, rr.template) as origin_title
       from findings f join services s on s.id = f.service_id
       left join exercises x on x.id = f.exercise_id
       left join readiness_runs rr on rr.id = f.readiness_test_id
       left join readiness_template_revisions rv
         on rv.template = rr.template and rv.revision = rr.revision
       where ${condition}`,
      bindings,
    );
    const tags = await readTags(
      tx,
      rows.map(({ id }) => id),
    );
    for (const row of rows) {
      const search_text = searchText({
        text: row.text,
        lesson: row.lesson,
        tags: tags.get(row.id) ?? [],
        serviceTitle: row.service_title,
        originTitle: row.origin_title ?? '',
      });
      if (search_text !== row.search_text) {
        await tx('findings').where({ id: row.id }).update({ search_text });
      }
    }
  }

  async #setTags(tx: Knex.Transaction, id: string, tags: readonly string[]) {
    await tx('finding_tags').where({ finding_id: id }).delete();
    const different = [...new Set(tags.map(tag => storableText(tag)))];
    if (different.length > 0) {
      await tx('finding_tags').insert(
        different.map(tag => ({ finding_id: id, tag })),
      );
    }
  }
}

function conditionOf(db: Knex, of: FindingsOf): SqlPart {
  if ('exerciseId' in of) return sql`f.exercise_id = ${bound(of.exerciseId)}`;
  const isIds = 'ids' in of;
  const set = isIds ? textSet(db, of.ids) : idSet(db, of.serviceIds);
  return {
    sql: set.includes(isIds ? 'f.id' : 'f.service_id'),
    bindings: [set.binding],
  };
}
