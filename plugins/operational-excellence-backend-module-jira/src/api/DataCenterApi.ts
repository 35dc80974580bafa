import { z } from 'zod';
import { wikiMarkupOf } from '../filing/wikiMarkupOf';
import { Answer, IssuePage, JiraApi } from './JiraApi';
import { CommonCalls } from './CommonCalls';
import { JiraHttp } from './JiraHttp';
import { BY_UPDATE, quoted, updatedSince } from './jql';
import { OffsetPage, OffsetWalk } from './OffsetWalk';
import { newest, positionOf } from './position';
import {
  createdSchema,
  idSchema,
  ISSUE_FIELDS,
  issueSchema,
  JiraIssue,
  JiraProject,
  offsetPageSchema,
  projectSchema,
} from './schemas';

/** The server may give less. */
const PAGE = 100;
const ID_PAGE = 1000;

/** Jira's index may have the instants of updates without milliseconds. */
const INDEX_RESOLUTION_MS = 1000;

/** Dates of JQL are known to the minute in the first place. */
const TOLERANCE_MS = 60_000;

/** Jira Data Center, REST API 2. */
export class DataCenterApi extends CommonCalls implements JiraApi {
  static create(options: { http: JiraHttp }): DataCenterApi {
    return new DataCenterApi(options.http);
  }

  readonly description = wikiMarkupOf;

  async projects(signal: AbortSignal): Promise<Answer<JiraProject[]>> {
    return this.http.ask({
      path: '/project',
      schema: z.array(projectSchema),
      signal,
    });
  }

  async *issues(
    where: string,
    options: { since: number | undefined; signal: AbortSignal },
  ): AsyncGenerator<IssuePage> {
    const { signal } = options;
    let since = options.since;
    let reached = since;
    let rateLimit: Answer<unknown>['rateLimit'];
    const walk = new OffsetWalk<JiraIssue>({
      fetch: async startAt => {
        const page = await this.search(
          `${updatedSince(where, since)} ${BY_UPDATE}`,
          {
            startAt,
            fields: ISSUE_FIELDS,
            expand: ['changelog'],
            maxResults: PAGE,
            schema: issueSchema,
            signal,
          },
        );
        rateLimit = page.rateLimit;
        const from = since;
        if (
          from !== undefined &&
          page.rows.some(({ fields }) => fields.updated < from - TOLERANCE_MS)
        ) {
          throw this.http.invalid(
            'POST /search',
            'asked for issues from an instant on, it names earlier ones',
          );
        }
        return page;
      },
      identity: ({ id, fields }) => `${id}@${fields.updated}`,
      moveOn: page => {
        const position = wholeSecond(positionOf(page));
        if (position === undefined || position <= (since ?? 0)) {
          return undefined;
        }
        since = position;
        return ({ fields }) => fields.updated >= position;
      },
      fail: detail => this.http.invalid('POST /search', detail),
    });
    for await (const { rows, isLast, requests } of walk.pages()) {
      const before = reached;
      reached = newest(rows, reached);
      yield {
        issues: rows,
        position: isLast ? reached : positionOf(rows) ?? before,
        isLast,
        requests,
        rateLimit,
      };
    }
  }

  async *ids(
    where: string,
    signal: AbortSignal,
  ): AsyncGenerator<Answer<string[]>> {
    const walk = new OffsetWalk<{ id: string }>({
      fetch: startAt =>
        this.search(`${where} ORDER BY key ASC`, {
          startAt,
          fields: ['id'],
          maxResults: ID_PAGE,
          schema: idSchema,
          signal,
        }),
      identity: ({ id }) => id,
      fail: detail => this.http.invalid('POST /search', detail),
    });
    for await (const { rows, requests } of walk.pages()) {
      yield { value: rows.map(({ id }) => id), requests };
    }
  }

  async *issuesByKey(
    keys: readonly string[],
    signal: AbortSignal,
  ): AsyncGenerator<Answer<JiraIssue[]> & { keys: readonly string[] }> {
    for (const key of keys) {
      const { value, status, requests, rateLimit } = await this.http.ask({
        path: `/issue/${encodeURIComponent(key)}`,
        query: { fields: ISSUE_FIELDS.join(','), expand: 'changelog' },
        schema: issueSchema,
        accept: [404],
        signal,
      });
      yield {
        keys: [key],
        value: status === 404 ? [] : [value],
        requests,
        rateLimit,
      };
    }
  }

  async labelled(
    label: string,
    _projectKeys: readonly string[],
    signal: AbortSignal,
  ): Promise<{ id: string; key: string }[]> {
    const { rows } = await this.search(
      `labels = ${quoted(label)} ORDER BY created ASC, key ASC`,
      {
        startAt: 0,
        fields: ['id'],
        maxResults: PAGE,
        schema: createdSchema,
        signal,
      },
    );
    return rows;
  }

  private async search<T>(
    jql: string,
    options: {
      startAt: number;
      fields: string[];
      expand?: string[];
      maxResults: number;
      schema: z.ZodType<T>;
      signal: AbortSignal;
    },
  ): Promise<OffsetPage<T> & Pick<Answer<T>, 'rateLimit'>> {
    const { schema, signal, ...asked } = options;
    const { value, requests, rateLimit } = await this.http.ask({
      method: 'POST',
      readOnly: true,
      path: '/search',
      body: { jql, ...asked },
      schema: offsetPageSchema(schema),
      signal,
    });
    if (value.startAt !== options.startAt) {
      throw this.http.invalid(
        'POST /search',
        `asked for issues from number ${options.startAt} on, it gives those from ${value.startAt} on`,
      );
    }
    return { rows: value.issues, total: value.total, requests, rateLimit };
  }
}

function wholeSecond(instant: number | undefined): number | undefined {
  return (
    instant && Math.floor(instant / INDEX_RESOLUTION_MS) * INDEX_RESOLUTION_MS
  );
}
