import { z } from 'zod';
import { documentOf } from '../filing/documentOf';
import { Answer, IssuePage, JiraApi } from './JiraApi';
import { CommonCalls } from './CommonCalls';
import { JiraHttp } from './JiraHttp';
import { BY_UPDATE, inProjects, quoted, updatedSince } from './jql';
import { newest, positionOf } from './position';
import {
  bulkHistoriesSchema,
  bulkIssuesSchema,
  createdSchema,
  idSchema,
  ISSUE_FIELDS,
  issueSchema,
  JiraHistory,
  JiraIssue,
  JiraProject,
  labelledSchema,
  projectPageSchema,
  tokenPageSchema,
} from './schemas';

/** With more fields than the id Jira gives no more, whatever it is asked for. */
const PAGE = 100;
const ID_PAGE = 5000;
const PROJECT_PAGE = 50;
const BULK_ISSUES = 100;
const HISTORY_PAGE = 10_000;

/** How far apart Jira notes what happens in one step of a workflow. */
const SAME_MOMENT_MS = 60_000;

/** How often a list whose end cannot be believed is asked for its rest. */
const MAX_RESTS = 3;

/** Ends a list that goes in circles. */
const MAX_PROJECT_PAGES = 1000;
const MAX_BARREN_PAGES = 10;

/** How many issues newer than the newest one in the index are looked at. */
const UNINDEXED_ISSUES = 50;

/** Jira Cloud, REST API 3. */
export class CloudApi extends CommonCalls implements JiraApi {
  static create(options: { http: JiraHttp }): CloudApi {
    return new CloudApi(options.http);
  }

  readonly description = documentOf;

  async projects(signal: AbortSignal): Promise<Answer<JiraProject[]>> {
    const value: JiraProject[] = [];
    let requests = 0;
    for (let page = 0; page < MAX_PROJECT_PAGES; page++) {
      const answer = await this.http.ask({
        path: '/project/search',
        query: { startAt: value.length, maxResults: PROJECT_PAGE },
        schema: projectPageSchema,
        signal,
      });
      value.push(...answer.value.values);
      requests += answer.requests;
      if (answer.value.isLast || answer.value.values.length === 0) {
        return { value, requests, rateLimit: answer.rateLimit };
      }
    }
    throw this.http.invalid(
      'GET /project/search',
      `the list of projects has no end after ${MAX_PROJECT_PAGES} pages`,
    );
  }

  async *issues(
    where: string,
    options: { since: number | undefined; signal: AbortSignal },
  ): AsyncGenerator<IssuePage> {
    const { since, signal } = options;
    const given = new Map<string, number>();
    let reached = since;
    for (let rest = 0; rest <= MAX_RESTS; rest++) {
      let isWhole = true;
      let isNew = rest === 0;
      for await (const page of this.search(
        `${updatedSince(where, reached)} ${BY_UPDATE}`,
        {
          fields: ISSUE_FIELDS,
          maxResults: PAGE,
          schema: issueSchema,
          signal,
        },
      )) {
        // What was given last is asked for again, so that it cannot be empty.
        const isSilent = rest > 0 && given.size > 0 && !page.value.length;
        isWhole = !page.isDoubtful && !isSilent;
        const fresh = page.value.filter(
          ({ id, fields }) => given.get(id) !== fields.updated,
        );
        isNew ||= fresh.length > 0;
        fresh.forEach(({ id, fields }) => given.set(id, fields.updated));
        const history = await this.withHistory(fresh, signal);
        const isLast = page.isLast && isWhole;
        const position = isLast
          ? newest(fresh, reached)
          : positionOf(page.value);
        reached = newest(fresh, reached);
        yield {
          issues: history.value,
          position,
          isLast,
          requests: page.requests + history.requests,
          rateLimit: page.rateLimit,
        };
      }
      if (isWhole) return;
      // Asked for what follows the last issue, it had nothing more to tell.
      if (!isNew) break;
    }
    throw this.doubtful();
  }

  async *ids(
    where: string,
    signal: AbortSignal,
  ): AsyncGenerator<Answer<string[]>> {
    const pages = this.search(`${where} ORDER BY key ASC`, {
      fields: ['id'],
      maxResults: ID_PAGE,
      schema: idSchema,
      signal,
    });
    for await (const { value, requests, isDoubtful } of pages) {
      if (isDoubtful) throw this.doubtful();
      yield { value: value.map(({ id }) => id), requests };
    }
  }

  async *issuesByKey(
    keys: readonly string[],
    signal: AbortSignal,
  ): AsyncGenerator<Answer<JiraIssue[]> & { keys: readonly string[] }> {
    for (let at = 0; at < keys.length; at += BULK_ISSUES) {
      const asked = keys.slice(at, at + BULK_ISSUES);
      const answer = await this.bulk(asked, {
        fields: ISSUE_FIELDS,
        schema: issueSchema,
        signal,
      });
      const history = await this.withHistory(answer.value, signal);
      yield {
        keys: asked,
        value: history.value,
        requests: answer.requests + history.requests,
        rateLimit: answer.rateLimit,
      };
    }
  }

  /**
   * @remarks
   *
   * The index learns of a new issue late, so the issues of the projects that are
   * newer than the newest one in it are looked at by their keys, which is always
   * up to date.
   */
  async labelled(
    label: string,
    projectKeys: readonly string[],
    signal: AbortSignal,
  ): Promise<{ id: string; key: string }[]> {
    const indexed = await this.firstPage(
      `labels = ${quoted(label)} ORDER BY created ASC, key ASC`,
      { maxResults: PAGE, fields: ['key'], schema: createdSchema, signal },
    );
    if (indexed.length) return indexed;
    const found: { id: string; key: string }[] = [];
    for (const projectKey of projectKeys) {
      const [last] = await this.firstPage(
        `${inProjects([projectKey])} ORDER BY key DESC`,
        { maxResults: 1, fields: ['key'], schema: createdSchema, signal },
      );
      const number = last ? Number(last.key.split('-').at(-1)) : 0;
      const keys = Array.from(
        { length: UNINDEXED_ISSUES },
        (_, index) => `${projectKey}-${number + 1 + index}`,
      );
      const { value } = await this.bulk(keys, {
        fields: ['labels'],
        schema: labelledSchema,
        signal,
      });
      found.push(
        ...value.filter(({ fields }) => fields.labels?.includes(label)),
      );
    }
    return found;
  }

  private async firstPage<T>(
    jql: string,
    options: {
      fields: string[];
      maxResults: number;
      schema: z.ZodType<T>;
      signal: AbortSignal;
    },
  ): Promise<T[]> {
    for await (const { value } of this.search(jql, options)) return value;
    return [];
  }

  private async *search<T>(
    jql: string,
    options: {
      fields: string[];
      maxResults: number;
      schema: z.ZodType<T>;
      signal: AbortSignal;
    },
  ): AsyncGenerator<Answer<T[]> & { isLast: boolean; isDoubtful: boolean }> {
    const { fields, maxResults, schema, signal } = options;
    const tokens = new Set<string>();
    let nextPageToken: string | undefined;
    let barren = 0;
    do {
      const { value, requests, rateLimit } = await this.http.ask({
        method: 'POST',
        readOnly: true,
        path: '/search/jql',
        body: { jql, fields, maxResults, nextPageToken },
        schema: tokenPageSchema(schema),
        signal,
      });
      nextPageToken = value.nextPageToken ?? undefined;
      const isLast = nextPageToken === undefined;
      yield {
        value: value.issues,
        isLast,
        // Jira names a next page only where there is more.
        isDoubtful: isLast && tokens.size > 0 && value.issues.length === 0,
        requests,
        rateLimit,
      };
      barren = value.issues.length ? 0 : barren + 1;
      if (nextPageToken !== undefined) {
        if (tokens.has(nextPageToken) || barren > MAX_BARREN_PAGES) {
          throw this.http.invalid(
            'POST /search/jql',
            'the pages go in circles: a page token came twice, or pages hold no issues',
          );
        }
        tokens.add(nextPageToken);
      }
    } while (nextPageToken !== undefined);
  }

  private doubtful() {
    return this.http.invalid(
      'POST /search/jql',
      'a page that was promised is empty and the last one, so that issues may be missing',
    );
  }

  private async bulk<T>(
    issueIdsOrKeys: string[] | readonly string[],
    options: { fields: string[]; schema: z.ZodType<T>; signal: AbortSignal },
  ): Promise<Answer<T[]>> {
    const { fields, schema, signal } = options;
    const { value, requests, rateLimit } = await this.http.ask({
      method: 'POST',
      readOnly: true,
      path: '/issue/bulkfetch',
      body: { issueIdsOrKeys, fields },
      schema: bulkIssuesSchema(schema),
      signal,
    });
    if (value.issueErrors?.length) {
      // Not the same as an issue that does not exist, which is just left out.
      throw this.http.invalid(
        'POST /issue/bulkfetch',
        `${value.issueErrors.length} issues could not be given`,
      );
    }
    return { value: value.issues, requests, rateLimit };
  }

  /**
   * Adds the history of the status to issues of which nothing else tells when
   * work on them began or ended.
   */
  private async withHistory(
    issues: JiraIssue[],
    signal: AbortSignal,
  ): Promise<Answer<JiraIssue[]>> {
    const begun = issues.filter(needsHistory);
    if (begun.length === 0) return { value: issues, requests: 0 };
    const histories = new Map<string, JiraHistory[]>();
    const tokens = new Set<string>();
    let requests = 0;
    let nextPageToken: string | undefined;
    do {
      const answer = await this.http.ask({
        method: 'POST',
        readOnly: true,
        path: '/changelog/bulkfetch',
        body: {
          issueIdsOrKeys: begun.map(({ id }) => id),
          fieldIds: ['status'],
          maxResults: HISTORY_PAGE,
          nextPageToken,
        },
        schema: bulkHistoriesSchema,
        signal,
      });
      requests += answer.requests;
      for (const { issueId, changeHistories } of answer.value.issueChangeLogs ??
        []) {
        const known = histories.get(issueId) ?? [];
        histories.set(issueId, [...known, ...(changeHistories ?? [])]);
      }
      nextPageToken = answer.value.nextPageToken ?? undefined;
      if (nextPageToken !== undefined && tokens.has(nextPageToken)) {
        throw this.http.invalid(
          'POST /changelog/bulkfetch',
          'the pages go in circles: a page token came twice',
        );
      }
      if (nextPageToken !== undefined) tokens.add(nextPageToken);
    } while (nextPageToken !== undefined);
    return {
      value: issues.map(issue => ({
        ...issue,
        changelog: { histories: histories.get(issue.id) ?? [] },
      })),
      requests,
    };
  }
}

/**
 * Whether the fields leave open when work began or ended. Those of an issue that
 * was imported or reopened contradict each other.
 */
function needsHistory({ fields }: JiraIssue): boolean {
  const { resolutiondate, status, statuscategorychangedate: changed } = fields;
  switch (status.statusCategory.key) {
    case 'new':
      return false;
    case 'done':
      return (
        !changed ||
        !resolutiondate ||
        Math.abs(changed - resolutiondate) > SAME_MOMENT_MS
      );
    default:
      return !changed;
  }
}
