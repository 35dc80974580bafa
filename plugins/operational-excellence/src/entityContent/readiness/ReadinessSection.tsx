import { makeStyles } from '@material-ui/core/styles';
import type {
  ReadinessTest,
  ServiceDetail,
} from 'backstage-plugin-operational-excellence-common';
import { useEffect, useRef } from 'react';
import { useLocation } from 'react-router-dom';
import { LoadFailure } from '../../feedback';
import { LoadMore } from '../../paging';
import { Tests } from '../../readinessTests/list/Tests';
import { RunServiceTestButton } from '../../readinessTests/starting';
import { useTexts } from '../../translation';
import { ListSkeleton } from '../ListSkeleton';
import { Note } from '../Note';
import { Section } from '../Section';
import { READINESS_HASH } from './readinessHash';
import { RequiredTest } from './RequiredTest';
import { ServiceTests, useServiceTests } from './useServiceTests';

const useStyles = makeStyles(theme => ({
  root: { scrollMarginTop: theme.spacing(2) },
  heading: {
    margin: 0,
    padding: theme.spacing(1.5, 2, 1),
    fontSize: '1rem',
    fontWeight: 600,
    fontFamily: theme.typography.fontFamily,
  },
  list: {
    margin: theme.spacing(0, 0, 1),
    padding: 0,
    listStyle: 'none',
    fontFamily: theme.typography.fontFamily,
  },
}));

const ServiceReadiness = (props: {
  service: ServiceDetail;
  required: readonly string[];
  tests: ServiceTests;
  now: number;
}) => {
  const { now, required, service, tests } = props;
  const { more, pages } = tests.history;
  const classes = useStyles();
  const { t } = useTexts();
  const finished = pages.items.filter(({ state }) => state === 'finished');
  const previousOf = (test: ReadinessTest) => {
    const index = finished.indexOf(test);
    return index < 0
      ? undefined
      : finished
          .slice(index + 1)
          .find(({ template }) => template === test.template)?.id;
  };
  return (
    <>
      {required.length > 0 && (
        <>
          <h3 className={classes.heading}>
            {t('readinessRuns.ofService.required')}
          </h3>
          <ul className={classes.list}>
            {required.map(template => (
              <RequiredTest
                key={template}
                service={service}
                template={template}
                tests={tests.required.filter(
                  each => each.template === template,
                )}
                now={now}
              />
            ))}
          </ul>
        </>
      )}
      {pages.items.length > 0 ? (
        <>
          <h3 className={classes.heading}>
            {t('readinessRuns.ofService.history')}
          </h3>
          <Tests
            label={t('readinessRuns.ofService.history')}
            tests={pages.items}
            now={now}
            isOfOneService
            previousOf={previousOf}
          />
          <LoadMore pages={pages} more={more} />
        </>
      ) : (
        <Note>{t('readinessRuns.ofService.empty')}</Note>
      )}
    </>
  );
};

/** What the policy asks to be tested, and what was. */
export const ReadinessSection = (props: {
  service: ServiceDetail;
  now: number;
}) => {
  const { now, service } = props;
  const classes = useStyles();
  const { t } = useTexts();
  const required = service.thresholds?.readinessTest?.templates ?? [];
  const tests = useServiceTests(service.entityRef, required);

  const root = useRef<HTMLDivElement>(null);
  const { hash } = useLocation();
  const isReady = tests.status === 'ready';
  useEffect(() => {
    // Where the card has led here.
    if (isReady && hash === READINESS_HASH) root.current?.scrollIntoView();
  }, [hash, isReady]);

  const content = () => {
    if (tests.status === 'loading') {
      return <ListSkeleton label={t('readinessRuns.ofService.loading')} />;
    }
    if (tests.status !== 'ready') return <LoadFailure failure={tests} />;
    return (
      <ServiceReadiness
        service={service}
        required={required}
        tests={tests.value}
        now={now}
      />
    );
  };
  return (
    <div ref={root} className={classes.root}>
      <Section
        title={t('tab.readiness.title')}
        action={<RunServiceTestButton service={service} />}
      >
        {!required.length && (
          <Note>{t('readinessRuns.ofService.notRequired')}</Note>
        )}
        {content()}
      </Section>
    </div>
  );
};
