/** What the rest of digestry uses of calibrations. */
export { type Calibration, calibrate } from './calibrate.js';
export { ALGORITHMS, type Algorithm, LEAST_MEMORY_BYTES } from './minimum.js';
