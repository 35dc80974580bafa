import type { ServiceDetail } from 'backstage-plugin-operational-excellence-common';
import { useTexts } from '../../translation';
import { Figure } from '../Figure';

/** What came and what went lately. */
export const FlowFigures = (props: { service: ServiceDetail }) => {
  const { backlog } = props.service;
  const { t } = useTexts();
  const flow = (opened: number, closed: number) =>
    t('tab.figures.flow', {
      opened: opened.toLocaleString(),
      closed: closed.toLocaleString(),
    });
  return (
    <>
      <Figure name={t('tab.figures.flow30')}>
        {flow(backlog.opened30d, backlog.closed30d)}
      </Figure>
      <Figure name={t('tab.figures.flow90')}>
        {flow(backlog.opened90d, backlog.closed90d)}
      </Figure>
    </>
  );
};
