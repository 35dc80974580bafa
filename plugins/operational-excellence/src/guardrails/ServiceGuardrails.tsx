import { useApi } from '@backstage/frontend-plugin-api';
import { operationalExcellenceApiRef } from '../api';
import { ListSkeleton } from '../entityContent/ListSkeleton';
import { Note } from '../entityContent/Note';
import { Section } from '../entityContent/Section';
import { LoadFailure } from '../feedback';
import { useLoadable } from '../loading';
import { LoadMore, usePages } from '../paging';
import { useTexts } from '../translation';
import { LeverNotes } from './LeverNotes';
import { TemplateTable } from './TemplateTable';

const PAGE_SIZE = 10;

const Templates = (props: { entityRef: string; now: number }) => {
  const { entityRef, now } = props;
  const api = useApi(operationalExcellenceApiRef);
  const { t } = useTexts();
  const { list, more } = usePages(entityRef, (cursor, signal) =>
    api.getExperimentTemplates(
      { service: entityRef, limit: PAGE_SIZE, cursor },
      { signal },
    ),
  );
  const levers = useLoadable('levers', signal =>
    api.getSafetyLevers({ signal }),
  );
  if (list.status === 'loading') {
    return <ListSkeleton label={t('guardrails.loading')} />;
  }
  if (list.status !== 'ready') return <LoadFailure failure={list} />;
  const templates = list.value.items;
  if (!templates.length) return <Note>{t('guardrails.empty')}</Note>;
  const concerned =
    levers.status === 'ready'
      ? levers.value.items.filter(lever =>
          templates.some(
            ({ accountId, region }) =>
              accountId === lever.accountId && region === lever.region,
          ),
        )
      : [];
  return (
    <>
      <Note>{t('guardrails.intro')}</Note>
      <LeverNotes levers={concerned} />
      {levers.status === 'failed' && <LoadFailure failure={levers} />}
      <TemplateTable templates={templates} now={now} />
      <LoadMore pages={list.value} more={more} />
    </>
  );
};

/** What limits the harm of the experiments that exercise a service. */
export const ServiceGuardrails = (props: {
  entityRef: string;
  now: number;
}) => {
  const { t } = useTexts();
  return (
    <Section title={t('guardrails.title')}>
      <Templates {...props} />
    </Section>
  );
};
