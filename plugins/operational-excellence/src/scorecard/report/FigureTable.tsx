import {
  MEASURE_STATES,
  type Rollup,
} from 'backstage-plugin-operational-excellence-common';
import { percent } from '../../timeReport';
import { useTexts } from '../../translation';
import { attentionCount, COUNTED } from '../overview';
import { useReportStyles } from './useReportStyles';

/** How many services are in each state of each measure. */
export const FigureTable = (props: { rollup: Rollup }) => {
  const { services, states } = props.rollup;
  const classes = useReportStyles();
  const { t } = useTexts();
  return (
    <div className={classes.scroll}>
      <table className={classes.table} aria-label={t('report.figures')}>
        <thead>
          <tr>
            <th scope="col">{t('report.measure')}</th>
            <th scope="col">{t('groups.attention')}</th>
            {MEASURE_STATES.map(state => (
              <th key={state} scope="col">
                {t(`state.${state}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {COUNTED.map(of => {
            const attention = attentionCount(states[of]);
            return (
              <tr key={of}>
                <th scope="row">{t(`measure.${of}`)}</th>
                <td>
                  {t('report.countAndShare', {
                    count: attention,
                    share: percent(services ? attention / services : 0),
                  })}
                </td>
                {MEASURE_STATES.map(state => (
                  <td key={state}>
                    {(states[of][state] ?? 0).toLocaleString()}
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
};
