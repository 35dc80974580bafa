import { InfoCard } from '@backstage/core-components';
import { ReactNode } from 'react';

/** A part of the tab with a heading. */
export const Section = (props: {
  title: string;
  action?: ReactNode;
  children: ReactNode;
}) => (
  <InfoCard
    title={props.title}
    titleTypographyProps={{ component: 'h2' }}
    action={props.action}
    headerProps={{ style: { flexWrap: 'wrap' } }}
    noPadding
  >
    {props.children}
  </InfoCard>
);
