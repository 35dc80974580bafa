import { Route, Routes, useParams } from 'react-router-dom';
import { InitiativeList } from './list/InitiativeList';
import { InitiativePage } from './page/InitiativePage';

const InitiativeRoute = () => {
  const { id = '' } = useParams();
  return <InitiativePage key={id} id={id} />;
};

/** All pages of initiatives. */
export const Initiatives = () => (
  <Routes>
    <Route index element={<InitiativeList />} />
    <Route path=":id" element={<InitiativeRoute />} />
  </Routes>
);
