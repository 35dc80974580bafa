import type { ServiceDetail } from 'backstage-plugin-operational-excellence-common';
import { Moment, useTimeWords } from '../../time';
import { useTexts } from '../../translation';
import { Figure } from '../Figure';
import { FigureList } from '../FigureList';

/** How many improvements wait, and for how long. */
export const BacklogFigures = (props: {
  service: ServiceDetail;
  now: number;
}) => {
  const { service, now } = props;
  const { backlog } = service;
  const words = useTimeWords();
  const { t } = useTexts();

  const age = (instant: string | null) =>
    instant ? (
      <Moment instant={instant}>{words.age(instant, now)}</Moment>
    ) : (
      t('tab.figures.none')
    );

  return (
    <FigureList>
      <Figure name={t('tab.figures.open')}>
        {backlog.openCount.toLocaleString()}
      </Figure>
      <Figure name={t('tab.figures.oldest')}>
        {age(backlog.oldestCreatedAt)}
      </Figure>
      <Figure name={t('tab.figures.median')}>
        {age(backlog.medianCreatedAt)}
      </Figure>
      <Figure name={t('tab.figures.p85')} hint={t('tab.figures.p85Hint')}>
        {age(backlog.p85CreatedAt)}
      </Figure>
      <Figure
        name={t('tab.figures.inProgress')}
        hint={t('tab.figures.inProgressHint')}
      >
        {age(backlog.oldestStartedAt)}
      </Figure>
    </FigureList>
  );
};
