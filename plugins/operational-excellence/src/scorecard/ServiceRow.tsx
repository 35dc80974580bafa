import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { makeStyles } from '@material-ui/core/styles';
import TableCell from '@material-ui/core/TableCell';
import TableRow from '@material-ui/core/TableRow';
import {
  MEASURES,
  type Service,
} from 'backstage-plugin-operational-excellence-common';
import { memo } from 'react';
import { StateLabel } from '../states';
import { useTexts } from '../translation';
import { MeasureAnswer } from './MeasureAnswer';

const useStyles = makeStyles({
  name: { fontWeight: 600, minWidth: 160, overflowWrap: 'anywhere' },
  owner: { minWidth: 120 },
});

/** The three answers of one service. */
export const ServiceRow = memo((props: { service: Service; now: number }) => {
  const { service, now } = props;
  const classes = useStyles();
  const { t } = useTexts();

  return (
    <TableRow hover>
      <TableCell
        component="th"
        scope="row"
        role="rowheader"
        className={classes.name}
      >
        <EntityRefLink entityRef={service.entityRef} title={service.title} />
      </TableCell>
      <TableCell className={classes.owner}>
        {service.ownerRef ? (
          <EntityRefLink
            entityRef={service.ownerRef}
            title={service.ownerTitle ?? undefined}
          />
        ) : (
          t('scorecard.noOwner')
        )}
      </TableCell>
      <TableCell>{service.tier ?? '—'}</TableCell>
      <TableCell>
        <StateLabel state={service.state} />
      </TableCell>
      {MEASURES.map(measure => (
        <TableCell key={measure}>
          <MeasureAnswer measure={measure} service={service} now={now} />
        </TableCell>
      ))}
    </TableRow>
  );
});
