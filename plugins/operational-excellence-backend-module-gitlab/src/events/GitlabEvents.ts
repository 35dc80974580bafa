import { EventParams } from '@backstage/plugin-events-node';
import {
  MalformedEventError,
  SourceEvents,
  SyncHint,
} from 'backstage-plugin-operational-excellence-node';
import { z } from 'zod';
import { groupsAround, parseProjectPath, scopeKey } from '../annotations';
import { groupRef } from '../issues';

/** The topic of issues as the common GitLab events module has it. */
export const COMMON_TOPIC = 'gitlab.issue';

/** What webhooks tell of that can be an issue. */
const ISSUE_KINDS = ['issue', 'work_item'];

const kindSchema = z.object({
  object_kind: z.string(),
  project: z.unknown().optional(),
});

const issueSchema = z.object({
  project: z.object({
    id: z.number().int().positive(),
    path_with_namespace: z.string().refine(text => parseProjectPath(text)),
    web_url: z.string(),
  }),
  object_attributes: z.object({ iid: z.number().int().positive() }),
});

/** Understands the webhooks of one GitLab instance. */
export class GitlabEvents implements SourceEvents {
  /**
   * @param options - `baseUrl`: the address of the instance's pages, by which its
   * events are told from those of others. `ownTopic`: that of a webhook of this
   * instance alone
   */
  static create(options: {
    baseUrl: string;
    ownTopic: string | undefined;
  }): GitlabEvents {
    return new GitlabEvents(options.baseUrl, options.ownTopic);
  }

  readonly topics: readonly string[];

  private constructor(
    private readonly baseUrl: string,
    private readonly ownTopic: string | undefined,
  ) {
    this.topics = ownTopic ? [ownTopic, COMMON_TOPIC] : [COMMON_TOPIC];
  }

  hintsOf({ topic, eventPayload }: EventParams): SyncHint[] {
    const kind = kindSchema.safeParse(eventPayload);
    if (!kind.success) throw new MalformedEventError('object_kind, a text');
    const { object_kind, project: place } = kind.data;
    if (!ISSUE_KINDS.includes(object_kind)) return [];
    // Such as an epic, which belongs to a group.
    if (object_kind === 'work_item' && place === undefined) return [];

    const event = issueSchema.safeParse(eventPayload);
    if (!event.success) {
      throw new MalformedEventError(
        'project with id, path_with_namespace and web_url, and object_attributes.iid',
      );
    }
    const { project, object_attributes } = event.data;
    if (topic !== this.ownTopic && !this.isOurs(project.web_url)) return [];
    return hintsAt(
      { id: project.id, path: project.path_with_namespace },
      object_attributes.iid,
    );
  }

  private isOurs(webUrl: string): boolean {
    return webUrl.toLowerCase().startsWith(`${this.baseUrl.toLowerCase()}/`);
  }
}

/** At the project by both its names, and at all groups around it. */
function hintsAt(
  project: { id: number; path: string },
  iid: number,
): SyncHint[] {
  const { id, path } = project;
  return [
    { scopeKey: scopeKey({ kind: 'project', path }), ref: String(iid) },
    {
      scopeKey: scopeKey({ kind: 'project-id', id: String(id) }),
      ref: String(iid),
    },
    ...groupsAround(path).map(group => ({
      scopeKey: scopeKey({ kind: 'group', path: group }),
      ref: groupRef(path, iid),
    })),
  ];
}
