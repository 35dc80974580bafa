import { createBackend } from '@backstage/backend-defaults';
import { portal } from './portal';

const backend = createBackend();
backend.add(portal);
backend.start();
