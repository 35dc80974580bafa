import type { ServiceDetail } from 'backstage-plugin-operational-excellence-common';
import { UnknownNote } from '../../entityCard/UnknownNote';
import { FileImprovementButton } from '../../improvements';
import { useTexts } from '../../translation';
import { Note } from '../Note';
import { Section } from '../Section';
import { AgeDistribution } from './AgeDistribution';
import { BacklogFigures } from './BacklogFigures';
import { backlogKnowledge } from './backlogKnowledge';

/** How many improvements wait, and for how long. */
export const BacklogSection = (props: {
  service: ServiceDetail;
  now: number;
}) => {
  const { service, now } = props;
  const { t } = useTexts();
  const knowledge = backlogKnowledge(service);

  const content = () => {
    switch (knowledge) {
      case 'not-configured':
        return <Note>{t('tab.backlog.notConfigured')}</Note>;
      case 'not-known':
        return (
          <Note>
            {t('tab.backlog.notKnown')}
            <UnknownNote checkedAt={service.backlog.checkedAt} now={now} />
          </Note>
        );
      default:
        return (
          <>
            {knowledge === 'last-known' && (
              <Note>
                <strong>{t('tab.backlog.lastKnown')}</strong>
                <UnknownNote checkedAt={service.backlog.checkedAt} now={now} />
              </Note>
            )}
            <BacklogFigures service={service} now={now} />
            <AgeDistribution service={service} now={now} />
          </>
        );
    }
  };

  return (
    <Section
      title={t('measure.backlog')}
      action={<FileImprovementButton service={service} />}
    >
      {content()}
    </Section>
  );
};
