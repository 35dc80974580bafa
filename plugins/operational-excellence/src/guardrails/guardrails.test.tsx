import { screen, within } from '@testing-library/react';
import type {
  ExperimentTemplateItem,
  SafetyLever,
} from 'backstage-plugin-operational-excellence-common';
import {
  accessibilityViolations,
  daysAgo,
  experiment,
  FakeOperationalExcellenceApi,
  refusal,
  renderWithApi,
} from '../__testUtils__';
import { ServiceGuardrails } from './ServiceGuardrails';
import { UnguardedRuns } from './UnguardedRuns';

const PAYMENTS = 'component:default/payments';
const place = { accountId: '123456789012', region: 'eu-west-1' };

function template(
  id: string,
  more: Partial<ExperimentTemplateItem> = {},
): ExperimentTemplateItem {
  return {
    sourceId: 'aws-fis',
    id,
    title: `Template ${id}`,
    url: null,
    ...place,
    guardrails: {
      stopConditions: [{ source: 'alarm', value: 'errors' }],
      logConfigured: true,
      actionsMode: null,
    },
    entityRefs: [PAYMENTS],
    checkedAt: daysAgo(0),
    ...more,
  };
}

const unguarded = {
  stopConditions: [],
  logConfigured: false,
  actionsMode: null,
};

const lever = (more: Partial<SafetyLever> = {}): SafetyLever => ({
  sourceId: 'aws-fis',
  ...place,
  state: 'engaged',
  reason: 'Incident 7',
  checkedAt: daysAgo(0),
  ...more,
});

describe('ServiceGuardrails', () => {
  const show = (contents: {
    experimentTemplates?: ExperimentTemplateItem[];
    safetyLevers?: SafetyLever[];
  }) => {
    const api = new FakeOperationalExcellenceApi(contents);
    const element = <ServiceGuardrails entityRef={PAYMENTS} now={Date.now()} />;
    return { api, element, ...renderWithApi(element, api) };
  };

  it('says in plain words what would stop an experiment, and what would not', async () => {
    const { container } = show({
      experimentTemplates: [
        template('EXT1'),
        template('EXT2', { guardrails: unguarded }),
        template('EXT3', { entityRefs: ['component:default/other'] }),
      ],
    });
    const [, guarded, bare] = await screen.findAllByRole('row');
    expect(guarded).toHaveTextContent('errors');
    expect(guarded).toHaveTextContent('Written');
    expect(bare).toHaveTextContent('it runs to its end whatever happens');
    expect(bare).toHaveTextContent('leaves no trace');
    expect(screen.queryByText('Template EXT3')).not.toBeInTheDocument();
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
    expect(await accessibilityViolations(container)).toEqual([]);
  });

  it('warns of a safety lever of its accounts, and of no other', async () => {
    show({
      experimentTemplates: [template('EXT1')],
      safetyLevers: [
        lever(),
        lever({ region: 'us-east-1' }),
        lever({ accountId: '210987654321', state: 'disengaged' }),
      ],
    });
    const alerts = await screen.findAllByRole('alert');
    expect(alerts.map(({ textContent }) => textContent)).toEqual([
      'The safety lever of 123456789012 eu-west-1 is engaged: no experiment can run there. Reason: Incident 7',
    ]);
  });

  it('says that no template exercises the service', async () => {
    show({});
    expect(
      await screen.findByText('No experiment template exercises this service.'),
    ).toBeInTheDocument();
  });

  it('says what failed', async () => {
    const api = new FakeOperationalExcellenceApi();
    api.fail('getExperimentTemplates', await refusal(503, 'Out of order'));
    renderWithApi(
      <ServiceGuardrails entityRef={PAYMENTS} now={Date.now()} />,
      api,
    );
    expect(await screen.findByText(/Out of order/)).toBeInTheDocument();
  });
});

describe('UnguardedRuns', () => {
  it('lists what ran without a stop condition, and what will', async () => {
    const { container } = renderWithApi(
      <UnguardedRuns now={Date.now()} />,
      new FakeOperationalExcellenceApi({
        experiments: [
          experiment('EXP1', { title: 'Guarded' }),
          experiment('EXP2', { title: 'Bare', guardrails: unguarded }),
          experiment('EXP3', {
            title: 'Never ran',
            guardrails: unguarded,
            startedAt: null,
          }),
        ],
        experimentTemplates: [
          template('EXT1'),
          template('EXT2', { guardrails: unguarded }),
        ],
        safetyLevers: [lever({ state: 'unknown', reason: 'not allowed' })],
      }),
    );
    const list = (await screen.findByText('Bare')).closest('ul')!;
    expect(within(list).getAllByRole('listitem')).toHaveLength(1);
    expect(
      within(list).getByRole('link', { name: 'payments' }),
    ).toHaveAttribute('href', '/catalog/default/component/payments');
    await screen.findByText(/1 experiment template has no stop condition/);
    expect(screen.getByText('Template EXT2')).toBeInTheDocument();
    expect(screen.getByRole('alert')).toHaveTextContent('not allowed');
    expect(await accessibilityViolations(container)).toEqual([]);
  });

  it('says that everything had guardrails', async () => {
    renderWithApi(
      <UnguardedRuns now={Date.now()} />,
      new FakeOperationalExcellenceApi({ experiments: [experiment('EXP1')] }),
    );
    expect(
      await screen.findByText(
        'Every experiment that ran had a stop condition.',
      ),
    ).toBeInTheDocument();
  });
});
