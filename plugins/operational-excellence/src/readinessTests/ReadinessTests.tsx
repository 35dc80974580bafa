import { matchPath, useLocation } from 'react-router-dom';
import { ReadinessOverview } from './list/ReadinessOverview';
import { ReadinessTestView } from './ReadinessTestView';
import { useReadinessPaths } from './useReadinessPaths';

/** All readiness tests and templates, or the test that the address names. */
export const ReadinessTests = () => {
  const { pathname } = useLocation();
  const { list = '/readiness-tests' } = useReadinessPaths();
  const id = matchPath(`${list}/:id`, pathname)?.params.id;
  return id === undefined ? (
    <ReadinessOverview />
  ) : (
    <ReadinessTestView key={id} id={id} />
  );
};
