import ArchiveIcon from '@material-ui/icons/Archive';
import NewReleasesIcon from '@material-ui/icons/NewReleases';
import PlayCircleFilledIcon from '@material-ui/icons/PlayCircleFilled';
import type { Initiative } from 'backstage-plugin-operational-excellence-common';
import { Tone, TonedLabel } from '../../states';
import { useTexts } from '../../translation';

type State = Initiative['state'];

const icons = {
  running: PlayCircleFilledIcon,
  overdue: NewReleasesIcon,
  closed: ArchiveIcon,
} satisfies Record<State, typeof ArchiveIcon>;

const tones: Record<State, Tone> = {
  running: 'neutral',
  overdue: 'critical',
  closed: 'uncertain',
};

/** Where an initiative stands, as a word, an icon and a colour. */
export const InitiativeStateLabel = (props: { state: State }) => {
  const { state } = props;
  const { t } = useTexts();
  return (
    <TonedLabel icon={icons[state]} tone={tones[state]}>
      {t(`initiatives.state.${state}`)}
    </TonedLabel>
  );
};
