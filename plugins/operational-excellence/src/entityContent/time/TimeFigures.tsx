import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  ServiceDetail,
  TimeReport,
} from 'backstage-plugin-operational-excellence-common';
import { operationalExcellenceTranslationRef } from '../../translation';
import { Figure } from '../Figure';
import { FigureList } from '../FigureList';

/** What came and what went, and where that leads. */
export const TimeFigures = (props: {
  service: ServiceDetail;
  report: TimeReport;
}) => {
  const { report, service } = props;
  const { backlog } = service;
  const { t } = useTranslationRef(operationalExcellenceTranslationRef);

  const flow = (opened: number, closed: number) =>
    t('tab.figures.flow', {
      opened: opened.toLocaleString(),
      closed: closed.toLocaleString(),
    });
  const toClear = () => {
    const { daysToClear, openCount } = report;
    if (openCount === 0) return t('tab.figures.none');
    return daysToClear === null
      ? t('tab.figures.clearNever')
      : t('age.days', { count: Math.ceil(daysToClear) });
  };

  return (
    <FigureList>
      <Figure name={t('tab.figures.flow30')}>
        {flow(backlog.opened30d, backlog.closed30d)}
      </Figure>
      <Figure name={t('tab.figures.flow90')}>
        {flow(backlog.opened90d, backlog.closed90d)}
      </Figure>
      <Figure
        name={t('tab.time.closedWork')}
        hint={t('tab.time.closedWorkHint')}
      >
        {t('tab.time.closedOf', {
          closed: report.closed90d.toLocaleString(),
          all: report.allClosed90d.toLocaleString(),
        })}
      </Figure>
      <Figure name={t('tab.figures.clear')} hint={t('tab.figures.clearHint')}>
        {toClear()}
      </Figure>
    </FigureList>
  );
};
