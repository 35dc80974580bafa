import { useApi } from '@backstage/frontend-plugin-api';
import { makeStyles } from '@material-ui/core/styles';
import {
  MEASURE_STATES,
  type History,
} from 'backstage-plugin-operational-excellence-common';
import { operationalExcellenceApiRef } from '../../api';
import { ListSkeleton } from '../../entityContent/ListSkeleton';
import { Note } from '../../entityContent/Note';
import { Section } from '../../entityContent/Section';
import { LoadFailure } from '../../feedback';
import { useLoadable } from '../../loading';
import { useTexts } from '../../translation';
import { missingDays, spanOf, trendDays } from '../trendDays';
import { stateOf, StateRun, stateRuns } from './stateRuns';
import { StateStrip } from './StateStrip';

const ID = 'operational-excellence-service-history';
const DAYS = 90;
/** How many changes are told in words below the strip. */
const TOLD = 4;

const useStyles = makeStyles(theme => ({
  root: { padding: theme.spacing(2), fontSize: '0.875rem' },
  runs: {
    margin: theme.spacing(1.5, 0, 0),
    paddingLeft: theme.spacing(2.5),
    lineHeight: 1.5,
  },
  blank: {
    margin: theme.spacing(1, 0, 0),
    color: theme.palette.text.secondary,
    fontSize: '0.8125rem',
  },
}));

const Days = (props: {
  history: History;
  span: { from: string; to: string };
}) => {
  const { history, span } = props;
  const classes = useStyles();
  const { t } = useTexts();
  const days = trendDays(history.points, span);
  const runs = stateRuns(days);
  if (!runs.length) return <Note>{t('trends.ofService.none')}</Note>;

  const inWords = ({ from, state, to }: StateRun, index: number) => {
    const title = t(`state.${state}`);
    if (index === runs.length - 1) {
      return t('trends.ofService.current', { state: title, from });
    }
    return from === to
      ? t('trends.ofService.oneDay', { state: title, from })
      : t('trends.ofService.run', { state: title, from, to });
  };
  const words = runs.map(inWords);
  const present = MEASURE_STATES.filter(state =>
    runs.some(run => run.state === state),
  );
  return (
    <div className={classes.root}>
      <StateStrip
        id={ID}
        days={days.map(({ day, point, title }) => ({
          day,
          title,
          state: point && stateOf(point),
        }))}
        states={present.map(state => ({ state, title: t(`state.${state}`) }))}
        label={t('trends.ofService.description', { runs: words.join('; ') })}
      />
      <ul className={classes.runs}>
        {[...words]
          .reverse()
          .slice(0, TOLD)
          .map(each => (
            <li key={each}>{each}</li>
          ))}
      </ul>
      {(missingDays(days) > 0 || !days[0].point) && (
        <p className={classes.blank}>{t('trends.ofService.blank')}</p>
      )}
    </div>
  );
};

/** In which state a service was on each of the last days. */
export const ServiceHistory = (props: { entityRef: string; now: number }) => {
  const { entityRef, now } = props;
  const api = useApi(operationalExcellenceApiRef);
  const { t } = useTexts();
  const span = spanOf(DAYS, now);
  const query = { by: 'service', key: entityRef, ...span };
  const loaded = useLoadable(JSON.stringify(query), signal =>
    api.getHistory(query, { signal }),
  );
  const content = () => {
    if (loaded.status === 'loading') {
      return <ListSkeleton label={t('trends.ofService.loading')} />;
    }
    return loaded.status === 'ready' ? (
      <Days history={loaded.value} span={span} />
    ) : (
      <LoadFailure failure={loaded} />
    );
  };
  return <Section title={t('trends.ofService.title')}>{content()}</Section>;
};
