import { EnvironmentsSection } from './EnvironmentsSection';

/** Where exercises are held and improvements are tried, of the organisation. */
export const Environments = () => <EnvironmentsSection />;
