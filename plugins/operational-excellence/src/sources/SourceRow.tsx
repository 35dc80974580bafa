import { useTranslationRef } from '@backstage/frontend-plugin-api';
import IconButton from '@material-ui/core/IconButton';
import TableCell from '@material-ui/core/TableCell';
import TableRow from '@material-ui/core/TableRow';
import { makeStyles } from '@material-ui/core/styles';
import KeyboardArrowDownIcon from '@material-ui/icons/KeyboardArrowDown';
import KeyboardArrowRightIcon from '@material-ui/icons/KeyboardArrowRight';
import type { Source } from 'backstage-plugin-operational-excellence-common';
import { useState } from 'react';
import { HealthLabel } from '../states';
import { Moment, useTimeWords } from '../time';
import { operationalExcellenceTranslationRef } from '../translation';
import { CheckedAt, NextRun } from './RunTimes';
import { SourceScopes } from './SourceScopes';
import { SyncButton } from './SyncButton';

const COLUMNS = 8;

const useStyles = makeStyles(theme => ({
  row: { '& > *': { borderBottom: 'none', lineHeight: 1.43 } },
  name: { display: 'flex', alignItems: 'center', gap: theme.spacing(0.5) },
  title: { fontWeight: 600, overflowWrap: 'anywhere' },
  kind: { fontSize: '0.8125rem', color: theme.palette.text.secondary },
  word: { whiteSpace: 'nowrap' },
  below: {
    lineHeight: 1.43,
    paddingLeft: theme.spacing(6),
  },
  error: { overflowWrap: 'anywhere', fontSize: '0.8125rem' },
}));

/** How one source fares, in the words of what it reads from. */
export const SourceRow = (props: {
  source: Source;
  now: number;
  asking: boolean;
  onSync: () => void;
}) => {
  const { source, now, asking, onSync } = props;
  const { lastError, scopes } = source;
  const classes = useStyles();
  const words = useTimeWords();
  const { t } = useTranslationRef(operationalExcellenceTranslationRef);
  const [expanded, setExpanded] = useState(false);
  const scopesId = `operational-excellence-scopes-${source.id}`;

  return (
    <>
      <TableRow className={classes.row}>
        <TableCell component="th" scope="row" role="rowheader">
          <div className={classes.name}>
            <IconButton
              size="small"
              aria-expanded={expanded}
              aria-controls={expanded ? scopesId : undefined}
              aria-label={t(
                expanded ? 'sources.hideScopes' : 'sources.showScopes',
                { source: source.title },
              )}
              onClick={() => setExpanded(!expanded)}
            >
              {expanded ? (
                <KeyboardArrowDownIcon />
              ) : (
                <KeyboardArrowRightIcon />
              )}
            </IconButton>
            <div>
              <div className={classes.title}>{source.title}</div>
              <div className={classes.kind}>{t(`sources.${source.kind}`)}</div>
            </div>
          </div>
        </TableCell>
        <TableCell className={classes.word}>
          <HealthLabel health={source.health} />
        </TableCell>
        <TableCell className={classes.word}>
          <CheckedAt instant={source.checkedAt} now={now} />
        </TableCell>
        <TableCell className={classes.word}>
          <NextRun instant={source.nextRunAt} now={now} />
        </TableCell>
        <TableCell align="right">{source.rows.toLocaleString()}</TableCell>
        <TableCell align="right">{source.services.toLocaleString()}</TableCell>
        <TableCell className={classes.word}>
          {scopes.total === 0
            ? t('sources.noScopesYet')
            : t('sources.scopesOk', {
                ok: scopes.ok.toLocaleString(),
                total: scopes.total.toLocaleString(),
              })}
        </TableCell>
        <TableCell align="right" className={classes.word}>
          <SyncButton
            sourceTitle={source.title}
            asking={asking}
            onSync={onSync}
          />
        </TableCell>
      </TableRow>
      {(lastError || expanded) && (
        <TableRow>
          <TableCell colSpan={COLUMNS} className={classes.below}>
            {lastError && (
              <div className={classes.error}>
                <Moment instant={lastError.since}>
                  <strong>
                    {t('sources.lastError', {
                      scope: lastError.scope,
                      ago: words.ago(lastError.since, now),
                    })}
                  </strong>
                </Moment>
                <div>{lastError.message}</div>
              </div>
            )}
            {expanded && (
              <div id={scopesId}>
                <SourceScopes source={source} now={now} />
              </div>
            )}
          </TableCell>
        </TableRow>
      )}
    </>
  );
};
