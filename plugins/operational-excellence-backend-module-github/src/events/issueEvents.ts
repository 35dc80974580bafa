import { EventParams } from '@backstage/plugin-events-node';
import {
  MalformedEventError,
  SourceEvents,
  webUrl,
} from 'backstage-plugin-operational-excellence-node';
import { z } from 'zod';
import { parseRepositoryName, repositoryKey } from '../annotations';

const payloadSchema = z.object({
  repository: z.object({ full_name: z.string(), html_url: z.string() }),
  issue: z.object({ number: z.number().int().positive() }),
});

/**
 * The events on issues of one host, as the GitHub events module of Backstage
 * publishes them. Whatever happened to an issue, it is read again.
 */
export function issueEvents(host: string): SourceEvents {
  return {
    topics: ['github.issues'],
    hintsOf: ({ eventPayload }: EventParams) => {
      const payload = payloadSchema.safeParse(eventPayload);
      if (!payload.success) {
        throw new MalformedEventError(
          'repository.full_name and repository.html_url, texts, and issue.number, an integer',
        );
      }
      const { repository, issue } = payload.data;
      const name = parseRepositoryName(repository.full_name);
      const url = webUrl(repository.html_url);
      if (!name || !url) {
        throw new MalformedEventError(
          'repository.full_name as owner/repository, and repository.html_url as an http or https address',
        );
      }
      if (new URL(url).host !== host) return [];
      return [{ scopeKey: repositoryKey(name), ref: String(issue.number) }];
    },
  };
}
