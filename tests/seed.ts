/** With TEST_SEED the laws are tried on the same examples each time: what fails then fails for what was changed. */
import fc from 'fast-check';

const seed = process.env.TEST_SEED;
if (seed !== undefined) fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(seed) });
