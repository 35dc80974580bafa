import { useApi } from '@backstage/frontend-plugin-api';
import MenuItem from '@material-ui/core/MenuItem';
import TextField from '@material-ui/core/TextField';
import { makeStyles } from '@material-ui/core/styles';
import type { Movers as MoversAnswer } from 'backstage-plugin-operational-excellence-common';
import { operationalExcellenceApiRef } from '../api';
import { ListSkeleton } from '../entityContent/ListSkeleton';
import { Note } from '../entityContent/Note';
import { Section } from '../entityContent/Section';
import { LoadFailure } from '../feedback';
import { useLoadable } from '../loading';
import { utcDayOf } from '../time';
import { useTexts } from '../translation';
import { MoverList } from './MoverList';
import { COMPARED, Compared, Span, TrendsView } from './trendsView';
import type { ChangeTrends } from './useTrendsView';

const ID = 'operational-excellence-movers';

const useStyles = makeStyles(theme => ({
  choice: { padding: theme.spacing(2, 2, 0) },
  select: { minWidth: 180 },
  lists: {
    display: 'grid',
    alignItems: 'start',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 360px), 1fr))',
  },
  outdated: { opacity: 0.6 },
}));

interface Comparison {
  movers: MoversAnswer;
  compared: Compared;
  days: Span;
}

const Lists = (props: { comparison: Comparison }) => {
  const { compared, days, movers } = props.comparison;
  const classes = useStyles();
  const { t } = useTexts();
  const { from, improved, to, worsened } = movers;
  if (from === null || to === null || from === to) {
    return <Note>{t('trends.movers.notYet')}</Note>;
  }
  return (
    <>
      <Note>
        {t('trends.movers.about', { from: utcDayOf(from), to: utcDayOf(to) })}
      </Note>
      <div className={classes.lists}>
        <MoverList
          id={`${ID}-worsened`}
          title={t('trends.movers.worsened')}
          empty={t('trends.movers.noneWorsened')}
          movers={worsened}
          compared={compared}
          days={days}
        />
        <MoverList
          id={`${ID}-improved`}
          title={t('trends.movers.improved')}
          empty={t('trends.movers.noneImproved')}
          movers={improved}
          compared={compared}
          days={days}
        />
      </div>
    </>
  );
};

const Content = (props: { compared: Compared; days: Span }) => {
  const { compared, days } = props;
  const classes = useStyles();
  const api = useApi(operationalExcellenceApiRef);
  const { t } = useTexts();
  const loaded = useLoadable(`${compared} ${days}`, async signal => ({
    compared,
    days,
    movers: await api.getMovers({ by: compared, days }, { signal }),
  }));
  switch (loaded.status) {
    case 'loading':
      return <ListSkeleton label={t('trends.movers.loading')} />;
    case 'forbidden':
      return <Note>{t('trends.forbidden')}</Note>;
    case 'ready': {
      const isOutdated =
        loaded.value.compared !== compared || loaded.value.days !== days;
      return (
        <div
          aria-busy={isOutdated}
          className={isOutdated ? classes.outdated : undefined}
        >
          <Lists comparison={loaded.value} />
        </div>
      );
    }
    default:
      return <LoadFailure failure={loaded} />;
  }
};

/** Which groups got better or worse the most, and why. */
export const Movers = (props: { view: TrendsView; onChange: ChangeTrends }) => {
  const { onChange, view } = props;
  const { compared, days } = view;
  const classes = useStyles();
  const { t } = useTexts();
  return (
    <Section title={t('trends.movers.title')}>
      <div className={classes.choice}>
        <TextField
          id={ID}
          select
          size="small"
          variant="outlined"
          className={classes.select}
          label={t('trends.movers.compare')}
          value={compared}
          onChange={({ target }) => {
            const chosen = COMPARED.find(each => each === target.value);
            if (chosen) onChange({ compared: chosen });
          }}
          InputLabelProps={{ id: `${ID}-label` }}
          SelectProps={{
            SelectDisplayProps: { 'aria-labelledby': `${ID}-label ${ID}` },
          }}
        >
          {COMPARED.map(each => (
            <MenuItem key={each} value={each}>
              {t(`trends.movers.of.${each}`)}
            </MenuItem>
          ))}
        </TextField>
      </div>
      <Content compared={compared} days={days} />
    </Section>
  );
};
