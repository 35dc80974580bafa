import { useApi } from '@backstage/frontend-plugin-api';
import {
  FIS_ENTITY_REF_TAG,
  type ServiceDetail,
} from 'backstage-plugin-operational-excellence-common';
import { operationalExcellenceApiRef } from '../../api';
import { CopyableSnippet } from '../../entityCard/CopyableSnippet';
import { gameDayKnowledge } from '../../entityCard/gameDayKnowledge';
import { UnknownNote } from '../../entityCard/UnknownNote';
import { LoadFailure } from '../../feedback';
import { LoadMore, usePages } from '../../paging';
import { useIsNarrow } from '../../scorecard/useIsNarrow';
import { useTexts } from '../../translation';
import { ListSkeleton } from '../ListSkeleton';
import { Note } from '../Note';
import { Section } from '../Section';
import { ExperimentItems } from './ExperimentItems';
import { ExperimentTable } from './ExperimentTable';

const PAGE_SIZE = 10;

const ExperimentList = (props: {
  service: ServiceDetail;
  now: number;
  isKnown: boolean;
}) => {
  const { service, now, isKnown } = props;
  const { entityRef } = service;
  const api = useApi(operationalExcellenceApiRef);
  const isNarrow = useIsNarrow();
  const { t } = useTexts();
  const { list, more } = usePages(entityRef, (cursor, signal) =>
    api.getExperiments(
      { service: entityRef, sort: '-createdAt', limit: PAGE_SIZE, cursor },
      { signal },
    ),
  );

  if (list.status === 'loading') {
    return <ListSkeleton label={t('tab.experiments.loading')} />;
  }
  if (list.status !== 'ready') return <LoadFailure failure={list} />;
  if (!list.value.items.length) {
    if (!isKnown) return <Note>{t('tab.experiments.notKnown')}</Note>;
    return (
      <Note>
        {t('tab.experiments.empty')}
        <CopyableSnippet text={`${FIS_ENTITY_REF_TAG}: ${entityRef}`} />
      </Note>
    );
  }
  const shown = { experiments: list.value.items, now };
  return (
    <>
      {isNarrow ? (
        <ExperimentItems {...shown} />
      ) : (
        <ExperimentTable {...shown} />
      )}
      <LoadMore pages={list.value} more={more} />
    </>
  );
};

/** How failure was rehearsed in experiments. */
export const ExperimentsSection = (props: {
  service: ServiceDetail;
  now: number;
}) => {
  const { service, now } = props;
  const { gameDay, policy, thresholds } = service;
  const { t } = useTexts();
  const isKnown = gameDayKnowledge(service) !== 'not-known';
  const counts = thresholds?.gameDay?.counts;
  return (
    <Section title={t('tab.experiments.title')}>
      {!isKnown && (
        <Note>
          <UnknownNote checkedAt={gameDay.checkedAt} now={now} />
        </Note>
      )}
      {policy && counts && !counts.includes('experiment') && (
        <Note>{t('tab.experiments.policyCountsNone', { policy })}</Note>
      )}
      <ExperimentList service={service} now={now} isKnown={isKnown} />
    </Section>
  );
};
