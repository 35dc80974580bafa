import { Fragment } from 'react';
import type { Loadable } from '../../loading';
import { LoadMore } from '../../paging';
import { useTexts } from '../../translation';
import { ImprovementEntry } from './ImprovementEntry';
import type { LoopActions } from './LoopActions';
import { LoopGroup, loopGroups } from './loopGroups';
import { QueueWatch } from './QueueWatch';
import type { Loop, LoopList } from './useLoop';
import { useLoopStyles } from './useLoopStyles';

/** How many improvements are shown, where they do not fit on one page. */
const More = (props: { list: LoopList }) => {
  const { more, pages } = props.list;
  return more.status === 'end' && pages.count === 1 ? null : (
    <LoadMore pages={pages} more={more} />
  );
};

/** Improvements by what they need next. */
export const LoopLists = (props: {
  loop: Extract<Loadable<Loop>, { status: 'ready' }>;
  now: number;
  actions: LoopActions;
}) => {
  const { actions, loop, now } = props;
  const { finished, open, pressing } = loop.value;
  const classes = useLoopStyles();
  const { t } = useTexts();
  const improvements = [pressing, open, finished].flatMap(
    ({ pages }) => pages.items,
  );
  const groups = loopGroups(improvements);
  const loaded = new Map(improvements.map(each => [each.id, each]));
  const headingId = (group: LoopGroup) =>
    `operational-excellence-loop-${group}`;

  return (
    <>
      {groups.some(({ group }) => group === 'queued') && (
        <QueueWatch loop={loop} />
      )}
      {groups.map(({ group, improvements: entries }) => (
        <Fragment key={group}>
          <h3 id={headingId(group)} className={classes.heading}>
            {t(`tab.loop.group.${group}`)}
          </h3>
          <ul className={classes.list} aria-labelledby={headingId(group)}>
            {entries.map(improvement => (
              <ImprovementEntry
                key={improvement.id}
                improvement={improvement}
                now={now}
                actions={actions}
                loaded={loaded}
              />
            ))}
          </ul>
          {group === 'open' && <More list={open} />}
        </Fragment>
      ))}
      <More list={finished} />
      <More list={pressing} />
    </>
  );
};
