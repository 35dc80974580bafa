import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { makeStyles } from '@material-ui/core/styles';
import {
  daysToClear,
  type ServiceDetail,
} from 'backstage-plugin-operational-excellence-common';
import { Moment, useTimeWords } from '../../time';
import { operationalExcellenceTranslationRef } from '../../translation';
import { Figure } from './Figure';
import { ImprovementShare } from './ImprovementShare';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gap: theme.spacing(2),
    gridTemplateColumns: 'repeat(auto-fill, minmax(min(100%, 170px), 1fr))',
    margin: 0,
    padding: theme.spacing(2),
  },
}));

/** The figures of a backlog, each with what it means. */
export const BacklogFigures = (props: {
  service: ServiceDetail;
  now: number;
}) => {
  const { service, now } = props;
  const { backlog } = service;
  const classes = useStyles();
  const words = useTimeWords();
  const { t } = useTranslationRef(operationalExcellenceTranslationRef);

  const age = (instant: string | null) =>
    instant ? (
      <Moment instant={instant}>{words.age(instant, now)}</Moment>
    ) : (
      t('tab.figures.none')
    );
  const toClear = () => {
    const days = daysToClear(backlog);
    if (days === 'never') return t('tab.figures.clearNever');
    return days === 0
      ? t('tab.figures.none')
      : t('age.days', { count: Math.ceil(days) });
  };

  return (
    <dl className={classes.root}>
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
      <Figure name={t('tab.figures.flow30')}>
        {t('tab.figures.flow', {
          opened: backlog.opened30d.toLocaleString(),
          closed: backlog.closed30d.toLocaleString(),
        })}
      </Figure>
      <Figure name={t('tab.figures.flow90')}>
        {t('tab.figures.flow', {
          opened: backlog.opened90d.toLocaleString(),
          closed: backlog.closed90d.toLocaleString(),
        })}
      </Figure>
      <Figure name={t('tab.figures.clear')} hint={t('tab.figures.clearHint')}>
        {toClear()}
      </Figure>
      <ImprovementShare service={service} />
    </dl>
  );
};
