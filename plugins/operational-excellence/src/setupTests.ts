import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

// Whole pages are rendered, perhaps on a busy machine: neither waiting for them
// nor a test that does so may fail because it is slow.
configure({ asyncUtilTimeout: 15_000 });
jest.setTimeout(60_000);
