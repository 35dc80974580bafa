import { MalformedEventError } from 'backstage-plugin-operational-excellence-node';
import { GitlabEvents } from './GitlabEvents';

const OWN = 'operational-excellence.gitlab.gitlab.acme.example';
const COMMON = 'gitlab.issue';

const events = GitlabEvents.create({
  baseUrl: 'https://gitlab.acme.example/gitlab',
  ownTopic: OWN,
});

// As the documentation shows it, shortened.
const PAYLOAD = {
  object_kind: 'issue',
  event_type: 'issue',
  user: { id: 1, name: 'Administrator', username: 'root' },
  project: {
    id: 42,
    name: 'Payments',
    web_url: 'https://gitlab.acme.example/gitlab/Acme/team/payments',
    path_with_namespace: 'Acme/team/payments',
  },
  object_attributes: { id: 301, iid: 23, title: 'New API', state: 'opened' },
};

const HINTS = [
  { scopeKey: 'acme/team/payments', ref: '23' },
  { scopeKey: 'id:42', ref: '23' },
  { scopeKey: 'group:acme', ref: 'acme/team/payments#23' },
  { scopeKey: 'group:acme/team', ref: 'acme/team/payments#23' },
];

describe('GitlabEvents', () => {
  it('hints at the project by both its names, and at its groups', () => {
    for (const topic of [OWN, COMMON]) {
      expect(events.hintsOf({ topic, eventPayload: PAYLOAD })).toEqual(HINTS);
    }
  });

  it.each([
    ['a confidential issue', { event_type: 'confidential_issue' }],
    ['a task', { object_kind: 'work_item' }],
  ])('hints at %s', (_, change) => {
    const eventPayload = { ...PAYLOAD, ...change };
    expect(events.hintsOf({ topic: COMMON, eventPayload })).toEqual(HINTS);
  });

  it.each(['note', 'merge_request', 'push', 'emoji'])(
    'does not care for a %s',
    object_kind => {
      const eventPayload = { object_kind };
      expect(events.hintsOf({ topic: OWN, eventPayload })).toEqual([]);
    },
  );

  it('does not care for an epic', () => {
    const { project, ...rest } = PAYLOAD;
    const eventPayload = { ...rest, object_kind: 'work_item' };
    expect(events.hintsOf({ topic: OWN, eventPayload })).toEqual([]);
    const issue = { ...rest, object_kind: 'issue' };
    expect(() => events.hintsOf({ topic: OWN, eventPayload: issue })).toThrow(
      MalformedEventError,
    );
  });

  it('knows the events of other instances on the common topic', () => {
    for (const web_url of [
      'https://gitlab.com/Acme/team/payments',
      'https://gitlab.acme.example/gitlab-2/Acme/team/payments',
      'https://gitlab.acme.example.evil.example/gitlab/Acme/team/payments',
    ]) {
      const eventPayload = {
        ...PAYLOAD,
        project: { ...PAYLOAD.project, web_url },
      };
      expect(events.hintsOf({ topic: COMMON, eventPayload })).toEqual([]);
      // Nobody else has the secret of that one.
      expect(events.hintsOf({ topic: OWN, eventPayload })).toEqual(HINTS);
    }
  });

  it('has no topic of its own without a secret', () => {
    const { topics } = GitlabEvents.create({
      baseUrl: 'https://gitlab.com',
      ownTopic: undefined,
    });
    expect(topics).toEqual([COMMON]);
  });

  it.each([
    ['no number', { object_attributes: {} }],
    ['a number as text', { object_attributes: { iid: '23' } }],
    ['no project', { project: null }],
    [
      'a path that is none',
      { project: { ...PAYLOAD.project, path_with_namespace: 'a/../b' } },
    ],
  ])('refuses %s', (_, change) => {
    const eventPayload = { ...PAYLOAD, ...change };
    expect(() => events.hintsOf({ topic: OWN, eventPayload })).toThrow(
      MalformedEventError,
    );
  });
});
