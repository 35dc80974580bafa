import { EnvironmentsSection } from './EnvironmentsSection';

/** Where exercises are held and improvements are tried, of one service. */
export const ServiceEnvironments = (props: { entityRef: string }) => (
  <EnvironmentsSection entityRef={props.entityRef} />
);
