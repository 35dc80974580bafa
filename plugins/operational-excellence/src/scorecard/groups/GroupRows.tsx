import Button from '@material-ui/core/Button';
import Skeleton from '@material-ui/lab/Skeleton';
import type { Rollup } from 'backstage-plugin-operational-excellence-common';
import type { ReactNode } from 'react';
import { errorText } from '../../feedback';
import { LoadMore } from '../../paging';
import { useTexts } from '../../translation';
import type { FilterKey, ScorecardView } from '../scorecardView';
import { GroupCard } from './GroupCard';
import { GroupRow } from './GroupRow';
import { Layout, NoteRow } from './NoteRow';
import { useGroups } from './useGroups';
import { useGroupTitle } from './useGroupTitle';

interface Nesting {
  layout: Layout;
  by: FilterKey;
  view: ScorecardView;
  /** The owners that are opened, or closed where they are open by themselves. */
  open: readonly string[];
  starred: readonly string[];
  onToggle: (key: string) => void;
  /** The groups above, topmost first. */
  path: readonly string[];
  /** Whether groups are shown opened unless told otherwise. */
  opensOnly?: boolean;
}

/** The groups right beneath one, read once they are asked for. */
const NestedRows = (
  props: Nesting & {
    of: Rollup;
    parent: string;
    children: (rollups: Rollup[]) => ReactNode;
  },
) => {
  const { by, children, layout, of, parent, path, starred, view } = props;
  const { t } = useTexts();
  const { list, more } = useGroups(view, by, { parent, starred });
  const group = useGroupTitle(by, of);
  const note = { layout, level: path.length };

  switch (list.status) {
    case 'ready':
      return (
        <>
          {children(list.value.items)}
          {more.status !== 'end' && (
            <NoteRow {...note}>
              <LoadMore pages={list.value} more={more} />
            </NoteRow>
          )}
        </>
      );
    case 'loading':
      return (
        <NoteRow {...note}>
          <div role="status" aria-label={t('groups.loadingNested', { group })}>
            <Skeleton height={32} />
          </div>
        </NoteRow>
      );
    case 'failed':
      return (
        <NoteRow {...note}>
          <span role="alert">
            {t('groups.nestedFailed', {
              group,
              message: errorText(list.error),
            })}
          </span>{' '}
          <Button size="small" variant="outlined" onClick={list.reload}>
            {t('feedback.retry')}
          </Button>
        </NoteRow>
      );
    default:
      return (
        <NoteRow {...note}>
          <span role="alert">{t('feedback.forbiddenTitle')}</span>
        </NoteRow>
      );
  }
};

/** Groups below each other, and those in them where they are shown. */
export const GroupRows = (props: Nesting & { rollups: Rollup[] }) => {
  const {
    by,
    layout,
    onToggle,
    open,
    opensOnly = false,
    path,
    rollups,
    view,
  } = props;
  const Group = layout === 'table' ? GroupRow : GroupCard;
  return (
    <>
      {rollups.map(rollup => {
        const { children, key } = rollup;
        // A catalog may say of two groups that each is in the other.
        const mayOpen = children > 0 && key !== null && !path.includes(key);
        const isOpen = mayOpen && open.includes(key) !== opensOnly;
        return [
          <Group
            key={key ?? ''}
            by={by}
            rollup={rollup}
            view={view}
            level={path.length}
            isOpen={isOpen}
            onToggle={mayOpen ? onToggle : undefined}
          />,
          isOpen && (
            <NestedRows
              {...props}
              key={`${key} nested`}
              of={rollup}
              parent={key}
              path={[...path, key]}
            >
              {nested => (
                <GroupRows
                  {...props}
                  opensOnly={false}
                  rollups={nested}
                  path={[...path, key]}
                />
              )}
            </NestedRows>
          ),
        ];
      })}
    </>
  );
};
