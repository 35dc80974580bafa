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
    action={
      // Kept off the edges, to which the header of a card pulls icons.
      props.action && (
        <div style={{ margin: '8px 8px 0 0' }}>{props.action}</div>
      )
    }
    headerProps={{ style: { flexWrap: 'wrap', rowGap: 8 } }}
    noPadding
  >
    {props.children}
  </InfoCard>
);
