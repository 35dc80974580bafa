import { FaultyVendor } from '../FaultyVendor';
import { awsFis } from './awsFis';
import { github } from './github';

/** Every kind of source that the suite knows. */
export const FAULTY_VENDORS: readonly FaultyVendor[] = [github, awsFis];
