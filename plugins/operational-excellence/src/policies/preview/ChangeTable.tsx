import { Link } from '@backstage/core-components';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableContainer from '@material-ui/core/TableContainer';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import { makeStyles } from '@material-ui/core/styles';
import {
  MEASURES,
  type PolicyPreview,
} from 'backstage-plugin-operational-excellence-common';
import { useRecordStyles } from '../../entityContent/useRecordStyles';
import { usePortalLinks } from '../../portalLinks';
import { useIsNarrow } from '../../scorecard/useIsNarrow';
import { StateLabel } from '../../states';
import { useTexts } from '../../translation';
import { Movement } from './Movement';
import type { PreviewView } from './usePreviewView';

type Change = PolicyPreview['changes'][number];

const useStyles = makeStyles(theme => ({
  chosen: { backgroundColor: theme.palette.action.selected },
  table: {
    '& td, & th': {
      padding: theme.spacing(0.75, 1),
      '&:first-child': { paddingLeft: theme.spacing(2) },
    },
  },
}));

/** The whole service first, then measure by measure; the most services first. */
function inOrder(changes: readonly Change[]): Change[] {
  const rank = ({ measure }: Change) =>
    measure === null ? -1 : MEASURES.indexOf(measure);
  return [...changes].sort(
    (a, b) => rank(a) - rank(b) || b.services - a.services,
  );
}

interface ChangesProps {
  preview: PolicyPreview;
  /** The changes whose services are listed. */
  view: PreviewView;
}

function isChosen({ from, measure, to }: Change, view: PreviewView): boolean {
  return (
    view.from === from && view.to === to && (view.measure ?? null) === measure
  );
}

/** How many services would change so; opens their list. */
const Count = (props: { id: string; change: Change }) => {
  const { from, measure, services, to } = props.change;
  const links = usePortalLinks();
  const { t } = useTexts();
  const count = services.toLocaleString();
  if (!links) return <>{count}</>;
  return (
    <Link
      to={links.policyPreview(props.id, {
        measure: measure ?? undefined,
        from,
        to,
      })}
      aria-label={t('policies.preview.openOf', {
        services: count,
        measure: t(`measure.${measure ?? 'service'}`),
        from: t(`state.${from}`),
        to: t(`state.${to}`),
      })}
    >
      {count}
    </Link>
  );
};

/** The changes below each other, where there is no room for a table. */
const ChangeItems = (props: ChangesProps) => {
  const { preview, view } = props;
  const classes = useStyles();
  const recordClasses = useRecordStyles();
  const { t } = useTexts();
  return (
    <ul
      className={recordClasses.list}
      aria-label={t('policies.preview.changes')}
    >
      {inOrder(preview.changes).map(change => {
        const { from, measure, to } = change;
        const isMarked = isChosen(change, view);
        return (
          <li
            key={`${measure} ${from} ${to}`}
            className={`${recordClasses.record} ${
              isMarked ? classes.chosen : ''
            }`}
            aria-current={isMarked ? 'true' : undefined}
          >
            <div className={recordClasses.heading}>
              <Movement measure={measure ?? 'service'} from={from} to={to} />
              <Count id={preview.id} change={change} />
            </div>
          </li>
        );
      })}
    </ul>
  );
};

const Columns = (props: ChangesProps) => {
  const { preview, view } = props;
  const classes = useStyles();
  const { t } = useTexts();
  return (
    <TableContainer>
      <Table
        size="small"
        className={classes.table}
        aria-label={t('policies.preview.changes')}
      >
        <TableHead>
          <TableRow>
            <TableCell>{t('policies.preview.measure')}</TableCell>
            <TableCell>{t('policies.preview.from')}</TableCell>
            <TableCell>{t('policies.preview.to')}</TableCell>
            <TableCell align="right">
              {t('policies.preview.services')}
            </TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {inOrder(preview.changes).map(change => {
            const { from, measure, to } = change;
            const isMarked = isChosen(change, view);
            return (
              <TableRow
                key={`${measure} ${from} ${to}`}
                className={isMarked ? classes.chosen : undefined}
                aria-current={isMarked ? 'true' : undefined}
              >
                <TableCell component="th" scope="row" role="rowheader">
                  {t(`measure.${measure ?? 'service'}`)}
                </TableCell>
                <TableCell>
                  <StateLabel state={from} />
                </TableCell>
                <TableCell>
                  <StateLabel state={to} />
                </TableCell>
                <TableCell align="right">
                  <Count id={preview.id} change={change} />
                </TableCell>
              </TableRow>
            );
          })}
        </TableBody>
      </Table>
    </TableContainer>
  );
};

/** How many services would change from what to what; each opens its list. */
export const ChangeTable = (props: ChangesProps) =>
  useIsNarrow() ? <ChangeItems {...props} /> : <Columns {...props} />;
