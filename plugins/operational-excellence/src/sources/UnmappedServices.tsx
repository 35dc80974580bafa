import { useApi } from '@backstage/frontend-plugin-api';
import MenuItem from '@material-ui/core/MenuItem';
import Paper from '@material-ui/core/Paper';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import {
  operationalExcellenceSourceReadPermission,
  type SourceKind,
} from 'backstage-plugin-operational-excellence-common';
import { useState } from 'react';
import { operationalExcellenceApiRef } from '../api';
import { usePages } from '../paging';
import { SearchField } from '../search';
import { useTexts } from '../translation';
import { PagedList } from './PagedList';
import { UnmappedItem } from './UnmappedItem';

const PAGE_SIZE = 20;

const useStyles = makeStyles(theme => ({
  root: { padding: theme.spacing(2) },
  filters: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(1.5),
    padding: theme.spacing(2, 0, 1.5),
  },
  kind: { minWidth: 220 },
  list: { listStyle: 'none', margin: 0, padding: 0 },
}));

/** The services that name no source of a kind, and what each could name. */
export const UnmappedServices = () => {
  const classes = useStyles();
  const api = useApi(operationalExcellenceApiRef);
  const { t } = useTexts();
  const [kind, setKind] = useState<SourceKind>('ticket');
  const [text, setText] = useState('');
  const q = text.trim();
  const key = JSON.stringify([kind, q]);
  const { list, more } = usePages(key, (cursor, signal) =>
    api.getUnmappedServices(
      { kind, q: q || undefined, limit: PAGE_SIZE, cursor },
      { signal },
    ),
  );
  // What is listed may still be that of the kind before.
  const listedKind: SourceKind =
    list.status === 'ready' ? JSON.parse(list.value.key)[0] : kind;

  return (
    <Paper className={classes.root}>
      <Typography variant="body2" color="textSecondary">
        {t(`sources.unmapped.about.${kind}`)}
      </Typography>
      <div className={classes.filters}>
        <SearchField
          id="operational-excellence-find-unmapped"
          label={t('sources.unmapped.search')}
          value={text}
          onChange={setText}
        />
        <TextField
          select
          id="operational-excellence-unmapped-kind"
          size="small"
          variant="outlined"
          className={classes.kind}
          label={t('sources.unmapped.kind')}
          value={kind}
          onChange={({ target }) => setKind(target.value as SourceKind)}
        >
          <MenuItem value="ticket">{t('sources.unmapped.ticket')}</MenuItem>
          <MenuItem value="experiment">
            {t('sources.unmapped.experiment')}
          </MenuItem>
        </TextField>
      </div>
      <PagedList
        list={list}
        more={more}
        listKey={key}
        loadingLabel={t('sources.unmapped.loading')}
        empty={t(q ? 'sources.unmapped.noMatch' : 'sources.unmapped.none')}
        permission={operationalExcellenceSourceReadPermission.name}
      >
        {services => (
          <ul className={classes.list} aria-label={t('sources.unmapped.title')}>
            {services.map(service => (
              <UnmappedItem
                key={service.entityRef}
                service={service}
                kind={listedKind}
              />
            ))}
          </ul>
        )}
      </PagedList>
    </Paper>
  );
};
