import {
  MEASURES,
  type Page,
  type Rollup,
} from 'backstage-plugin-operational-excellence-common';
import { percent } from '../../timeReport';
import { useTexts } from '../../translation';
import { useGroupTitle } from '../groups';
import { attentionCount } from '../overview';
import type { FilterKey } from '../scorecardView';
import { useReportStyles } from './useReportStyles';

const GroupLine = (props: { by: FilterKey; rollup: Rollup }) => {
  const { by, rollup } = props;
  const { services, states } = rollup;
  const { t } = useTexts();
  const title = useGroupTitle(by, rollup);
  const attention = attentionCount(states.service);
  return (
    <tr>
      <th scope="row">{title}</th>
      <td>{services.toLocaleString()}</td>
      <td>
        {t('report.countAndShare', {
          count: attention,
          share: percent(services ? attention / services : 0),
        })}
      </td>
      {MEASURES.map(measure => (
        <td key={measure}>
          {attentionCount(states[measure]).toLocaleString()}
        </td>
      ))}
    </tr>
  );
};

/** The groups in which most services need attention. */
export const WorstGroups = (props: { by: FilterKey; groups: Page<Rollup> }) => {
  const { by, groups } = props;
  const classes = useReportStyles();
  const { t } = useTexts();
  // A single one says no more than the whole.
  if (groups.items.length < 2) return null;
  const hidden = groups.totalItems - groups.items.length;
  return (
    <>
      <h3>{t('report.groups')}</h3>
      <div className={classes.scroll}>
        <table className={classes.table} aria-label={t('report.groups')}>
          <thead>
            <tr>
              <th scope="col">{t(`scorecard.${by}`)}</th>
              <th scope="col">{t('groups.services')}</th>
              <th scope="col">{t('groups.attention')}</th>
              {MEASURES.map(measure => (
                <th key={measure} scope="col">
                  {t(`measure.${measure}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {groups.items.map(rollup => (
              <GroupLine key={rollup.key ?? ''} by={by} rollup={rollup} />
            ))}
          </tbody>
        </table>
      </div>
      {hidden > 0 && (
        <p className={classes.small}>{t('report.more', { count: hidden })}</p>
      )}
    </>
  );
};
