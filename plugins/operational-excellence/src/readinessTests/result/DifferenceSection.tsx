import { useApi } from '@backstage/frontend-plugin-api';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import Paper from '@material-ui/core/Paper';
import Switch from '@material-ui/core/Switch';
import type { ReadinessDifference } from 'backstage-plugin-operational-excellence-common';
import { useEffect, useRef, useState } from 'react';
import { useLocation } from 'react-router-dom';
import { operationalExcellenceApiRef } from '../../api';
import { ListSkeleton } from '../../entityContent/ListSkeleton';
import { LoadFailure } from '../../feedback';
import { useLoadable } from '../../loading';
import { dayOf } from '../../time';
import { useTexts } from '../../translation';
import { useRunStyles } from '../running/useRunStyles';
import { DifferenceList } from './DifferenceList';

const DIFFERENCE_ID = 'difference';

const Difference = (props: { difference: ReadinessDifference }) => {
  const { from, items, to } = props.difference;
  const classes = useRunStyles();
  const { t } = useTexts();
  const [showsAll, setShowsAll] = useState(false);
  const changed = items.filter(({ change }) => change !== 'same');
  const shown = showsAll ? items : changed;
  return (
    <>
      {from.verdict && to.verdict && (
        <div>
          {t('readinessRuns.difference.verdicts', {
            from: t(`verdict.${from.verdict}`),
            to: t(`verdict.${to.verdict}`),
          })}
        </div>
      )}
      {changed.length === 0 && <div>{t('readinessRuns.difference.none')}</div>}
      {changed.length < items.length && (
        <FormControlLabel
          label={t('readinessRuns.difference.showAll')}
          control={
            <Switch
              size="small"
              color="primary"
              checked={showsAll}
              onChange={(_, checked) => setShowsAll(checked)}
            />
          }
        />
      )}
      {shown.length > 0 && (
        <DifferenceList items={shown} className={classes.plainList} />
      )}
    </>
  );
};

/** What changed since the test before. */
export const DifferenceSection = (props: { id: string; from: string }) => {
  const { from, id } = props;
  const api = useApi(operationalExcellenceApiRef);
  const classes = useRunStyles();
  const { t } = useTexts();
  const difference = useLoadable(`${id} ${from}`, signal =>
    api.getReadinessDifference(id, from, { signal }),
  );
  const root = useRef<HTMLElement>(null);
  const { hash } = useLocation();
  const isReady = difference.status === 'ready';
  useEffect(() => {
    // Where a list of tests has led here.
    if (isReady && hash === `#${DIFFERENCE_ID}`) {
      root.current?.scrollIntoView();
      root.current?.focus({ preventScroll: true });
    }
  }, [hash, isReady]);

  const title = () => {
    const before =
      difference.status === 'ready' && difference.value.from.performedAt;
    return before
      ? t('readinessRuns.difference.titleOf', { day: dayOf(before) })
      : t('readinessRuns.difference.title');
  };
  const content = () => {
    switch (difference.status) {
      case 'loading':
        return <ListSkeleton label={t('readinessRuns.difference.loading')} />;
      case 'ready':
        return <Difference difference={difference.value} />;
      default:
        return <LoadFailure failure={difference} />;
    }
  };
  return (
    <Paper>
      <section
        ref={root}
        id={DIFFERENCE_ID}
        tabIndex={-1}
        className={`${classes.box} ${classes.stack}`}
      >
        <h3 className={classes.heading}>{title()}</h3>
        {content()}
      </section>
    </Paper>
  );
};
