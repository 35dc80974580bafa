import { Entity } from '@backstage/catalog-model';
import {
  Policy,
  policySchema,
} from 'backstage-plugin-operational-excellence-common';
import {
  ExperimentMatcher,
  ExperimentSource,
  MalformedAnnotationError,
  ServiceDescriptor,
  TicketScope,
  TicketSource,
} from 'backstage-plugin-operational-excellence-node';
import {
  FakeExperimentSource,
  FakeTicketSource,
} from 'backstage-plugin-operational-excellence-node/testUtils';
import { component, entity, group } from './__testUtils__/TestCatalog';
import { Organisation } from './Organisation';
import { contentHash, toServiceRecord } from './ServiceRecord';

function ticketSource(
  scopesFor: (service: ServiceDescriptor) => TicketScope[],
): TicketSource {
  return Object.assign(FakeTicketSource.create(), { scopesFor });
}

function experimentSource(
  matcherFor: (service: ServiceDescriptor) => ExperimentMatcher | undefined,
): ExperimentSource {
  return Object.assign(FakeExperimentSource.create(), { matcherFor });
}

function read(
  service: Entity,
  options: {
    around?: Entity[];
    policies?: Policy[];
    tierLabel?: string;
    ticketSources?: TicketSource[];
    experimentSources?: ExperimentSource[];
  } = {},
) {
  const organisation = new Organisation();
  organisation.add(options.around ?? []);
  const onSourceError = jest.fn();
  const record = toServiceRecord(service, {
    policies: [],
    ticketSources: [],
    experimentSources: [],
    ...options,
    organisation,
    onSourceError,
  });
  return { record, onSourceError };
}

describe('toServiceRecord', () => {
  it('describes a service', () => {
    const { record } = read(
      component('Payments', {
        title: 'Payments API',
        labels: { 'example.com/tier': '1' },
        spec: {
          type: 'service',
          lifecycle: 'production',
          owner: 'team-a',
          system: 'shop',
        },
      }),
      {
        tierLabel: 'example.com/tier',
        policies: [
          policySchema.parse({
            id: 'other',
            match: { 'metadata.labels.example.com/tier': '2' },
          }),
          policySchema.parse({
            id: 'tier-1',
            match: { 'metadata.labels.example.com/tier': '1' },
          }),
        ],
        around: [
          group('team-a', { parent: 'area' }),
          entity('System', 'shop', { spec: { domain: 'sales' } }),
        ],
      },
    );
    expect(record).toEqual({
      entityRef: 'component:default/payments',
      title: 'Payments API',
      ownerRef: 'group:default/team-a',
      owners: { 'group:default/team-a': 0, 'group:default/area': 1 },
      systemRef: 'system:default/shop',
      domainRef: 'domain:default/sales',
      type: 'service',
      lifecycle: 'production',
      tier: '1',
      policyId: 'tier-1',
      annotations: {},
      scopes: [],
      experiments: [],
      problems: [],
    });
  });

  it('is content with an entity that says next to nothing', () => {
    const { record } = read(component('bare', { spec: { type: 7 } }));
    expect(record).toMatchObject({
      title: 'bare',
      ownerRef: null,
      owners: {},
      systemRef: null,
      domainRef: null,
      type: null,
      lifecycle: null,
      tier: null,
      policyId: null,
    });
  });

  it('takes all owners from the relations', () => {
    const { record } = read(
      component('payments', {
        spec: { owner: 'team-b' },
        relations: [
          { type: 'ownedBy', targetRef: 'group:default/team-a' },
          { type: 'ownedBy', targetRef: 'group:default/team-b' },
          { type: 'partOf', targetRef: 'system:default/shop' },
          { type: 'dependsOn', targetRef: 'group:default/team-c' },
        ],
      }),
      { around: [group('team-a', { parent: 'team-b' })] },
    );
    expect(record).toMatchObject({
      ownerRef: 'group:default/team-b',
      owners: { 'group:default/team-a': 0, 'group:default/team-b': 0 },
      systemRef: 'system:default/shop',
    });
  });

  it('believes the relations where they contradict the spec', () => {
    const { record } = read(
      component('payments', {
        spec: { owner: 'team-b' },
        relations: [{ type: 'ownedBy', targetRef: 'group:default/team-a' }],
      }),
    );
    expect(record).toMatchObject({
      ownerRef: 'group:default/team-a',
      owners: { 'group:default/team-a': 0 },
    });
  });

  it('hands sources the annotations that sources need, and keeps no others', () => {
    const scopesFor = jest.fn((_: ServiceDescriptor): TicketScope[] => []);
    const { record } = read(
      component('payments', {
        annotations: { 'fake/project': 'a\0b', 'secret/of-others': 'x' },
      }),
      { ticketSources: [ticketSource(scopesFor)] },
    );
    expect(scopesFor).toHaveBeenCalledWith({
      entityRef: 'component:default/payments',
      title: 'payments',
      annotations: { 'fake/project': 'a\ufffdb' },
    });
    expect(record.annotations).toEqual({ 'fake/project': 'a\ufffdb' });
  });

  it('reads scopes, each once, with addresses that are safe to link to', () => {
    const { record } = read(component('payments'), {
      ticketSources: [
        ticketSource(() => [
          {
            key: 'acme',
            title: 'Acme',
            url: 'https://tracker.example/acme',
            matcher: { container: 'acme', allOf: ['b', 'a', 'b'] },
            implicit: true,
          },
          {
            key: 'acme',
            title: 'Acme',
            matcher: { container: 'acme', allOf: ['a', 'b'] },
          },
          {
            key: 'evil',
            title: 'Evil',
            url: 'data:text/html,evil',
            matcher: { container: 'evil' },
            implicit: true,
          },
        ]),
      ],
    });
    expect(record.scopes).toEqual([
      {
        sourceId: 'fake:tickets',
        key: 'acme',
        title: 'Acme',
        url: 'https://tracker.example/acme',
        container: 'acme',
        allOf: ['a', 'b'],
        implicit: false,
      },
      {
        sourceId: 'fake:tickets',
        key: 'evil',
        title: 'Evil',
        url: null,
        container: 'evil',
        allOf: [],
        implicit: true,
      },
    ]);
  });

  it('reads how experiments are looked up; an empty selector selects none', () => {
    const { record } = read(component('payments'), {
      experimentSources: [
        experimentSource(() => ({
          templateIds: ['EXT1', 'EXT1'],
          tagSelectors: [
            { team: 'a', app: 'pay' },
            {} as Record<string, string>,
          ],
        })),
      ],
    });
    expect(record.experiments).toEqual([
      { sourceId: 'fake:experiments', lookup: 'template:EXT1', tags: {} },
      {
        sourceId: 'fake:experiments',
        lookup: 'tag:app=pay',
        tags: { app: 'pay', team: 'a' },
      },
    ]);
  });

  it('marks what a malformed annotation is about, and nothing else', () => {
    const { record, onSourceError } = read(component('payments'), {
      ticketSources: [
        ticketSource(() => {
          throw new MalformedAnnotationError('fake/project', '?', 'a project');
        }),
      ],
      experimentSources: [
        experimentSource(() => ({ templateIds: ['EXT1'], tagSelectors: [] })),
      ],
    });
    expect(record.problems).toEqual([
      {
        sourceId: 'fake:tickets',
        measure: 'backlog',
        message: 'The annotation fake/project is "?"; expected a project',
      },
    ]);
    expect(record.experiments).toHaveLength(1);
    expect(onSourceError).not.toHaveBeenCalled();
  });

  it('marks the measure of a source that breaks, and tells of it', () => {
    const mistake = new TypeError('x is not a function');
    const { record, onSourceError } = read(component('payments'), {
      experimentSources: [
        experimentSource(() => {
          throw mistake;
        }),
      ],
    });
    expect(record.problems).toEqual([
      {
        sourceId: 'fake:experiments',
        measure: 'gameDay',
        message: 'x is not a function',
      },
    ]);
    expect(onSourceError).toHaveBeenCalledWith(
      'fake:experiments',
      'component:default/payments',
      mistake,
    );
  });
});

describe('contentHash', () => {
  it('is equal exactly for records that are stored alike', () => {
    const one = read(component('a', { spec: { owner: 'x' } })).record;
    const alike = read(component('a', { spec: { owner: 'x' } })).record;
    const other = read(component('a', { spec: { owner: 'y' } })).record;
    expect(contentHash(alike)).toBe(contentHash(one));
    expect(contentHash(other)).not.toBe(contentHash(one));
  });
});
