import { Link } from '@backstage/core-components';
import type { Initiative } from 'backstage-plugin-operational-excellence-common';
import { Figure } from '../../entityContent/Figure';
import { FigureList } from '../../entityContent/FigureList';
import { usePortalLinks } from '../../portalLinks';
import { useTexts } from '../../translation';
import { leftOf } from '../words';

/** How the services stand to the goal; each number opens the list it counts. */
export const ProgressFigures = (props: { initiative: Initiative }) => {
  const { id, progress } = props.initiative;
  const links = usePortalLinks();
  const { t } = useTexts();
  const figures = [
    { name: 'services', count: progress.services, reached: undefined },
    { name: 'reached', count: progress.reached, reached: 'true' },
    { name: 'left', count: leftOf(progress), reached: 'left' },
    { name: 'waived', count: progress.waived, reached: 'waived' },
    { name: 'unknown', count: progress.unknown, reached: 'unknown' },
  ] as const;
  return (
    <FigureList>
      {figures.map(({ count, name, reached }) => (
        <Figure
          key={name}
          name={t(`initiatives.progress.${name}`)}
          hint={t(`initiatives.progress.hint.${name}`)}
        >
          {links ? (
            <Link to={links.scorecard({ initiative: id, reached })}>
              {count.toLocaleString()}
            </Link>
          ) : (
            count.toLocaleString()
          )}
        </Figure>
      ))}
    </FigureList>
  );
};
