import { Content } from '@backstage/core-components';
import { ReactNode, useEffect } from 'react';

/**
 * The portal's tabs above the page, which it lets run out of a narrow screen:
 * they scroll instead.
 */
const SCROLLED_TABS = `
.bui-PluginHeader .bui-TabListWrapper { overflow-x: auto; scrollbar-width: thin; }
.bui-PluginHeader .bui-TabList { width: max-content; min-width: 100%; }
.bui-PluginHeader .bui-Tab { flex-shrink: 0; white-space: nowrap; }
`;

/** What stands below the header of the page; its tab is in view. */
export const PageContent = (props: { children: ReactNode }) => {
  useEffect(() => {
    document
      .querySelector('.bui-PluginHeader [role="tab"][aria-selected="true"]')
      ?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, []);
  return (
    <Content>
      <style>{SCROLLED_TABS}</style>
      {props.children}
    </Content>
  );
};
