import { useApi } from '@backstage/frontend-plugin-api';
import type { ServiceDetail } from 'backstage-plugin-operational-excellence-common';
import { operationalExcellenceApiRef } from '../../api';
import { UnknownNote } from '../../entityCard/UnknownNote';
import { LoadFailure } from '../../feedback';
import { useServiceChanges } from '../../improvements';
import { useLoadable } from '../../loading';
import { TimeReportContent } from '../../timeReport';
import { useTexts } from '../../translation';
import { backlogKnowledge } from '../backlog';
import { ListSkeleton } from '../ListSkeleton';
import { Note } from '../Note';
import { Section } from '../Section';
import { FlowFigures } from './FlowFigures';

const TimeContent = (props: { service: ServiceDetail }) => {
  const { service } = props;
  const { entityRef } = service;
  const api = useApi(operationalExcellenceApiRef);
  const { t } = useTexts();
  const changes = useServiceChanges(entityRef);
  const report = useLoadable(`${entityRef} ${changes}`, signal =>
    api.getTimeReport(entityRef, { signal }),
  );
  if (report.status === 'loading') {
    return <ListSkeleton label={t('tab.time.loading')} />;
  }
  if (report.status !== 'ready') return <LoadFailure failure={report} />;
  return (
    <TimeReportContent
      report={report.value}
      of="service"
      figures={<FlowFigures service={service} />}
    />
  );
};

/**
 * Whether improvements get their share of the time. Nothing where there is no
 * tracker, for the backlog says so.
 */
export const TimeSection = (props: { service: ServiceDetail; now: number }) => {
  const { service, now } = props;
  const { t } = useTexts();
  const knowledge = backlogKnowledge(service);
  const { checkedAt } = service.backlog;

  if (knowledge === 'not-configured') return null;
  return (
    <Section title={t('tab.time.title')}>
      {knowledge !== 'known' && (
        <Note>
          {knowledge === 'last-known' ? (
            <strong>{t('tab.backlog.lastKnown')}</strong>
          ) : (
            t('tab.time.notKnown')
          )}
          <UnknownNote checkedAt={checkedAt} now={now} />
        </Note>
      )}
      {knowledge !== 'not-known' && <TimeContent service={service} />}
    </Section>
  );
};
