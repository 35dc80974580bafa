import { DiscoveryService } from '@backstage/backend-plugin-api';
import { ConflictError, NotFoundError } from '@backstage/errors';
import {
  addDuration,
  CalendarFeed,
  CalendarFeedList,
  CalendarFeedRequest,
  Instant,
  operationalExcellenceServiceReadPermission as serviceRead,
  Policy,
  toIsoInstant,
} from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { nameOfCaller } from '../../authorization';
import { Caller } from '../../improvements';
import { fullEntityRef } from '../../services/fullEntityRef';
import { noSuchService } from '../../services/noSuchService';
import { visibleServiceId } from '../../services/visibleServiceId';
import { Visibility, VisibilityService } from '../../visibility';
import { CalendarFeedStore } from './CalendarFeedStore';
import { Calendars } from './Calendars';
import { CalendarFilter, readCalendar } from './readCalendar';
import { writeCalendar } from './writeCalendar';

/** How long the address of a calendar opens it. */
const FEED_LASTS = 'P365D';

/** How many calendars one has at a time. */
const MOST_FEEDS = 20;

/** More than anybody guesses. */
const SECRET_BYTES = 32;

export interface CalendarServiceOptions {
  appBaseUrl?: string;
  db: Knex;
  discovery: DiscoveryService;
  /** Whether calendars can be opened by secret addresses. */
  feeds: boolean;
  policies: readonly Policy[];
  visibility: VisibilityService;
  now?: () => Instant;
}

/** Writes calendars, and keeps who may open which by its secret. */
export class CalendarService implements Calendars {
  readonly #options: CalendarServiceOptions;
  readonly #policies: ReadonlyMap<string, Policy>;
  readonly #now: () => Instant;
  readonly #feeds = CalendarFeedStore.create();

  static create(options: CalendarServiceOptions) {
    return new CalendarService(options);
  }

  private constructor(options: CalendarServiceOptions) {
    this.#options = options;
    this.#policies = new Map(options.policies.map(item => [item.id, item]));
    this.#now = options.now ?? Date.now;
  }

  async download(
    filter: CalendarFilter,
    { credentials }: Caller,
  ): Promise<string> {
    const { visibility } = this.#options;
    return this.#write(
      filter,
      await visibility.ofServices(credentials, serviceRead),
    );
  }

  async createFeed(
    request: CalendarFeedRequest,
    { credentials }: Caller,
  ): Promise<CalendarFeed> {
    this.#requireFeeds();
    const { db, discovery, visibility } = this.#options;
    const visible = await visibility.ofServices(credentials, serviceRead);
    const filter = filterOf(request);
    const { entityRef = null, owner = null } = filter;
    if (entityRef !== null) {
      const id = await visibleServiceId(db, entityRef, visible);
      if (id === undefined) throw noSuchService(entityRef);
    }
    const now = this.#now();
    const createdBy = nameOfCaller(credentials);
    const others = await this.#feeds.ofCreator(db, createdBy, { now });
    if (others.length >= MOST_FEEDS) {
      throw new ConflictError(
        `You have ${others.length} calendars already; revoke one that is not used any more`,
      );
    }
    const id = randomUUID();
    const secret = randomBytes(SECRET_BYTES).toString('base64url');
    const expiresAt = addDuration(now, FEED_LASTS);
    await this.#feeds.add(
      db,
      { id, createdBy, createdAt: now, expiresAt, entityRef, ownerRef: owner },
      {
        secretDigest: digestOf(secret),
        // Of one service, nothing else is ever shown.
        visibility:
          entityRef !== null && visible.kind === 'only'
            ? { kind: 'only', entityRefs: new Set([entityRef]) }
            : visible,
      },
    );
    const baseUrl = await discovery.getExternalBaseUrl(
      'operational-excellence',
    );
    return {
      id,
      url: `${baseUrl}/calendar/${secret}.ics`,
      expiresAt: toIsoInstant(expiresAt),
    };
  }

  async feeds({ credentials }: Caller): Promise<CalendarFeedList> {
    this.#requireFeeds();
    const feeds = await this.#feeds.ofCreator(
      this.#options.db,
      nameOfCaller(credentials),
      { now: this.#now() },
    );
    return {
      items: feeds.map(feed => ({
        id: feed.id,
        entityRef: feed.entityRef,
        owner: feed.ownerRef,
        createdAt: toIsoInstant(feed.createdAt),
        expiresAt: toIsoInstant(feed.expiresAt),
      })),
    };
  }

  async revokeFeed(id: string, { credentials }: Caller): Promise<void> {
    const isRevoked = await this.#feeds.revoke(
      this.#options.db,
      { id, createdBy: nameOfCaller(credentials) },
      { now: this.#now() },
    );
    if (!isRevoked) {
      throw new NotFoundError(
        'You have no such calendar; it may have been revoked before, or its time is over',
      );
    }
  }

  async open(secret: string): Promise<string> {
    const found = this.#options.feeds
      ? await this.#feeds.open(this.#options.db, digestOf(secret), {
          now: this.#now(),
        })
      : undefined;
    if (!found) {
      throw new NotFoundError(
        'There is no such calendar; it may have been revoked, or its time is over',
      );
    }
    const { feed, visibility } = found;
    return this.#write(
      {
        ...(feed.entityRef !== null && { entityRef: feed.entityRef }),
        ...(feed.ownerRef !== null && { owner: feed.ownerRef }),
      },
      visibility,
    );
  }

  #requireFeeds() {
    if (this.#options.feeds) return;
    throw new NotFoundError(
      'Calendars by secret addresses are switched off in this portal (operationalExcellence.calendar.feeds)',
    );
  }

  async #write(filter: CalendarFilter, visible: Visibility): Promise<string> {
    const { appBaseUrl, db } = this.#options;
    const entries = await readCalendar(db, filter, visible, {
      now: this.#now(),
      policies: this.#policies,
    });
    return writeCalendar(entries, { appBaseUrl });
  }
}

/** By whole references. */
function filterOf({ entityRef, owner }: CalendarFeedRequest): CalendarFilter {
  return {
    ...(entityRef !== undefined && {
      entityRef: fullEntityRef(entityRef),
    }),
    ...(owner !== undefined && { owner: fullEntityRef(owner, 'owner') }),
  };
}

function digestOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
