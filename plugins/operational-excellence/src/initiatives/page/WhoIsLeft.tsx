import { Link } from '@backstage/core-components';
import { useApi } from '@backstage/frontend-plugin-api';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import { makeStyles } from '@material-ui/core/styles';
import type {
  Initiative,
  Rollup,
} from 'backstage-plugin-operational-excellence-common';
import { operationalExcellenceApiRef } from '../../api';
import { ListSkeleton } from '../../entityContent/ListSkeleton';
import { Note } from '../../entityContent/Note';
import { Section } from '../../entityContent/Section';
import { LoadFailure } from '../../feedback';
import { LoadMore, usePages } from '../../paging';
import { usePortalLinks } from '../../portalLinks';
import { useTexts } from '../../translation';

const PAGE_SIZE = 20;

const useStyles = makeStyles({
  name: { overflowWrap: 'anywhere' },
});

const Owners = (props: { initiative: Initiative }) => {
  const { id, version } = props.initiative;
  const classes = useStyles();
  const api = useApi(operationalExcellenceApiRef);
  const links = usePortalLinks();
  const { t } = useTexts();
  const filter = { initiative: id, reached: 'false' };
  const { list, more } = usePages<Rollup>(
    `${id} ${version}`,
    (cursor, signal) =>
      api.getRollups(
        { by: 'owner', sort: '-services', limit: PAGE_SIZE, ...filter, cursor },
        { signal },
      ),
  );
  if (list.status === 'loading') {
    return <ListSkeleton label={t('initiatives.who.loading')} />;
  }
  if (list.status !== 'ready') return <LoadFailure failure={list} />;
  const owners = list.value.items.filter(({ services }) => services > 0);
  if (!owners.length) return <Note>{t('initiatives.who.none')}</Note>;
  return (
    <>
      <Note>{t('initiatives.who.about')}</Note>
      <Table size="small" aria-label={t('initiatives.who.title')}>
        <TableHead>
          <TableRow>
            <TableCell>{t('initiatives.who.owner')}</TableCell>
            <TableCell align="right">{t('initiatives.who.left')}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {owners.map(({ key, services, title }) => {
            const count = t('initiatives.who.count', { count: services });
            return (
              <TableRow key={key ?? ''}>
                <TableCell
                  component="th"
                  scope="row"
                  role="rowheader"
                  className={classes.name}
                >
                  {key === null ? (
                    t('initiatives.who.noOwner')
                  ) : (
                    <EntityRefLink entityRef={key} title={title ?? undefined} />
                  )}
                </TableCell>
                <TableCell align="right">
                  {links ? (
                    <Link
                      to={links.scorecard({
                        ...filter,
                        ...(key === null
                          ? { without: 'owner' }
                          : { owner: key }),
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
      <LoadMore pages={list.value} more={more} />
    </>
  );
};

/** Whose services have not reached the goal, the most first. */
export const WhoIsLeft = (props: { initiative: Initiative }) => {
  const { t } = useTexts();
  return (
    <Section title={t('initiatives.who.title')}>
      <Owners initiative={props.initiative} />
    </Section>
  );
};
