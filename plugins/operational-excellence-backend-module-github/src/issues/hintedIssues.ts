import { InputError } from '@backstage/errors';
import { RepositoryName } from '../annotations';
import { GithubApi, GithubIssue } from '../api';

/** How many issues a piece holds: about as many as the client reads at once. */
const PIECE_SIZE = 5;

/** Issues that events hinted at, pull requests included. */
export interface HintedIssues {
  issues: GithubIssue[];
  isOneGone: boolean;
  requests: number;
}

/** Reads issues by their numbers, some at a time. */
export async function* hintedIssues(options: {
  api: GithubApi;
  repository: RepositoryName;
  refs: readonly string[];
  signal: AbortSignal;
}): AsyncGenerator<HintedIssues> {
  const { api, repository, refs, signal } = options;
  const numbers = refs.map(numberOf);
  for (let start = 0; start < numbers.length; start += PIECE_SIZE) {
    const answers = await Promise.allSettled(
      numbers
        .slice(start, start + PIECE_SIZE)
        .map(number => api.issue(repository, number, signal)),
    );
    const read = answers.map(answer => {
      if (answer.status === 'rejected') throw answer.reason;
      return answer.value;
    });
    yield {
      issues: read.flatMap(({ issue }) => issue ?? []),
      isOneGone: read.some(({ issue }) => !issue),
      requests: read.reduce((sum, { requests }) => sum + requests, 0),
    };
  }
}

function numberOf(ref: string): number {
  if (!/^[1-9]\d{0,14}$/.test(ref)) {
    throw new InputError(`'${ref}' is not the number of an issue`);
  }
  return Number(ref);
}
