import { Instant } from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import {
  instantOf,
  storableText,
  storableTexts,
  StoredInstant,
} from '../../database';
import { Visibility } from '../../visibility/Visibility';

/** A calendar that its secret opens. */
export interface StoredFeed {
  id: string;
  createdBy: string;
  createdAt: Instant;
  expiresAt: Instant;
  entityRef: string | null;
  ownerRef: string | null;
}

interface FeedRow {
  id: string;
  secret_digest: string;
  created_by: string;
  created_at: StoredInstant;
  expires_at: StoredInstant;
  revoked_at: StoredInstant | null;
  entity_ref: string | null;
  owner_ref: string | null;
  visible_refs: string | null;
}

/** Keeps which calendars there are, and the digests of their secrets. */
export class CalendarFeedStore {
  static create(): CalendarFeedStore {
    return new CalendarFeedStore();
  }

  private constructor() {}

  /** @param visibility - what its creator sees */
  async add(
    db: Knex,
    feed: StoredFeed,
    options: { secretDigest: string; visibility: Visibility },
  ): Promise<void> {
    const { secretDigest, visibility } = options;
    await db('calendar_feeds').insert({
      id: feed.id,
      secret_digest: secretDigest,
      created_by: storableText(feed.createdBy),
      created_at: feed.createdAt,
      expires_at: feed.expiresAt,
      entity_ref: storableText(feed.entityRef),
      owner_ref: storableText(feed.ownerRef),
      visible_refs:
        visibility.kind === 'all'
          ? null
          : storableTexts([...visibility.entityRefs]),
    });
  }

  /** What a secret opens, and what that shows, as long as it does. */
  async open(
    db: Knex,
    secretDigest: string,
    options: { now: Instant },
  ): Promise<{ feed: StoredFeed; visibility: Visibility } | undefined> {
    const row = await db<FeedRow>('calendar_feeds')
      .where({ secret_digest: secretDigest, revoked_at: null })
      .where('expires_at', '>', options.now)
      .first();
    if (!row) return undefined;
    const refs = row.visible_refs;
    return {
      feed: feedOfRow(row),
      visibility:
        refs === null
          ? { kind: 'all' }
          : { kind: 'only', entityRefs: new Set(JSON.parse(refs)) },
    };
  }

  /** Those of somebody that still open, newest first. */
  async ofCreator(
    db: Knex,
    createdBy: string,
    options: { now: Instant },
  ): Promise<StoredFeed[]> {
    const rows = await db<FeedRow>('calendar_feeds')
      .where({ created_by: storableText(createdBy), revoked_at: null })
      .where('expires_at', '>', options.now)
      .orderBy([{ column: 'created_at', order: 'desc' }, { column: 'id' }]);
    return rows.map(feedOfRow);
  }

  /** @returns whether there was one of theirs that still opened */
  async revoke(
    db: Knex,
    feed: { id: string; createdBy: string },
    options: { now: Instant },
  ): Promise<boolean> {
    const revoked = await db<FeedRow>('calendar_feeds')
      .where({
        id: storableText(feed.id),
        created_by: storableText(feed.createdBy),
        revoked_at: null,
      })
      .where('expires_at', '>', options.now)
      .update({ revoked_at: options.now, visible_refs: '[]' });
    return revoked > 0;
  }
}

function feedOfRow(row: FeedRow): StoredFeed {
  return {
    id: row.id,
    createdBy: row.created_by,
    createdAt: instantOf(row.created_at),
    expiresAt: instantOf(row.expires_at),
    entityRef: row.entity_ref,
    ownerRef: row.owner_ref,
  };
}
