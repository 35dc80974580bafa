import { Route, Routes, useParams } from 'react-router-dom';
import { CreatePage, EditPage } from './form';
import { Overview } from './overview/Overview';
import { ExercisePage } from './page/ExercisePage';

const ExerciseRoute = () => {
  const { id = '' } = useParams();
  return <ExercisePage key={id} id={id} />;
};

const EditRoute = () => {
  const { id = '' } = useParams();
  return <EditPage key={id} id={id} />;
};

/** All pages of exercises. */
export const GameDays = () => (
  <Routes>
    <Route index element={<Overview />} />
    <Route path="new" element={<CreatePage />} />
    <Route path=":id" element={<ExerciseRoute />} />
    <Route path=":id/edit" element={<EditRoute />} />
  </Routes>
);
