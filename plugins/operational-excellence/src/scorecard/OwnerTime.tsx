import { useApi } from '@backstage/frontend-plugin-api';
import Accordion from '@material-ui/core/Accordion';
import AccordionDetails from '@material-ui/core/AccordionDetails';
import AccordionSummary from '@material-ui/core/AccordionSummary';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import ExpandMoreIcon from '@material-ui/icons/ExpandMore';
import Skeleton from '@material-ui/lab/Skeleton';
import type { TimeReport } from 'backstage-plugin-operational-excellence-common';
import { useState } from 'react';
import { operationalExcellenceApiRef } from '../api';
import { Figure } from '../entityContent/Figure';
import { Note } from '../entityContent/Note';
import { LoadFailure } from '../feedback';
import { useServiceChanges } from '../improvements';
import { Loadable, useLoadable } from '../loading';
import { TimeReportContent, TimeReportSummary } from '../timeReport';
import { useTexts } from '../translation';

const ID = 'operational-excellence-owner-time';

const useStyles = makeStyles(theme => ({
  summary: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'baseline',
    justifyContent: 'space-between',
    gap: theme.spacing(0.5, 2),
    width: '100%',
    overflowWrap: 'anywhere',
  },
  title: { fontWeight: 600 },
  details: {
    display: 'block',
    padding: 0,
    borderTop: `1px solid ${theme.palette.divider}`,
    fontFamily: theme.typography.fontFamily,
  },
}));

const Report = (props: { report: Loadable<TimeReport>; owner: string }) => {
  const { owner, report } = props;
  const { t } = useTexts();
  switch (report.status) {
    case 'loading':
      return (
        <Note>
          <div role="status" aria-label={t('tab.time.loading')}>
            <Skeleton height={32} width="60%" />
            <Skeleton variant="rect" height={200} />
          </div>
        </Note>
      );
    case 'ready':
      return (
        <>
          <Note>{t('time.aboutOwner', { owner })}</Note>
          <TimeReportContent
            report={report.value}
            of="owner"
            figures={
              <Figure name={t('time.open')}>
                {report.value.openCount.toLocaleString()}
              </Figure>
            }
          />
        </>
      );
    default:
      return <LoadFailure failure={report} />;
  }
};

/** How the time of an owner is spent: in a line, and in full once it is opened. */
export const OwnerTime = (props: {
  ownerRef: string;
  /** The title of the owner. */
  owner: string;
}) => {
  const { owner, ownerRef } = props;
  const classes = useStyles();
  const api = useApi(operationalExcellenceApiRef);
  const { t } = useTexts();
  const [isOpen, setOpen] = useState(false);
  const changes = useServiceChanges();
  const report = useLoadable(`${ownerRef} ${changes}`, signal =>
    api.getOwnerTimeReport(ownerRef, { signal }),
  );
  // The list below says so.
  if (report.status === 'not-found' || report.status === 'forbidden') {
    return null;
  }
  return (
    <Accordion
      expanded={isOpen}
      onChange={(_, open) => setOpen(open)}
      // Charts are not drawn where nobody looks.
      TransitionProps={{ unmountOnExit: true }}
    >
      <AccordionSummary
        id={ID}
        aria-controls={`${ID}-report`}
        expandIcon={<ExpandMoreIcon />}
      >
        <span className={classes.summary}>
          <Typography component="span" className={classes.title}>
            {t('time.ofOwner', { owner })}
          </Typography>
          {!isOpen && report.status === 'ready' && (
            <TimeReportSummary report={report.value} />
          )}
        </span>
      </AccordionSummary>
      <AccordionDetails className={classes.details}>
        <Report report={report} owner={owner} />
      </AccordionDetails>
    </Accordion>
  );
};
