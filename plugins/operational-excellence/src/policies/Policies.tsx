import { lazy, Suspense } from 'react';
import { Route, Routes, useParams } from 'react-router-dom';
import { ListSkeleton } from '../entityContent/ListSkeleton';
import { useTexts } from '../translation';
import { PolicyList } from './PolicyList';
import { PreviewPage } from './preview/PreviewPage';

// Loaded once somebody wants to try something, for it reads YAML.
const TryPage = lazy(() => import('./try/TryPage'));

const PreviewRoute = () => {
  const { id = '' } = useParams();
  return <PreviewPage key={id} id={id} />;
};

const TryRoute = () => {
  const { t } = useTexts();
  return (
    <Suspense fallback={<ListSkeleton label={t('policies.try.loading')} />}>
      <TryPage />
    </Suspense>
  );
};

/** All pages of policies. */
export const Policies = () => (
  <Routes>
    <Route index element={<PolicyList />} />
    <Route path="try" element={<TryRoute />} />
    <Route path="previews/:id" element={<PreviewRoute />} />
  </Routes>
);
