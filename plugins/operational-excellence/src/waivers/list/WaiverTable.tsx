import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { makeStyles } from '@material-ui/core/styles';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableContainer from '@material-ui/core/TableContainer';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import type { Waiver } from 'backstage-plugin-operational-excellence-common';
import { useTexts } from '../../translation';
import { WaiverEnd } from './WaiverEnd';
import { WaiverGrant } from './WaiverGrant';

export interface WaiversProps {
  waivers: Waiver[];
  /** Whether they apply no more. */
  isPast: boolean;
  now: number;
}

const useStyles = makeStyles({
  table: {
    minWidth: 860,
    '& td, & th': { verticalAlign: 'top', lineHeight: 1.43 },
    '& thead th': { whiteSpace: 'nowrap' },
  },
  name: { fontWeight: 600, minWidth: 160, overflowWrap: 'anywhere' },
  word: { whiteSpace: 'nowrap' },
  reason: {
    minWidth: 240,
    overflowWrap: 'anywhere',
    whiteSpace: 'pre-wrap',
  },
});

/** Waivers beside each other's columns. */
export const WaiverTable = (props: WaiversProps) => {
  const { isPast, now, waivers } = props;
  const classes = useStyles();
  const { t } = useTexts();
  return (
    <TableContainer>
      <Table
        size="small"
        className={classes.table}
        aria-label={t('waivers.title')}
      >
        <TableHead>
          <TableRow>
            <TableCell>{t('waivers.list.service')}</TableCell>
            <TableCell>{t('waivers.list.measure')}</TableCell>
            <TableCell>{t('waivers.list.reason')}</TableCell>
            <TableCell>{t('waivers.list.granted')}</TableCell>
            <TableCell>
              {isPast ? t('waivers.list.endedOn') : t('waivers.list.ends')}
            </TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {waivers.map(waiver => (
            <TableRow key={waiver.id}>
              <TableCell
                component="th"
                scope="row"
                role="rowheader"
                className={classes.name}
              >
                <EntityRefLink
                  entityRef={waiver.entityRef}
                  title={waiver.entityTitle}
                />
              </TableCell>
              <TableCell className={classes.word}>
                {t(`measure.${waiver.measure}`)}
              </TableCell>
              <TableCell className={classes.reason}>{waiver.reason}</TableCell>
              <TableCell className={classes.word}>
                <WaiverGrant waiver={waiver} />
              </TableCell>
              <TableCell className={classes.word}>
                <WaiverEnd waiver={waiver} now={now} />
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </TableContainer>
  );
};
