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
import { usePortalLinks } from '../../portalLinks';
import { StateLabel } from '../../states';
import { useTexts } from '../../translation';
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

/** How many services would change from what to what; each opens its list. */
export const ChangeTable = (props: {
  preview: PolicyPreview;
  view: PreviewView;
}) => {
  const { preview, view } = props;
  const classes = useStyles();
  const links = usePortalLinks();
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
          {inOrder(preview.changes).map(({ from, measure, services, to }) => {
            const name = t(`measure.${measure ?? 'service'}`);
            const isChosen =
              view.from === from &&
              view.to === to &&
              (view.measure ?? null) === measure;
            const count = services.toLocaleString();
            return (
              <TableRow
                key={`${measure} ${from} ${to}`}
                className={isChosen ? classes.chosen : undefined}
                aria-current={isChosen ? 'true' : undefined}
              >
                <TableCell component="th" scope="row" role="rowheader">
                  {name}
                </TableCell>
                <TableCell>
                  <StateLabel state={from} />
                </TableCell>
                <TableCell>
                  <StateLabel state={to} />
                </TableCell>
                <TableCell align="right">
                  {links ? (
                    <Link
                      to={links.policyPreview(preview.id, {
                        measure: measure ?? undefined,
                        from,
                        to,
                      })}
                      aria-label={t('policies.preview.openOf', {
                        services: count,
                        measure: name,
                        from: t(`state.${from}`),
                        to: t(`state.${to}`),
                      })}
                    >
                      {count}
                    </Link>
                  ) : (
                    count
                  )}
                </TableCell>
              </TableRow>
            );
          })}
        </TableBody>
      </Table>
    </TableContainer>
  );
};
