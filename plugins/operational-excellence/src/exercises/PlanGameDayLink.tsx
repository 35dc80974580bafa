import { useTexts } from '../translation';
import { AllowedLink } from './AllowedLink';
import { useGameDayLinks } from './links';
import { useMayManage } from './useMayManage';

/** Leads to planning a game day of a service; says why not where one may not. */
export const PlanGameDayLink = (props: {
  service: { entityRef: string; title: string };
}) => {
  const { service } = props;
  const links = useGameDayLinks();
  const allowance = useMayManage([service], 'each');
  const { t } = useTexts();
  return links ? (
    <AllowedLink
      to={links.plan({ kind: 'game-day', services: [service.entityRef] })}
      allowance={allowance}
    >
      {t('exercises.plan.gameDay')}
    </AllowedLink>
  ) : null;
};
