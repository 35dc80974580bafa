import { useApi } from '@backstage/frontend-plugin-api';
import { makeStyles } from '@material-ui/core/styles';
import {
  MEASURES,
  type ServiceDetail,
  type Waiver,
} from 'backstage-plugin-operational-excellence-common';
import { useEffect, useRef, useState } from 'react';
import { AllowedButton } from '../../allowance';
import { operationalExcellenceApiRef } from '../../api';
import { ListSkeleton } from '../../entityContent/ListSkeleton';
import { LoadFailure } from '../../feedback';
import { announceServiceChange, useServiceChanges } from '../../improvements';
import { isFailed } from '../../loading';
import { LoadMore, usePages } from '../../paging';
import { useTexts } from '../../translation';
import { GrantDialog } from '../grant';
import { useMayGrant } from '../useMayGrant';
import { EndDialog } from './EndDialog';
import { WaiverEntry } from './WaiverEntry';

const PAGE_SIZE = 20;
const TITLE_ID = 'operational-excellence-waivers';

const useStyles = makeStyles(theme => ({
  // As a card where there is something to tell, else just a button.
  card: {
    background: theme.palette.background.paper,
    borderRadius: theme.shape.borderRadius,
    boxShadow: theme.shadows[1],
    color: theme.palette.text.primary,
  },
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: theme.spacing(1),
  },
  cardHead: { padding: theme.spacing(2) },
  bareHead: { justifyContent: 'flex-end' },
  title: { margin: 0, fontSize: '1.5rem', fontWeight: 700 },
  list: { margin: 0, padding: 0, listStyle: 'none' },
}));

type OpenDialog = { kind: 'grant' } | { kind: 'end'; waiver: Waiver };

/**
 * The waivers that apply to a service, with a way to grant and to end them.
 * Nothing where there are none and the reader may not grant any.
 */
export const WaiversSection = (props: {
  service: ServiceDetail;
  now: number;
}) => {
  const { now, service } = props;
  const { entityRef, ownerTitle } = service;
  const classes = useStyles();
  const api = useApi(operationalExcellenceApiRef);
  const { t } = useTexts();
  const allowance = useMayGrant(entityRef, ownerTitle);
  const changes = useServiceChanges(entityRef);
  const { list, more } = usePages<Waiver>(
    `${entityRef} ${changes}`,
    (cursor, signal) =>
      api.getWaivers(
        { entityRef, state: 'active', sort: 'until', limit: PAGE_SIZE, cursor },
        { signal },
      ),
  );
  const [dialog, setDialog] = useState<OpenDialog>();
  const grantButton = useRef<HTMLDivElement>(null);
  const waivers = list.status === 'ready' ? list.value.items : undefined;
  const endedId = useRef<string>();
  useEffect(() => {
    if (!endedId.current || !waivers) return;
    if (waivers.some(({ id }) => id === endedId.current)) return;
    endedId.current = undefined;
    // The button that was pressed has gone with its waiver.
    grantButton.current?.querySelector('button')?.focus();
  }, [waivers]);
  const close = () => setDialog(undefined);
  const onChanged = () => {
    close();
    announceServiceChange(entityRef);
  };

  const isWaived = MEASURES.some(measure => service[measure].waivedUntil);
  const hasSome = list.status === 'ready' && list.value.items.length > 0;
  const isCard =
    hasSome || isFailed(list) || (list.status === 'loading' && isWaived);
  if (!isCard && !allowance.isAllowed) return null;

  /** A measure's state becomes what is beneath it with the last of its waivers. */
  const endsWith = ({ id, measure }: Waiver) =>
    list.status === 'ready' &&
    list.value.items.every(each => each.measure !== measure || each.id === id);

  return (
    <section
      className={isCard ? classes.card : undefined}
      aria-labelledby={isCard ? TITLE_ID : undefined}
    >
      <div
        className={`${classes.head} ${
          isCard ? classes.cardHead : classes.bareHead
        }`}
      >
        {isCard && (
          <h2 id={TITLE_ID} className={classes.title}>
            {t('waivers.title')}
          </h2>
        )}
        <div key="grant" ref={grantButton}>
          <AllowedButton
            label={t('waivers.grant')}
            allowance={allowance}
            onClick={() => setDialog({ kind: 'grant' })}
          />
        </div>
      </div>
      {isFailed(list) && <LoadFailure failure={list} />}
      {list.status === 'loading' && isWaived && (
        <ListSkeleton label={t('waivers.loading')} />
      )}
      {list.status === 'ready' && hasSome && (
        <>
          <ul className={classes.list} aria-label={t('waivers.title')}>
            {list.value.items.map(waiver => (
              <WaiverEntry
                key={waiver.id}
                waiver={waiver}
                underlyingState={service[waiver.measure].underlyingState}
                now={now}
                allowance={allowance}
                onEnd={() => setDialog({ kind: 'end', waiver })}
              />
            ))}
          </ul>
          {list.value.totalItems > PAGE_SIZE && (
            <LoadMore pages={list.value} more={more} />
          )}
        </>
      )}
      {dialog?.kind === 'grant' && (
        <GrantDialog service={service} onGranted={onChanged} onClose={close} />
      )}
      {dialog?.kind === 'end' && (
        <EndDialog
          waiver={dialog.waiver}
          underlyingState={
            endsWith(dialog.waiver)
              ? service[dialog.waiver.measure].underlyingState
              : null
          }
          onEnded={() => {
            endedId.current = dialog.waiver.id;
            onChanged();
          }}
          onClose={close}
        />
      )}
    </section>
  );
};
