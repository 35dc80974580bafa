import type { TimeReport } from 'backstage-plugin-operational-excellence-common';
import { ReactNode } from 'react';
import { Figure } from '../entityContent/Figure';
import { FigureList } from '../entityContent/FigureList';
import { useTexts } from '../translation';

/** What was done of what there is, and where that leads. */
export const TimeFigures = (props: {
  report: TimeReport;
  /** Further figures, which stand first. */
  children?: ReactNode;
}) => {
  const { report } = props;
  const { t } = useTexts();

  const toClear = () => {
    const { daysToClear, openCount } = report;
    if (openCount === 0) return t('tab.figures.none');
    return daysToClear === null
      ? t('tab.figures.clearNever')
      : t('age.days', { count: Math.ceil(daysToClear) });
  };

  return (
    <FigureList>
      {props.children}
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
