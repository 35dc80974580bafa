import { Progress } from '@backstage/core-components';
import { lazy, Suspense } from 'react';
import type { FileImprovementDialogProps } from './FileImprovementDialog';

const Dialog = lazy(() =>
  import('./FileImprovementDialog').then(module => ({
    default: module.FileImprovementDialog,
  })),
);

/** The dialog, which is not loaded before it is opened. */
export const LazyFileImprovementDialog = (
  props: FileImprovementDialogProps,
) => (
  <Suspense fallback={<Progress />}>
    <Dialog {...props} />
  </Suspense>
);
